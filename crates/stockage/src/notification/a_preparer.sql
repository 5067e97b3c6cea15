SELECT compte, courriel FROM notification_reglage
WHERE resume = 1 AND courriel <> '' AND (envoye_le IS NULL OR envoye_le < $1)
ORDER BY compte
