INSERT INTO demande (id, notice, par, le, a, objet, corps, avant_le, depart)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
