UPDATE cle_api SET expire_le = $2 WHERE id = $1 AND expire_le > $2
