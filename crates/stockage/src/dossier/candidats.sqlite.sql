-- Une liste se déplie par json_each dans SQLite.
SELECT k.cle, k.dossier FROM json_each($1) AS e CROSS JOIN vue_cle k
WHERE k.cle = e.value ORDER BY k.cle, k.dossier
