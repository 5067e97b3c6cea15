SELECT id, courrier, a, objet, corps, etat, essais, erreur, cree_le, change_le
FROM depart WHERE etat = $1 ORDER BY id LIMIT $2
