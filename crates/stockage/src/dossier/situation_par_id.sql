SELECT id, reference, profil, sous_commission, service, parties FROM vue_dossier WHERE id = $1
