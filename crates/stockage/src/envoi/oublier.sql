DELETE FROM envoi WHERE compte = $1 AND jeton = $2
