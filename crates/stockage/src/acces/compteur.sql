SELECT valeur AS n FROM compteur WHERE nom = 'acces'
