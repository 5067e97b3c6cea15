UPDATE depart SET etat = $2, erreur = $3, change_le = $4 WHERE id = $1
