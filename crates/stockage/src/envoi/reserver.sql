INSERT INTO envoi (compte, jeton, empreinte, statut, genre, reponse, recu_le)
VALUES ($1, $2, $3, NULL, '', NULL, $4)
