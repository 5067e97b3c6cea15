-- Sans ce qui vient des identités : le temps ne le change pas, et la veille ne le réécrit pas.
SELECT d.id, d.reference, d.profil, d.sous_commission, d.service, d.service_provisoire, d.commune, d.stade,
    d.statut, d.motif, d.file, d.etape_quoi, d.etape_qui, d.etape_avant_le, d.etape_regle, d.fin_delai,
    '' AS nom, '' AS adresse, d.dette, d.ouvert_le, d.maj_le, d.clos_le, d.questions, d.courriers,
    d.parties, '' AS mots, '[]' AS cles, '' AS fiche, '' AS termes, d.rang, d.depuis, d.issue, d.etats, d.listes,
    d.change_le, d.audience_le, d.nommes
FROM vue_dossier d
WHERE d.profil = $1 AND d.change_le <= $2 AND d.change_le < '9999-12-31' AND (d.change_le, d.id) > ($3, $4)
ORDER BY d.change_le, d.id LIMIT $5
