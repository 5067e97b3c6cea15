UPDATE suppleance SET finie_par = $2, finie_le = $3 WHERE id = $1 AND finie_le IS NULL
