INSERT INTO vue_de_liste (compte, nom, demande, par_defaut) VALUES ($1, $2, $3, 0)
ON CONFLICT (compte, nom) DO UPDATE SET demande = excluded.demande
