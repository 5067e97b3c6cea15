SELECT compte, MAX(quand) AS quand FROM geste_de_compte WHERE geste IN ($1, $2, $3) GROUP BY compte
