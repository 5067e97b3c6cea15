-- Qui supplée une personne qui veut son résumé le reçoit aussi, ces jours-là.
SELECT compte, courriel FROM notification_reglage
WHERE courriel <> '' AND (envoye_le IS NULL OR envoye_le < $1)
    AND (resume = 1 OR compte IN (
        SELECT s.suppleant FROM suppleance s
        JOIN notification_reglage r ON r.compte = s.absent AND r.resume = 1
        WHERE s.du <= $1 AND s.au >= $1 AND s.finie_le IS NULL))
ORDER BY compte
