SELECT p.id, p.profil, p.empreinte, p.nom, p.emetteur, p.nature, p.taille, p.recu_le, p.deposant, p.etat,
    p.endroit, p.motif, p.traitees, p.total
FROM piece p
