SELECT id, agent, dossier, geste, quand FROM acces WHERE dossier = $1 ORDER BY id DESC LIMIT $2
