SELECT COALESCE(MAX(rang), 0) AS n FROM journal WHERE dossier = $1
