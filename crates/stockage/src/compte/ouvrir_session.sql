INSERT INTO session (empreinte, compte, cree_le, vu_le, expire_le, jeton_csrf)
VALUES ($1, $2, $3, $4, $5, $6)
