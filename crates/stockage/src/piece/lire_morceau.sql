SELECT octets FROM piece_octets WHERE piece = $1 AND morceau = $2
