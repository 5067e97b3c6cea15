UPDATE compte SET actif = 0 WHERE id = $1
