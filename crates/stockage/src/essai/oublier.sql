DELETE FROM essai WHERE cle = $1
