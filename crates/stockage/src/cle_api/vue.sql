UPDATE cle_api SET vue_le = $2 WHERE id = $1
