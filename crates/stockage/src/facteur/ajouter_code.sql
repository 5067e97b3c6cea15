INSERT INTO code_de_secours (compte, empreinte) VALUES ($1, $2)
