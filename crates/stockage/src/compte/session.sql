SELECT empreinte, compte, cree_le, vu_le, expire_le, jeton_csrf
FROM session WHERE empreinte = $1 AND expire_le > $2
