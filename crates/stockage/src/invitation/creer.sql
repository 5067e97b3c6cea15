INSERT INTO invitation (id, compte, empreinte, par, etat, jours, cree_le, expire_le, depart)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
