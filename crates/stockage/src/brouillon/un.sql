SELECT id, nature, contenu, maj_le FROM brouillon WHERE id = $1 AND profil = $2 AND compte = $3
