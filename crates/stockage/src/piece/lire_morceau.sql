SELECT o.octets, p.cle FROM piece_octets o JOIN piece p ON p.id = o.piece WHERE o.piece = $1 AND o.morceau = $2
