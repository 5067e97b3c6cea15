-- Les accès exceptionnels à un dossier restreint. Une ligne sans dossier est un essai qui n'a rien ouvert.
CREATE TABLE acces_exceptionnel (
    id {cle},
    profil {texte} NOT NULL,
    compte BIGINT NOT NULL,
    -- L'organisme et le rôle de ce jour-là.
    organisme {texte} NOT NULL,
    role {texte} NOT NULL,
    reference {texte} NOT NULL,
    dossier BIGINT,
    -- Lui, et ceux qui y sont joints : « 3 5 ».
    dossiers {texte} NOT NULL,
    motif {texte} NOT NULL,
    -- La raison écrite, au coffre.
    coffre BIGINT,
    debut {texte} NOT NULL,
    prevue {texte} NOT NULL,
    -- Celle qui compte : y mettre fin l'avance.
    fin {texte} NOT NULL,
    finie_par BIGINT,
    examinee_le {texte},
    examinee_par BIGINT,
    avis {texte} NOT NULL
);
CREATE INDEX acces_exceptionnel_par_compte ON acces_exceptionnel (compte, fin);
CREATE INDEX acces_exceptionnel_par_profil ON acces_exceptionnel (profil, id);

-- Ce qu'un organisme garde pour lui d'un dossier : hors du journal, pour n'être dans aucune de ses lectures.
CREATE TABLE note_reservee (
    id {cle},
    dossier BIGINT NOT NULL,
    organisme {texte} NOT NULL,
    agent BIGINT NOT NULL,
    coffre BIGINT NOT NULL,
    ecrite_le {texte} NOT NULL
);
CREATE INDEX note_reservee_par_dossier ON note_reservee (dossier, organisme, id);
