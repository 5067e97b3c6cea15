-- Le calendrier, les abonnements, les notifications.

-- Le jour de l'audience d'un dossier ouvert.
ALTER TABLE vue_dossier ADD COLUMN audience_le {texte};
CREATE INDEX vue_dossier_par_audience ON vue_dossier (profil, audience_le, id, sous_commission, service)
    WHERE audience_le IS NOT NULL;

-- Ce qui a changé depuis peu, dans un périmètre, sans lire la ligne : les notifications de chaque page.
DROP INDEX vue_dossier_par_maj;
CREATE INDEX vue_dossier_par_maj ON vue_dossier (profil, maj_le, id, sous_commission, service);

-- L'abonnement au calendrier d'une personne : le jeton n'est pas gardé, son empreinte l'est.
CREATE TABLE abonnement (
    compte {cle},
    empreinte {texte} NOT NULL UNIQUE,
    cree_le {texte} NOT NULL,
    vu_le {texte}
);

-- Jusqu'à quel instant une personne a lu les notifications d'un dossier ; le dossier 0 vaut pour tous.
CREATE TABLE notification_lue (
    compte BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    jusqu_a {texte} NOT NULL,
    PRIMARY KEY (compte, dossier)
) {etroite};

-- Le résumé quotidien : où l'envoyer, si la personne le veut, et le dernier jour où il a été préparé.
CREATE TABLE notification_reglage (
    compte {cle},
    courriel {texte} NOT NULL,
    resume BIGINT NOT NULL,
    envoye_le {texte}
);

-- L'audience se déduit du journal, et chaque commune a désormais son compteur : une base qui avait des
-- dossiers refait ses tables de lecture.
INSERT INTO compteur (nom, valeur)
SELECT 'vues_a_refaire', 1 WHERE EXISTS (SELECT 1 FROM vue_dossier)
ON CONFLICT (nom) DO NOTHING;
