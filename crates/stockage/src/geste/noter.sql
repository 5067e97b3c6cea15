INSERT INTO geste_de_compte (id, compte, geste, par, appareil, quand) VALUES ($1, $2, $3, $4, $5, $6)
