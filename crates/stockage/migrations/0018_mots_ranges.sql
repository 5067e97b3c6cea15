-- Un mot qui s'écoute garde son écriture à la suite de son squelette : les termes d'avant sont à refaire.
INSERT INTO compteur (nom, valeur) SELECT 'vues_a_refaire', 1 WHERE EXISTS (SELECT 1 FROM vue_dossier)
ON CONFLICT DO NOTHING;
