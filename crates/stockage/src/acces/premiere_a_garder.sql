-- La première ligne à garder : tout ce qui la précède est plus ancien qu'elle.
SELECT id AS n FROM acces WHERE quand >= $1 ORDER BY id LIMIT 1
