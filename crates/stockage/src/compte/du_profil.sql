SELECT id, identifiant, nom, organisme, role, profil, sous_commission, service, secret, actif, cree_le, echecs,
    dernier_echec, communes, fin, responsable
FROM compte WHERE profil = $1 AND actif = $2 AND (fin IS NULL OR fin >= $3) ORDER BY organisme, nom, id
