INSERT INTO courriel_de_compte (compte, courriel) VALUES ($1, $2)
ON CONFLICT (compte) DO UPDATE SET courriel = excluded.courriel
