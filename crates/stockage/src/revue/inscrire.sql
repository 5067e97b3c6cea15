INSERT INTO revue_de_compte (id, compte, decision, par, quand, le, revoir_le)
VALUES ($1, $2, $3, $4, $5, $6, $7)
