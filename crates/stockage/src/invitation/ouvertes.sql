SELECT compte AS n FROM invitation WHERE etat = $1 ORDER BY compte
