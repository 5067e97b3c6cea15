SELECT e.id, e.profil, e.compte, e.organisme, e.role, e.reference, e.dossier, e.dossiers, e.motif, e.debut, e.prevue,
    e.fin, e.finie_par, e.examinee_le, e.avis, COALESCE(c.nom, '') AS nom, COALESCE(f.contenu, '') AS raison
FROM acces_exceptionnel e LEFT JOIN compte c ON c.id = e.compte LEFT JOIN coffre f ON f.cle = e.coffre
WHERE e.id = $1 AND e.profil = $2
