SELECT id, quand, agent, organisme, role, profil, finalite, motif, geste, objet, dossier, dossiers, notices, empreinte
FROM acces WHERE id > $1 ORDER BY id LIMIT $2
