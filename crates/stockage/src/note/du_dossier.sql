SELECT n.id, n.ecrite_le, f.contenu, COALESCE(c.nom, '') AS nom
FROM note_reservee n JOIN coffre f ON f.cle = n.coffre LEFT JOIN compte c ON c.id = n.agent
WHERE n.dossier = $1 AND n.organisme = $2 AND f.contenu IS NOT NULL ORDER BY n.id
