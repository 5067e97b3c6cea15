DELETE FROM abonnement WHERE compte = $1
