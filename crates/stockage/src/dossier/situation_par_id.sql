SELECT id, profil, sous_commission, service, emetteurs FROM vue_dossier WHERE id = $1
