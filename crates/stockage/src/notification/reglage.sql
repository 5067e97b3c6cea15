SELECT courriel, resume, envoye_le FROM notification_reglage WHERE compte = $1
