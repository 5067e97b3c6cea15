SELECT cle, echecs, dernier FROM essai WHERE cle = $1
