-- Une liste se déplie par json_array_elements_text dans PostgreSQL.
SELECT k.cle, k.dossier FROM json_array_elements_text($1::json) AS e (value)
JOIN vue_cle k ON k.cle = e.value::bigint ORDER BY k.cle, k.dossier
