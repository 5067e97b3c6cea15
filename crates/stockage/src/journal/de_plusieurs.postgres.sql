-- Une liste se déplie par json_array_elements_text dans PostgreSQL.
SELECT dossier, rang, fait, acte, jour, contenu, agent, ecrit_le, pour
FROM journal WHERE dossier IN (SELECT value::bigint FROM json_array_elements_text($1::json))
ORDER BY dossier, rang
