SELECT g.id, g.compte, g.geste, g.par, g.appareil, g.quand, c.nom AS par_nom
FROM geste_de_compte g LEFT JOIN compte c ON c.id = g.par
WHERE g.compte = $1 ORDER BY g.id DESC LIMIT $2
