SELECT id, nature, contenu, maj_le FROM brouillon WHERE profil = $1 AND compte = $2
ORDER BY maj_le DESC, id DESC
