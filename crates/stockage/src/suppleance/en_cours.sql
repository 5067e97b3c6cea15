-- Une seule marche : celles que l'absent supplée lui-même n'y sont pas.
SELECT s.absent, a.nom, MAX(s.au) AS au
FROM suppleance s
JOIN compte a ON a.id = s.absent
JOIN compte c ON c.id = s.suppleant
WHERE s.suppleant = $1 AND s.du <= $2 AND s.au >= $2 AND s.finie_le IS NULL
    AND a.actif = 1 AND (a.fin IS NULL OR a.fin >= $2)
    AND a.profil = c.profil AND a.organisme = c.organisme AND a.role = c.role
    AND COALESCE(a.sous_commission, '') = COALESCE(c.sous_commission, '')
    AND COALESCE(a.service, '') = COALESCE(c.service, '') AND a.communes = c.communes
GROUP BY s.absent, a.nom ORDER BY s.absent
