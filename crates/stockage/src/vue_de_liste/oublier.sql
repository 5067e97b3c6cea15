DELETE FROM vue_de_liste WHERE compte = $1 AND nom = $2
