SELECT COALESCE(MAX(t.dossier), 0) AS n
FROM (SELECT DISTINCT dossier FROM journal WHERE dossier > $1 ORDER BY dossier LIMIT $2) t
