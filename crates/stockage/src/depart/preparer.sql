INSERT INTO depart (id, courrier, a, objet, corps, etat, essais, erreur, cree_le, change_le)
VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7, $7)
