SELECT empreinte, statut, genre, reponse, recu_le FROM envoi WHERE compte = $1 AND jeton = $2
