UPDATE demande SET a = '', objet = '', corps = '' WHERE notice = $1
