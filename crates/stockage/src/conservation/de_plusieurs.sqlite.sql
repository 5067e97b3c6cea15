-- Une liste se déplie par json_each dans SQLite.
SELECT id, profil, sujet, numero, depuis, geste, jour, echeance, motif, agent, quand FROM conservation
WHERE sujet = $1 AND numero IN (SELECT value FROM json_each($2)) ORDER BY id
