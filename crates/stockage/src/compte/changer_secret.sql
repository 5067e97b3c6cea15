UPDATE compte SET secret = $2 WHERE id = $1
