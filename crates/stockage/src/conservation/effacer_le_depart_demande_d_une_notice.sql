UPDATE depart SET a = '', objet = '', corps = ''
WHERE id IN (SELECT q.depart FROM demande q WHERE q.notice = $1)
