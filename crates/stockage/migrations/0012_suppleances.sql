-- Les suppléances, les responsables d'organisme et la revue des comptes.

-- Qui supplée qui, du premier au dernier jour compris. Rien ne s'efface : une suppléance finie avant l'heure le dit.
CREATE TABLE suppleance (
    id {cle},
    absent BIGINT NOT NULL,
    suppleant BIGINT NOT NULL,
    du {texte} NOT NULL,
    au {texte} NOT NULL,
    motif {texte} NOT NULL,
    par BIGINT NOT NULL,
    cree_le {texte} NOT NULL,
    finie_le {texte},
    finie_par BIGINT
);
CREATE INDEX suppleance_par_suppleant ON suppleance (suppleant, au);
CREATE INDEX suppleance_par_absent ON suppleance (absent, au);

-- Le fait a été écrit pour cette personne absente : son auteur ne le pouvait qu'en la suppléant.
ALTER TABLE journal ADD COLUMN pour BIGINT;

-- La personne répond des comptes de son organisme.
ALTER TABLE compte ADD COLUMN responsable BIGINT NOT NULL DEFAULT 0;

-- Un compte regardé par une personne qui en répond : ce qu'elle a décidé, et quand y revenir. Ne se réécrit pas.
CREATE TABLE revue_de_compte (
    id {cle},
    compte BIGINT NOT NULL,
    decision {texte} NOT NULL,
    par BIGINT NOT NULL,
    quand {texte} NOT NULL,
    le {texte} NOT NULL,
    revoir_le {texte}
);
CREATE INDEX revue_de_compte_par_compte ON revue_de_compte (compte, id);
