UPDATE session SET vu_le = $2, expire_le = $3 WHERE empreinte = $1
