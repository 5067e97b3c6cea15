UPDATE piece_octets SET octets = $3 WHERE piece = $1 AND morceau = $2
