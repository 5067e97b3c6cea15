SELECT p.id, p.profil, p.empreinte, p.nom, p.emetteur, p.nature, p.taille, p.recu_le, p.deposant, p.etat,
    p.endroit, p.motif, p.traitees, p.total
FROM piece p WHERE p.profil = $1 AND p.empreinte = $2 AND p.nature = $3
