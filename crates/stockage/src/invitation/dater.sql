UPDATE invitation SET empreinte = $2, expire_le = $3 WHERE id = $1 AND etat = $4
