INSERT INTO second_facteur (compte, secret, actif_le, dernier_pas) VALUES ($1, $2, NULL, 0)
ON CONFLICT (compte) DO UPDATE SET secret = excluded.secret, dernier_pas = 0
WHERE second_facteur.actif_le IS NULL
