-- Une liste se déplie par json_each dans SQLite.
SELECT cle, contenu FROM coffre
WHERE cle IN (SELECT value FROM json_each($1)) AND contenu IS NOT NULL
