SELECT organisme, role, profil FROM compte WHERE id = $1
