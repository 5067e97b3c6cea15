-- Les personnes d'un même organisme, dans la même mission : ce que l'une écrit, l'autre le lit.
SELECT c.id AS n FROM compte c JOIN compte soi ON soi.id = $1
WHERE c.profil = soi.profil AND c.role = soi.role AND c.organisme = soi.organisme ORDER BY c.id
