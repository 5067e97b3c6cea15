INSERT INTO acces (id, agent, dossier, geste, quand) VALUES ($1, $2, $3, $4, $5)
