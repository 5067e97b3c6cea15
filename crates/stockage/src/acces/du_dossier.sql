SELECT a.id, a.quand, a.agent, a.organisme, a.role, a.profil, a.finalite, a.motif, a.geste, a.objet, a.dossier,
    a.dossiers, a.notices, a.empreinte, COALESCE(c.nom, '') AS nom
FROM acces a LEFT JOIN compte c ON c.id = a.agent
WHERE a.dossier = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3
