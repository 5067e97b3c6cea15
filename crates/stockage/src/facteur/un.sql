SELECT compte, secret, actif_le, dernier_pas FROM second_facteur WHERE compte = $1
