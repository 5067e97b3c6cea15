DELETE FROM vue_nom WHERE mot = $1 AND dossier = $2
