-- L'interface de programme : ses clés, les réponses déjà données, et l'ordre où les faits sont devenus visibles.

-- La clé remise n'est pas gardée : seule son empreinte l'est.
CREATE TABLE cle_api (
    id {cle},
    compte BIGINT NOT NULL,
    nom {texte} NOT NULL,
    empreinte {texte} NOT NULL UNIQUE,
    -- Ses derniers caractères, pour la reconnaître dans une liste.
    indice {texte} NOT NULL,
    portee {texte} NOT NULL,
    cree_le {texte} NOT NULL,
    cree_par BIGINT NOT NULL,
    expire_le {texte} NOT NULL,
    vue_le {texte},
    revoquee_le {texte}
);
CREATE INDEX cle_api_par_compte ON cle_api (compte, id);

-- Un envoi et sa réponse, pour la redire à l'octet près. Sans réponse, il est en cours.
CREATE TABLE envoi (
    compte BIGINT NOT NULL,
    jeton {texte} NOT NULL,
    empreinte {texte} NOT NULL,
    statut BIGINT,
    genre {texte} NOT NULL,
    reponse {octets},
    recu_le {texte} NOT NULL,
    PRIMARY KEY (compte, jeton)
);
CREATE INDEX envoi_par_instant ON envoi (recu_le);

-- Les faits, numérotés sous le verrou d'écriture : un numéro visible, tous ceux d'avant le sont.
CREATE TABLE changement (
    numero {cle},
    dossier BIGINT NOT NULL,
    rang BIGINT NOT NULL
);
INSERT INTO changement (numero, dossier, rang)
SELECT ROW_NUMBER() OVER (ORDER BY j.ecrit_le, j.dossier, j.rang), j.dossier, j.rang FROM journal j;
INSERT INTO compteur (nom, valeur)
SELECT 'changement', COUNT(*) FROM journal HAVING COUNT(*) > 0;
