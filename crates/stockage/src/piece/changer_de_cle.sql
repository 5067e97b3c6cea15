UPDATE piece SET cle = $2 WHERE id = $1
