SELECT id, absent, suppleant, du, au, motif, par, cree_le, finie_le, finie_par
FROM suppleance WHERE absent = $1 OR suppleant = $1 ORDER BY id DESC
