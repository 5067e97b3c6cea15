DELETE FROM session WHERE compte = $1
