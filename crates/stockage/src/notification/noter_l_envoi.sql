-- Deux programmes à la fois : un seul change la ligne, l'autre n'en touche aucune.
UPDATE notification_reglage SET envoye_le = $2
WHERE compte = $1 AND (envoye_le IS NULL OR envoye_le < $2)
    AND (resume = 1 OR compte IN (
        SELECT s.suppleant FROM suppleance s
        JOIN notification_reglage r ON r.compte = s.absent AND r.resume = 1
        WHERE s.du <= $2 AND s.au >= $2 AND s.finie_le IS NULL))
