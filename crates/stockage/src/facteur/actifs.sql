SELECT compte AS n FROM second_facteur WHERE actif_le IS NOT NULL ORDER BY compte
