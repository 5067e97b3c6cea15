INSERT INTO brouillon (id, profil, compte, nature, contenu, maj_le) VALUES ($1, $2, $3, $4, $5, $6)
