-- Un dossier restreint dit qui peut seul l'ouvrir : des noms entre barres, « |compte:3|caf| », ou rien.
ALTER TABLE vue_dossier ADD COLUMN nommes {texte} NOT NULL DEFAULT '';
-- Rares : chaque liste écarte d'abord ceux-là, sans lire les autres.
CREATE INDEX vue_dossier_restreint ON vue_dossier (id, nommes) WHERE nommes <> '';
