SELECT id, compte, empreinte, par, etat, jours, cree_le, expire_le, depart
FROM invitation WHERE empreinte = $1
