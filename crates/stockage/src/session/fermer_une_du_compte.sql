DELETE FROM session WHERE compte = $1 AND substr(empreinte, 1, 16) = $2
