INSERT INTO abonnement (compte, empreinte, cree_le, vu_le) VALUES ($1, $2, $3, NULL)
ON CONFLICT (compte) DO UPDATE SET empreinte = excluded.empreinte, cree_le = excluded.cree_le, vu_le = NULL
