UPDATE notice SET motif = 'corrigee' WHERE id = $1
