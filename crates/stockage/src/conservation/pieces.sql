-- Une pièce dont le traitement n'est pas fini se garde.
SELECT p.id AS numero, p.nom AS nom, '' AS issue, SUBSTR(p.recu_le, 1, 10) AS depuis FROM piece p
WHERE p.profil = $1 AND p.id > $3 AND p.etat IN ('termine', 'refuse') AND SUBSTR(p.recu_le, 1, 10) <= $2
    AND NOT EXISTS (SELECT 1 FROM conservation c WHERE c.sujet = 'piece' AND c.numero = p.id AND c.geste = 'effacer')
ORDER BY p.id LIMIT $4
