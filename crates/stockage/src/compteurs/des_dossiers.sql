-- Une somme vide est nulle : un organisme sans dossier lit des zéros.
SELECT
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS ouvert,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL AND d.file = 'a_completer' THEN 1 ELSE 0 END), 0) AS BIGINT) AS a_completer,
    CAST(COALESCE(SUM(d.a_orienter), 0) AS BIGINT) AS a_orienter,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL AND d.questions > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS a_confirmer,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL AND d.courriers > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS courriers,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL AND d.etape_avant_le BETWEEN $1 AND $2 THEN 1 ELSE 0 END), 0) AS BIGINT)
        AS semaine,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL AND d.etape_avant_le < $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS en_retard,
    CAST(COALESCE(SUM(d.sans_etape), 0) AS BIGINT) AS sans_etape,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NULL AND d.etape_regle = 'a_examiner' THEN 1 ELSE 0 END), 0) AS BIGINT)
        AS a_examiner,
    CAST(COALESCE(SUM(CASE WHEN d.clos_le IS NOT NULL AND d.issue <> '' THEN 1 ELSE 0 END), 0) AS BIGINT) AS clos
FROM vue_dossier d
