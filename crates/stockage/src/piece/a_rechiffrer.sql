SELECT p.id AS n FROM piece p WHERE p.cle <> $1 AND p.id > $2 ORDER BY p.id LIMIT 1
