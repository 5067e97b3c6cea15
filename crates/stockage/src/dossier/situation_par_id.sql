SELECT id, reference, profil, sous_commission, service, emetteurs FROM vue_dossier WHERE id = $1
