SELECT d.id, d.reference, d.profil, d.nom, d.adresse, d.commune, d.stade, d.statut, d.sous_commission,
    d.parties, d.nommes, d.fin_delai, d.service, d.clos_le, d.etape_avant_le
FROM vue_dossier d
