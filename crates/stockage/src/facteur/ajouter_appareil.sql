INSERT INTO appareil (empreinte, compte, nom, cree_le, expire_le) VALUES ($1, $2, $3, $4, $5)
