UPDATE depart SET a = '', objet = '', corps = ''
WHERE id IN (SELECT q.depart FROM demande q JOIN notice n ON n.id = q.notice WHERE n.dossier = $1)
