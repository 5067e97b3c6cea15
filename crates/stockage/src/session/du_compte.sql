SELECT empreinte, compte, etape, moyen, appareil, cree_le, vu_le, expire_le, fin_le, jeton_csrf, preuve
FROM session WHERE compte = $1 AND expire_le > $2 ORDER BY vu_le DESC, empreinte
