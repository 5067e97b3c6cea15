-- Deux envois du même formulaire : le premier seul trouve l'invitation ouverte.
UPDATE invitation SET etat = $2 WHERE id = $1 AND etat = $3 AND expire_le > $4
