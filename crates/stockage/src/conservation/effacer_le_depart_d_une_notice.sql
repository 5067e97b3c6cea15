UPDATE depart SET a = '', objet = '', corps = ''
WHERE courrier IN (SELECT c.id FROM vue_courrier c WHERE c.notice = $1)
