SELECT dossier, rang, fait, acte, jour, contenu, agent, ecrit_le, pour
FROM journal WHERE dossier = $1 ORDER BY rang
