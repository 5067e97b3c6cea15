-- La trace d'un envoi reste ; ce qu'il disait et à qui part avec l'identité.
UPDATE depart SET a = '', objet = '', corps = ''
WHERE courrier IN (SELECT c.id FROM vue_courrier c WHERE c.dossier = $1)
