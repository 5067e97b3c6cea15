UPDATE compte SET echecs = echecs + 1, dernier_echec = $2 WHERE id = $1 RETURNING echecs AS n
