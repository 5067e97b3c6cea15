DELETE FROM identite_fournie WHERE compte = $1
