INSERT INTO essai (cle, echecs, dernier) VALUES ($1, 1, $2)
ON CONFLICT (cle) DO UPDATE SET echecs = essai.echecs + 1, dernier = excluded.dernier
