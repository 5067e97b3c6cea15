-- Les notices en cours de saisie : chacun ne voit que les siennes, et elles s'effacent.
CREATE TABLE brouillon (
    id {cle},
    profil {texte} NOT NULL,
    compte BIGINT NOT NULL,
    nature {texte} NOT NULL,
    contenu {texte} NOT NULL,
    maj_le {texte} NOT NULL
);
CREATE INDEX brouillon_par_compte ON brouillon (compte, maj_le);
