-- Une identité effacée ne revient pas.
UPDATE coffre SET contenu = $2 WHERE cle = $1 AND efface_le IS NULL
