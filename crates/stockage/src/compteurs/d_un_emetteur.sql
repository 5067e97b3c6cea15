SELECT m.compteur, COUNT(*) AS n
FROM vue_emetteur e
JOIN vue_dossier d ON d.id = e.dossier AND d.profil = $1
JOIN (
    SELECT 'ouvert' AS compteur UNION ALL SELECT 'a_completer' UNION ALL SELECT 'a_orienter'
    UNION ALL SELECT 'a_confirmer' UNION ALL SELECT 'courriers' UNION ALL SELECT 'semaine'
    UNION ALL SELECT 'en_retard' UNION ALL SELECT 'sans_etape' UNION ALL SELECT 'a_examiner'
) m ON CASE m.compteur
    WHEN 'ouvert' THEN d.clos_le IS NULL
    WHEN 'a_completer' THEN d.clos_le IS NULL AND d.file = 'a_completer'
    WHEN 'a_orienter' THEN d.a_orienter = 1
    WHEN 'a_confirmer' THEN d.clos_le IS NULL AND d.questions > 0
    WHEN 'courriers' THEN d.clos_le IS NULL AND d.courriers > 0
    WHEN 'semaine' THEN d.clos_le IS NULL AND d.etape_avant_le BETWEEN $2 AND $3
    WHEN 'en_retard' THEN d.clos_le IS NULL AND d.etape_avant_le < $2
    WHEN 'sans_etape' THEN d.sans_etape = 1
    ELSE d.clos_le IS NULL AND d.etape_regle = 'a_examiner'
END
WHERE e.emetteur = $4
GROUP BY m.compteur
