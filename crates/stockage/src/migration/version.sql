SELECT COALESCE(MAX(version), 0) AS n FROM migration
