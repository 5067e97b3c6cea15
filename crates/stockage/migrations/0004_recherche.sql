-- La recherche : les mots d'un nom, tels qu'écrits et tels qu'ils s'entendent, les voies, les téléphones et
-- les références, une lettre devant chacun pour dire ce qu'il est. La commune est dans la clé : une rue ne
-- se cherche presque jamais sans elle.
CREATE TABLE vue_terme (
    terme {texte} NOT NULL,
    commune {texte} NOT NULL,
    dossier BIGINT NOT NULL,
    PRIMARY KEY (terme, commune, dossier)
) {etroite};
INSERT INTO vue_terme (terme, commune, dossier)
    SELECT 'n' || v.mot, d.commune, v.dossier FROM vue_nom v JOIN vue_dossier d ON d.id = v.dossier;
DROP TABLE vue_nom;
-- Ce que le dossier a dans vue_terme, hors les mots de son nom.
ALTER TABLE vue_dossier ADD COLUMN termes {texte} NOT NULL DEFAULT '';
-- Les listes par référence, par nom et par dette, comme celles par échéance : filtrées sans lire la ligne.
CREATE INDEX vue_dossier_en_ordre
    ON vue_dossier (profil, reference, id, sous_commission, service, stade, statut, clos_le);
CREATE INDEX vue_dossier_par_nom
    ON vue_dossier (profil, nom, id, sous_commission, service, stade, statut, clos_le);
CREATE INDEX vue_dossier_par_dette
    ON vue_dossier (profil, COALESCE(dette, -1), id, sous_commission, service, stade, statut, clos_le);

-- Les vues de listes qu'une personne a nommées : une adresse, et celle qui s'ouvre d'elle-même.
CREATE TABLE vue_de_liste (
    compte BIGINT NOT NULL,
    nom {texte} NOT NULL,
    demande {texte} NOT NULL,
    par_defaut BIGINT NOT NULL,
    PRIMARY KEY (compte, nom)
) {etroite};

-- Une base déjà remplie refait ses tables de lecture : « seuil reconstruire ».
INSERT INTO compteur (nom, valeur) SELECT 'vues_a_refaire', 1 WHERE EXISTS (SELECT 1 FROM vue_dossier)
ON CONFLICT DO NOTHING;
