SELECT DISTINCT cle AS nom FROM piece WHERE cle <> '' ORDER BY cle
