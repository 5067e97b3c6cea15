SELECT id AS n FROM notice WHERE piece = $1 AND dossier IS NULL
