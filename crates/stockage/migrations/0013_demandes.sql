-- Ce qu'on a demandé à l'émetteur d'une notice, et ce qu'on en attend.
CREATE TABLE demande (
    id {cle},
    notice BIGINT NOT NULL,
    -- Le compte qui l'a faite.
    par BIGINT NOT NULL,
    le {texte} NOT NULL,
    a {texte} NOT NULL,
    objet {texte} NOT NULL,
    corps {texte} NOT NULL,
    -- Le jour où la réponse est attendue.
    avant_le {texte} NOT NULL,
    -- Le courriel que Seuil en a fait ; aucun quand la personne a écrit elle-même.
    depart BIGINT
);
CREATE INDEX demande_par_notice ON demande (notice, id);
