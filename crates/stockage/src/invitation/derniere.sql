SELECT id, compte, empreinte, par, etat, jours, cree_le, expire_le, depart
FROM invitation WHERE compte = $1 ORDER BY id DESC LIMIT 1
