SELECT id, absent, suppleant, du, au, motif, par, cree_le, finie_le, finie_par
FROM suppleance WHERE id = $1
