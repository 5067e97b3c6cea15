SELECT profil, jour FROM veille ORDER BY profil
