-- Les parties d'un dossier remplacent ses émetteurs, et un compte a ses communes et sa fin.
ALTER TABLE compte ADD COLUMN communes {texte} NOT NULL DEFAULT '';
-- Le dernier jour où le compte sert.
ALTER TABLE compte ADD COLUMN fin {texte};

DROP TABLE vue_emetteur;
ALTER TABLE vue_dossier RENAME COLUMN emetteurs TO parties;
UPDATE vue_dossier SET parties = '{}';

-- Les organismes qui ont leur part d'un dossier, et pourquoi : des codes entre espaces, « x y ».
CREATE TABLE vue_partie (
    partie {texte} NOT NULL,
    dossier BIGINT NOT NULL,
    pourquoi {texte} NOT NULL,
    PRIMARY KEY (partie, dossier)
) {etroite};

-- Une base qui avait des dossiers doit refaire ses tables de lecture : « seuil reconstruire ».
INSERT INTO compteur (nom, valeur)
SELECT 'vues_a_refaire', 1 WHERE EXISTS (SELECT 1 FROM vue_dossier);
