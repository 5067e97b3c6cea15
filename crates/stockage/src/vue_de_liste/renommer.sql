UPDATE vue_de_liste SET nom = $3 WHERE compte = $1 AND nom = $2
