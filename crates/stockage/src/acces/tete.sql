-- La dernière ligne d'avant : celle que la suivante continue.
SELECT empreinte FROM acces WHERE id < $1 ORDER BY id DESC LIMIT 1
