-- Le registre des accès devient une chaîne : qui a lu ou écrit quoi d'un ménage, quand, au nom de quoi. Chaque
-- ligne porte l'empreinte de la précédente et de son propre contenu : en retirer ou en changer une se voit.
ALTER TABLE acces RENAME TO acces_d_avant;
DROP INDEX acces_par_dossier;

CREATE TABLE acces (
    id {cle},
    quand {texte} NOT NULL,
    agent BIGINT NOT NULL,
    -- L'organisme et le rôle de ce jour-là : une personne change de poste.
    organisme {texte} NOT NULL,
    role {texte} NOT NULL,
    profil {texte} NOT NULL,
    finalite {texte} NOT NULL,
    motif {texte} NOT NULL,
    geste {texte} NOT NULL,
    objet {texte} NOT NULL,
    -- Le dossier, quand la ligne n'en concerne qu'un.
    dossier BIGINT,
    -- Tous ceux de la ligne, en intervalles : « 1-3 9 ».
    dossiers {texte} NOT NULL,
    -- Les notices sans dossier, de même.
    notices {texte} NOT NULL,
    -- Vide pour une ligne d'avant la chaîne.
    empreinte {octets} NOT NULL
);
INSERT INTO acces
SELECT a.id, a.quand, a.agent, COALESCE(c.organisme, ''), COALESCE(c.role, ''), COALESCE(c.profil, ''), '', '',
    a.geste, '', a.dossier, a.dossier || '', '', {rien}
FROM acces_d_avant a LEFT JOIN compte c ON c.id = a.agent;
DROP TABLE acces_d_avant;

CREATE INDEX acces_par_dossier ON acces (dossier, id) WHERE dossier IS NOT NULL;
-- Listes, recherches et exports : peu de lignes, relues en entier quand on demande qui a vu un dossier.
CREATE INDEX acces_de_plusieurs ON acces (id) WHERE dossier IS NULL;

-- Ce qui finit d'être gardé : les deux avis, l'effacement, ce qui le repousse ou le demande. Ne se réécrit pas.
CREATE TABLE conservation (
    id {cle},
    profil {texte} NOT NULL,
    -- Un dossier, une notice sans dossier, ou une pièce.
    sujet {texte} NOT NULL,
    numero BIGINT NOT NULL,
    -- Le jour où la durée a commencé : un dossier rouvert puis clos recommence.
    depuis {texte} NOT NULL,
    geste {texte} NOT NULL,
    jour {texte} NOT NULL,
    echeance {texte} NOT NULL,
    motif {texte} NOT NULL,
    agent BIGINT NOT NULL,
    quand {texte} NOT NULL
);
-- Deux programmes qui font la même nuit n'en gardent qu'une trace.
CREATE UNIQUE INDEX conservation_une_fois ON conservation (sujet, numero, depuis, geste, jour, echeance);

-- Les dossiers clos, pour savoir lesquels finissent d'être gardés.
CREATE INDEX vue_dossier_clos ON vue_dossier (profil, id, clos_le) WHERE clos_le IS NOT NULL;
