-- Les notes réservées et les raisons d'un accès exceptionnel, hors du journal, parlent du même ménage.
UPDATE coffre SET contenu = NULL, efface_le = $2 WHERE contenu IS NOT NULL AND (
    cle IN (SELECT n.coffre FROM note_reservee n WHERE n.dossier = $1)
    OR cle IN (SELECT e.coffre FROM acces_exceptionnel e WHERE e.dossier = $1 AND e.coffre IS NOT NULL))
