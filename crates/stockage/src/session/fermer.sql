DELETE FROM session WHERE empreinte = $1
