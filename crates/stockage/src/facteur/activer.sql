UPDATE second_facteur SET actif_le = $2, dernier_pas = $3 WHERE compte = $1 AND actif_le IS NULL
