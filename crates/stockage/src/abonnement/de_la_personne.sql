SELECT compte, cree_le, vu_le FROM abonnement WHERE compte = $1
