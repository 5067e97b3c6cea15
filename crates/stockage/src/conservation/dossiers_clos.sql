-- Un dossier joint n'a pas d'issue : il finit avec celui où il est suivi.
SELECT d.id AS numero, d.reference AS nom, d.issue AS issue, d.clos_le AS depuis FROM vue_dossier d
WHERE d.profil = $1 AND d.id > $3 AND d.clos_le IS NOT NULL AND d.clos_le <= $2 AND d.issue <> ''
    AND NOT EXISTS (SELECT 1 FROM conservation c WHERE c.sujet = 'dossier' AND c.numero = d.id
        AND c.geste = 'effacer' AND c.depuis = d.clos_le)
ORDER BY d.id LIMIT $4
