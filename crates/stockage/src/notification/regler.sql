INSERT INTO notification_reglage (compte, courriel, resume, envoye_le) VALUES ($1, $2, $3, NULL)
ON CONFLICT (compte) DO UPDATE SET courriel = excluded.courriel, resume = excluded.resume
