INSERT INTO cle_api (id, compte, nom, empreinte, indice, portee, cree_le, cree_par, expire_le)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
