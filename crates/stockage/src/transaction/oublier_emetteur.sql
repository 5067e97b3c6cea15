DELETE FROM vue_emetteur WHERE emetteur = $1 AND dossier = $2
