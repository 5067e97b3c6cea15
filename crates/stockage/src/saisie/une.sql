SELECT contenu FROM saisie_en_attente WHERE empreinte = $1 AND compte = $2 AND expire_le > $3
