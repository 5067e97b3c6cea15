SELECT sujet AS courriel FROM identite_fournie WHERE compte = $1 AND emetteur = $2
