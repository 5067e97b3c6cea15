SELECT compte AS n FROM identite_fournie WHERE emetteur = $1 AND sujet = $2
