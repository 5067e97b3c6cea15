-- La clé qui chiffre les octets d'une pièce, par le début de son empreinte ; vide, ils sont en clair.
ALTER TABLE piece ADD COLUMN cle {texte} NOT NULL DEFAULT '';
