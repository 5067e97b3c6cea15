SELECT jour FROM veille WHERE profil = $1
