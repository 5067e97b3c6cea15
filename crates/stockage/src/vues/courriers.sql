SELECT c.id, c.dossier, c.notice, c.modele, c.destinataire, c.canal, c.etat, c.prepare_le, c.change_le, c.detail
FROM vue_courrier c WHERE c.dossier > $1 AND c.dossier <= $2 ORDER BY c.id
