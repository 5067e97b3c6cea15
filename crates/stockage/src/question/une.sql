SELECT q.id, q.dossier, q.candidat, q.rang, q.motifs, q.etat, q.creee_le FROM vue_question q WHERE q.id = $1
