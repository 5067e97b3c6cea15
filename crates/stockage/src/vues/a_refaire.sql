SELECT valeur AS n FROM compteur WHERE nom = 'vues_a_refaire'
