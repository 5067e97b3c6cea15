SELECT COUNT(*) AS n FROM acces_exceptionnel WHERE profil = $1 AND dossier IS NOT NULL AND examinee_le IS NULL
