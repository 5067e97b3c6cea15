SELECT n.reference FROM notice n WHERE n.dossier = $1 AND n.emetteur = $2
