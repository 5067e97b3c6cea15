UPDATE essai SET echecs = echecs - 1 WHERE cle = $1 AND echecs > 0
