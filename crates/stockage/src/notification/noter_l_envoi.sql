-- Deux programmes à la fois : un seul change la ligne, l'autre n'en touche aucune.
UPDATE notification_reglage SET envoye_le = $2
WHERE compte = $1 AND resume = 1 AND (envoye_le IS NULL OR envoye_le < $2)
