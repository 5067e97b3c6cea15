-- Les faits d'une fenêtre de numéros, avant de savoir qui peut les voir.
SELECT c.numero, c.dossier AS id, j.fait, j.rang, j.acte, j.jour, j.contenu, j.agent, j.ecrit_le, j.pour
FROM changement c JOIN journal j ON j.dossier = c.dossier AND j.rang = c.rang
WHERE c.numero > $1 AND c.numero <= $2
