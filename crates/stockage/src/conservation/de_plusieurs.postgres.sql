-- Une liste se déplie par json_array_elements_text dans PostgreSQL.
SELECT id, profil, sujet, numero, depuis, geste, jour, echeance, motif, agent, quand FROM conservation
WHERE sujet = $1 AND numero IN (SELECT value::bigint FROM json_array_elements_text($2::json)) ORDER BY id
