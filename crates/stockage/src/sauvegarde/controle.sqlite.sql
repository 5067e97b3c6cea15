-- Une sauvegarde est toujours un fichier SQLite.
SELECT COUNT(*) AS n FROM pragma_quick_check WHERE quick_check <> 'ok'
