INSERT INTO saisie_en_attente (empreinte, compte, contenu, expire_le) VALUES ($1, $2, $3, $4)
