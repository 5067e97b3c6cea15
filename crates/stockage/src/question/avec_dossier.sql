SELECT q.id, q.dossier, q.candidat, q.rang, q.motifs, q.etat, q.creee_le FROM vue_question q JOIN vue_dossier d ON d.id = q.dossier
