-- Ce qui ouvre un dossier à cette personne, à cet instant : la fin venue, rien n'est à faire.
SELECT dossiers FROM acces_exceptionnel WHERE compte = $1 AND fin > $2 AND debut <= $2 AND dossier IS NOT NULL
