-- Ceux qui examinent, et l'adresse où les prévenir, s'ils en ont une.
SELECT c.id, COALESCE(a.courriel, '') AS courriel FROM compte c LEFT JOIN courriel_de_compte a ON a.compte = c.id
WHERE c.profil = $1 AND c.role = $2 AND c.actif = $3 AND (c.fin IS NULL OR c.fin >= $4) ORDER BY c.id
