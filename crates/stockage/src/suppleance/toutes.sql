SELECT id, absent, suppleant, du, au, motif, par, cree_le, finie_le, finie_par
FROM suppleance ORDER BY id DESC
