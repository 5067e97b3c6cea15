INSERT INTO correspondance (profil, emetteur, nature, contenu) VALUES ($1, $2, $3, $4)
ON CONFLICT (profil, emetteur, nature) DO UPDATE SET contenu = excluded.contenu
