INSERT INTO piece (id, profil, empreinte, nom, emetteur, nature, taille, recu_le, deposant, etat, endroit, motif, traitees, cle)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, '', '', 0, $10)
