UPDATE depart SET etat = $2, essais = essais + 1, change_le = $3
WHERE id = (SELECT MIN(id) FROM depart WHERE etat = $1)
RETURNING id, courrier, a, objet, corps, etat, essais, erreur, cree_le, change_le
