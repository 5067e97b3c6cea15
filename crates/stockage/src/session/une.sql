SELECT empreinte, compte, etape, moyen, appareil, cree_le, vu_le, expire_le, fin_le, jeton_csrf, preuve
FROM session WHERE empreinte = $1
