SELECT r.ordre AS r_ordre, r.ligne AS r_ligne, r.feuille AS r_feuille, r.deja AS r_deja,
    n.id, n.piece, n.ordre, n.ligne, n.feuille, n.profil, n.emetteur, n.nature, n.reference, n.empreinte,
    n.empreinte_reference, n.sous_commission, n.statut, n.motif, n.dossier, n.rapprochement, n.contenu, n.recu_le
FROM (
    SELECT id AS notice, ordre, ligne, feuille, CAST(0 AS BIGINT) AS deja FROM notice WHERE piece = $1 AND ordre > $2
    UNION ALL
    SELECT notice, ordre, ligne, feuille, CAST(1 AS BIGINT) AS deja FROM notice_doublon WHERE piece = $1 AND ordre > $2
) r
JOIN notice n ON n.id = r.notice
ORDER BY r.ordre
LIMIT $3
