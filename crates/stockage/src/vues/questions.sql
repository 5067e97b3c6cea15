SELECT q.id, q.dossier, q.candidat, q.rang, q.motifs, q.etat, q.creee_le
FROM vue_question q WHERE q.dossier > $1 AND q.dossier <= $2 ORDER BY q.id
