SELECT n.id AS numero, n.reference AS nom, '' AS issue, SUBSTR(n.recu_le, 1, 10) AS depuis FROM notice n
WHERE n.profil = $1 AND n.id > $3 AND n.dossier IS NULL AND SUBSTR(n.recu_le, 1, 10) <= $2
    AND NOT EXISTS (SELECT 1 FROM conservation c WHERE c.sujet = 'notice' AND c.numero = n.id AND c.geste = 'effacer')
ORDER BY n.id LIMIT $4
