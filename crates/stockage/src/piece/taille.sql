UPDATE piece SET taille = $2 WHERE id = $1
