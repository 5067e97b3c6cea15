DELETE FROM appareil WHERE compte = $1
