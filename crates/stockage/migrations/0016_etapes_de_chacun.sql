-- Les étapes d'un service ou d'un secrétariat, la plus proche d'abord : ce que son accueil montre.
CREATE INDEX vue_dossier_par_qui
    ON vue_dossier (profil, etape_qui, etape_avant_le, id, sous_commission, service) WHERE clos_le IS NULL;

-- La liste d'une commune se filtre et se compte sans lire la ligne, comme les autres.
DROP INDEX vue_dossier_par_commune;
CREATE INDEX vue_dossier_par_commune
    ON vue_dossier (profil, commune, etape_avant_le, id, sous_commission, service, stade, statut, clos_le);
