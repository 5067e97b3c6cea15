SELECT nom, demande, par_defaut FROM vue_de_liste WHERE compte = $1 ORDER BY nom
