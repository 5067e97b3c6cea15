UPDATE veille SET jour = $1 WHERE jour > $1
