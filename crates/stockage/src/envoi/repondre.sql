UPDATE envoi SET statut = $3, genre = $4, reponse = $5 WHERE compte = $1 AND jeton = $2
