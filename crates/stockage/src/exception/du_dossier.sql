SELECT e.id, e.profil, e.compte, e.organisme, e.role, e.reference, e.dossier, e.dossiers, e.motif, e.debut, e.prevue,
    e.fin, e.finie_par, e.examinee_le, e.avis, COALESCE(c.nom, '') AS nom, '' AS raison
FROM acces_exceptionnel e LEFT JOIN compte c ON c.id = e.compte
WHERE (' ' || e.dossiers || ' ') LIKE $1 AND e.debut <= $2 AND e.fin > $2 ORDER BY e.id
