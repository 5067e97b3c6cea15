UPDATE vue_de_liste SET par_defaut = CASE WHEN nom = $2 THEN 1 ELSE 0 END WHERE compte = $1
