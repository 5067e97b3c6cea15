SELECT id, reference, profil, sous_commission, service, parties, nommes FROM vue_dossier WHERE id = $1
