UPDATE piece SET nom = 'fichier n° ' || id, endroit = '' WHERE id = $1
