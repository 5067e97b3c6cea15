SELECT r.compte, r.decision, r.par, r.quand, r.le, r.revoir_le FROM revue_de_compte r
WHERE r.id = (SELECT MAX(d.id) FROM revue_de_compte d WHERE d.compte = r.compte)
