SELECT COUNT(*) AS n FROM acces_exceptionnel WHERE compte = $1 AND debut > $2
