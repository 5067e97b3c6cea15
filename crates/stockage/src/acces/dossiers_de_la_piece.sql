SELECT DISTINCT dossier AS n FROM notice WHERE piece = $1 AND dossier IS NOT NULL
