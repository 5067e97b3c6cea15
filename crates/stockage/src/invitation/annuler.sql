UPDATE invitation SET etat = $2 WHERE compte = $1 AND etat = $3
