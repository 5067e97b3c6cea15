-- Ce qui est lu le reste : un instant ne recule pas.
INSERT INTO notification_lue (compte, dossier, jusqu_a) VALUES ($1, $2, $3)
ON CONFLICT (compte, dossier) DO UPDATE SET jusqu_a = excluded.jusqu_a
WHERE notification_lue.jusqu_a < excluded.jusqu_a
