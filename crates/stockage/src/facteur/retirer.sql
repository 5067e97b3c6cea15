DELETE FROM second_facteur WHERE compte = $1
