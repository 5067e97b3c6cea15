DELETE FROM vue_cle WHERE cle = $1 AND dossier = $2
