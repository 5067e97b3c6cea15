SELECT id, reference, profil, sous_commission, service, emetteurs, listes FROM vue_dossier WHERE id = $1
