UPDATE piece SET etat = $2, endroit = $3, motif = $4 WHERE id = $1
