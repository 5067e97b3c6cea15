SELECT id, courrier, a, objet, corps, etat, essais, erreur, cree_le, change_le
FROM depart WHERE courrier = $1 ORDER BY id
