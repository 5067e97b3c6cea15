-- Le compteur naît avec son premier numéro ; le dernier numéro réservé revient.
INSERT INTO compteur (nom, valeur) VALUES ($1, $2)
ON CONFLICT (nom) DO UPDATE SET valeur = compteur.valeur + excluded.valeur
RETURNING valeur AS n
