INSERT INTO piece_octets (piece, morceau, octets) VALUES ($1, $2, $3)
