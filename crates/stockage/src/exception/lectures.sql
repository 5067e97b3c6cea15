SELECT id, quand, agent, organisme, role, profil, finalite, motif, geste, objet, dossier, dossiers, notices, empreinte
FROM acces WHERE dossier = $1 AND agent = $2 AND quand >= $3 AND quand <= $4 ORDER BY id LIMIT $5
