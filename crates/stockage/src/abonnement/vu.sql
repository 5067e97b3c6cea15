UPDATE abonnement SET vu_le = $2 WHERE compte = $1
