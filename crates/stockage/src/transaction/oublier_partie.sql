DELETE FROM vue_partie WHERE partie = $1 AND dossier = $2
