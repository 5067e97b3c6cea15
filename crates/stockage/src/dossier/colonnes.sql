SELECT d.id, d.reference, d.profil, d.sous_commission, d.service, d.service_provisoire, d.commune, d.stade,
    d.statut, d.motif, d.file, d.etape_quoi, d.etape_qui, d.etape_avant_le, d.etape_regle, d.fin_delai,
    d.nom, d.adresse, d.dette, d.ouvert_le, d.maj_le, d.clos_le, d.questions, d.courriers, d.parties,
    d.mots, d.cles, d.fiche, d.rang, d.depuis, d.issue, d.etats, d.listes, d.change_le, d.termes,
    d.audience_le, d.nommes
FROM vue_dossier d
