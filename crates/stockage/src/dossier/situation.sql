SELECT id, reference, profil, sous_commission, service, parties, nommes FROM vue_dossier WHERE reference = $1
