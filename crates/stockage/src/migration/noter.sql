INSERT INTO migration (version, nom) VALUES ($1, $2)
