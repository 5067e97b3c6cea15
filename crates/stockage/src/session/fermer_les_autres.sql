DELETE FROM session WHERE compte = $1 AND empreinte <> $2
