DELETE FROM piece_octets WHERE piece = $1
