UPDATE acces_exceptionnel SET examinee_le = $2, examinee_par = $3, avis = $4 WHERE id = $1 AND examinee_le IS NULL
