-- Un programme qui l'a déjà pris l'envoie : lui seul dit alors ce qu'il devient.
UPDATE depart SET etat = $3, change_le = $4 WHERE id = $1 AND etat = $2
