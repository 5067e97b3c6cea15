SELECT emetteur, nature, contenu FROM correspondance WHERE profil = $1 AND emetteur = $2 AND nature = $3
