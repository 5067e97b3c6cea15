SELECT dossier, jusqu_a FROM notification_lue WHERE compte = $1
