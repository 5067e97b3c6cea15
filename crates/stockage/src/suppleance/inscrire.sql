INSERT INTO suppleance (id, absent, suppleant, du, au, motif, par, cree_le)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
