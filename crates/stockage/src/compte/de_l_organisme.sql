SELECT id, identifiant, nom, organisme, role, profil, sous_commission, service, secret, actif, cree_le, echecs,
    dernier_echec, communes, fin, responsable
FROM compte WHERE profil = $1 AND organisme = $2 ORDER BY identifiant
