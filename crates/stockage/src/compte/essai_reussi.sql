UPDATE compte SET echecs = 0, dernier_echec = NULL WHERE id = $1 AND echecs <> 0
