DELETE FROM compteur WHERE nom = 'vues_a_refaire'
