UPDATE piece SET traitees = $2, total = COALESCE($3, total), etat = $4 WHERE id = $1
