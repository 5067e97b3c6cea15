DELETE FROM vue_terme WHERE terme = $1 AND commune = $2 AND dossier = $3
