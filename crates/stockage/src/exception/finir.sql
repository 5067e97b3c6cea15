UPDATE acces_exceptionnel SET fin = $2, finie_par = $3 WHERE id = $1 AND fin > $2
