SELECT courriel FROM courriel_de_compte WHERE compte = $1
