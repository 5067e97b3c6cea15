-- Une liste se déplie par json_array_elements_text dans PostgreSQL. La dernière reçue vient en dernier.
SELECT n.id, n.piece, n.ordre, n.ligne, n.feuille, n.profil, n.emetteur, n.nature, n.reference, n.empreinte,
    n.empreinte_reference, n.sous_commission, n.statut, n.motif, n.dossier, n.rapprochement, n.contenu, n.recu_le
FROM json_array_elements_text($2::json) AS e (value) JOIN notice n
    ON n.empreinte_reference = decode(e.value, 'hex') AND n.profil = $1
ORDER BY n.id
