INSERT INTO session (empreinte, compte, etape, moyen, appareil, cree_le, vu_le, expire_le, fin_le, jeton_csrf, preuve)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
