DELETE FROM code_de_secours WHERE compte = $1 AND empreinte = $2
