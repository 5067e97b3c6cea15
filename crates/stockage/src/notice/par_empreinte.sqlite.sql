-- Une liste se déplie par json_each dans SQLite.
SELECT n.id, n.piece, n.ordre, n.ligne, n.feuille, n.profil, n.emetteur, n.nature, n.reference, n.empreinte,
    n.empreinte_reference, n.sous_commission, n.statut, n.motif, n.dossier, n.rapprochement, n.contenu, n.recu_le
FROM json_each($2) AS e CROSS JOIN notice n
WHERE n.empreinte = unhex(e.value) AND n.profil = $1
