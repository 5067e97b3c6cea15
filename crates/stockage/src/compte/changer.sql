UPDATE compte SET nom = $2, organisme = $3, role = $4, profil = $5, sous_commission = $6, service = $7,
    secret = $8, actif = $9, communes = $10, fin = $11, responsable = $12
WHERE id = $1
