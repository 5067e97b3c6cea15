INSERT INTO compte
    (id, identifiant, nom, organisme, role, profil, sous_commission, service, secret, actif, cree_le, echecs,
    communes, fin, responsable)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
