DELETE FROM code_de_secours WHERE compte = $1
