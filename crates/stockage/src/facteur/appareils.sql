SELECT empreinte, compte, nom, cree_le, expire_le FROM appareil
WHERE compte = $1 AND expire_le > $2 ORDER BY cree_le DESC, empreinte
