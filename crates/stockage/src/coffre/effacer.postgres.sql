-- Une liste se déplie par json_array_elements_text dans PostgreSQL.
UPDATE coffre SET contenu = NULL, efface_le = $2
WHERE cle IN (SELECT value::bigint FROM json_array_elements_text($1::json)) AND contenu IS NOT NULL
