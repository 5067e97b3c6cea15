DELETE FROM notification_lue WHERE compte = $1
