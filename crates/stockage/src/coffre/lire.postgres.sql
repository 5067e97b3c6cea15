-- Une liste se déplie par json_array_elements_text dans PostgreSQL.
SELECT cle, contenu FROM coffre
WHERE cle IN (SELECT value::bigint FROM json_array_elements_text($1::json)) AND contenu IS NOT NULL
