SELECT id, reference, profil, sous_commission, service, emetteurs FROM vue_dossier WHERE reference = $1
