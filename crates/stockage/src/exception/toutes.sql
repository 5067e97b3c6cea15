-- La raison n'est pas dans la liste : elle se lit une à une.
SELECT e.id, e.profil, e.compte, e.organisme, e.role, e.reference, e.dossier, e.dossiers, e.motif, e.debut, e.prevue,
    e.fin, e.finie_par, e.examinee_le, e.avis, COALESCE(c.nom, '') AS nom, '' AS raison
FROM acces_exceptionnel e LEFT JOIN compte c ON c.id = e.compte
WHERE e.profil = $1 ORDER BY e.id DESC LIMIT $2
