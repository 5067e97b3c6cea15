UPDATE brouillon SET contenu = $4, maj_le = $5 WHERE id = $1 AND profil = $2 AND compte = $3
