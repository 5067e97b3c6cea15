DELETE FROM saisie_en_attente WHERE empreinte = $1 AND compte = $2
