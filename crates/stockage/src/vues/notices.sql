SELECT n.id, n.piece, n.ordre, n.ligne, n.feuille, n.profil, n.emetteur, n.nature, n.reference, n.empreinte,
    n.empreinte_reference, n.sous_commission, n.statut, n.motif, n.dossier, n.rapprochement, n.contenu, n.recu_le
FROM notice n WHERE n.dossier > $1 AND n.dossier <= $2 ORDER BY n.id
