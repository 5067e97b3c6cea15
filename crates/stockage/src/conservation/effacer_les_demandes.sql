-- La trace d'une demande reste ; ses mots et son adresse partent avec l'identité.
UPDATE demande SET a = '', objet = '', corps = ''
WHERE notice IN (SELECT n.id FROM notice n WHERE n.dossier = $1)
