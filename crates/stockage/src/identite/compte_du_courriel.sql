SELECT compte AS n FROM courriel_de_compte WHERE courriel = $1
