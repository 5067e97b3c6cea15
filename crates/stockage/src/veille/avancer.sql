-- Le jour veillé ne recule pas.
INSERT INTO veille (profil, jour) VALUES ($1, $2)
ON CONFLICT (profil) DO UPDATE SET jour = excluded.jour WHERE veille.jour < excluded.jour
