-- Une liste se déplie par json_each dans SQLite.
UPDATE coffre SET contenu = NULL, efface_le = $2
WHERE cle IN (SELECT value FROM json_each($1)) AND contenu IS NOT NULL
