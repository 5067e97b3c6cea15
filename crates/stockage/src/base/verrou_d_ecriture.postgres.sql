-- SQLite n'a qu'un écrivain. PostgreSQL en a plusieurs : ce verrou, rendu à la fin de la
-- transaction, les met à la file, sans quoi deux réceptions ouvriraient deux fois le même dossier.
SELECT pg_advisory_xact_lock(6246)
