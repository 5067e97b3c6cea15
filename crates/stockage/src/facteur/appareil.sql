SELECT empreinte, compte, nom, cree_le, expire_le FROM appareil
WHERE empreinte = $1 AND compte = $2 AND expire_le > $3
