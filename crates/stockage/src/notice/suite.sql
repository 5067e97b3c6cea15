UPDATE notice SET sous_commission = $2, statut = $3, motif = $4, dossier = $5, rapprochement = $6 WHERE id = $1
