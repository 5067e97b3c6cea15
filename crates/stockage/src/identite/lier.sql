INSERT INTO identite_fournie (emetteur, sujet, compte, liee_le) VALUES ($1, $2, $3, $4)
