-- Où chaque sous-commission a des dossiers : une recherche n'a pas à regarder ailleurs.
INSERT INTO vue_compte (profil, compteur, jour, sous_commission, service, n)
SELECT d.profil, 'place:' || d.commune, '', d.sous_commission, d.service, COUNT(*)
FROM vue_dossier d
GROUP BY d.profil, d.commune, d.sous_commission, d.service;
