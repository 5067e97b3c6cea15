SELECT emetteur, nature, contenu FROM correspondance WHERE profil = $1 ORDER BY emetteur, nature
