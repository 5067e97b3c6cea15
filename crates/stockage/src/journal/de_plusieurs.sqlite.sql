-- Une liste se déplie par json_each dans SQLite.
SELECT dossier, rang, fait, acte, jour, contenu, agent, ecrit_le, pour
FROM journal WHERE dossier IN (SELECT value FROM json_each($1)) ORDER BY dossier, rang
