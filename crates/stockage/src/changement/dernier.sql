SELECT COALESCE(MAX(numero), 0) AS n FROM changement
