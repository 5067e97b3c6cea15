UPDATE cle_api SET revoquee_le = $2 WHERE id = $1 AND revoquee_le IS NULL
