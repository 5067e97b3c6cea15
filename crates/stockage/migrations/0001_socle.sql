-- Le socle. Un seul texte pour les deux moteurs ; le programme remplace quatre mots :
--   {cle}      clé entière : INTEGER PRIMARY KEY (SQLite, l'alias de la ligne), BIGINT PRIMARY KEY ;
--   {texte}    TEXT, dans l'ordre des octets sur les deux moteurs ;
--   {octets}   BLOB ou BYTEA ;
--   {etroite}  WITHOUT ROWID (SQLite) : la clé est la ligne, une écriture au lieu de deux.
-- Jours et instants sont des textes ISO, les sommes des centimes, les oui-non des 0 et 1.

CREATE TABLE compteur (
    nom {texte} NOT NULL PRIMARY KEY,
    valeur BIGINT NOT NULL
) {etroite};

-- Un fichier ou une saisie, gardé tel que reçu. Les octets sont dans la base : une transaction et une
-- sauvegarde tiennent tout.
CREATE TABLE piece (
    id {cle},
    profil {texte} NOT NULL,
    empreinte {texte} NOT NULL,
    nom {texte} NOT NULL,
    emetteur {texte} NOT NULL,
    nature {texte} NOT NULL,
    taille BIGINT NOT NULL,
    recu_le {texte} NOT NULL,
    deposant BIGINT NOT NULL,
    etat {texte} NOT NULL,
    endroit {texte} NOT NULL,
    motif {texte} NOT NULL,
    traitees BIGINT NOT NULL,
    total BIGINT,
    UNIQUE (profil, empreinte, nature)
);

CREATE TABLE piece_octets (
    piece BIGINT NOT NULL,
    morceau BIGINT NOT NULL,
    octets {octets} NOT NULL,
    PRIMARY KEY (piece, morceau)
);

-- Le registre de ce qui a été reçu, ligne par ligne. Aucune identité : elle est dans le coffre.
CREATE TABLE notice (
    id {cle},
    piece BIGINT NOT NULL,
    -- Le rang de la ligne dans la pièce, toutes feuilles confondues.
    ordre BIGINT NOT NULL,
    ligne BIGINT NOT NULL,
    feuille {texte} NOT NULL,
    profil {texte} NOT NULL,
    emetteur {texte} NOT NULL,
    nature {texte} NOT NULL,
    reference {texte} NOT NULL,
    empreinte {octets} NOT NULL,
    empreinte_reference {octets},
    sous_commission {texte} NOT NULL,
    statut {texte} NOT NULL,
    motif {texte} NOT NULL,
    dossier BIGINT,
    rapprochement {texte} NOT NULL,
    contenu {texte} NOT NULL,
    recu_le {texte} NOT NULL
);
CREATE UNIQUE INDEX notice_par_empreinte ON notice (empreinte, profil);
CREATE INDEX notice_par_reference ON notice (empreinte_reference) WHERE empreinte_reference IS NOT NULL;
CREATE UNIQUE INDEX notice_par_ordre ON notice (piece, ordre);
CREATE INDEX notice_par_dossier ON notice (dossier) WHERE dossier IS NOT NULL;
-- La file « à compléter » : les notices qu'on ne peut pas encore traiter.
CREATE INDEX notice_incomplete ON notice (profil, id, dossier, sous_commission, emetteur) WHERE statut = 'incomplet';
-- Celles qui n'ont pas de dossier, que l'accueil compte : sans cet index il lit chaque notice incomplète.
CREATE INDEX notice_sans_dossier ON notice (profil, sous_commission, emetteur, motif)
    WHERE statut = 'incomplet' AND dossier IS NULL;

CREATE TABLE notice_doublon (
    piece BIGINT NOT NULL,
    ordre BIGINT NOT NULL,
    ligne BIGINT NOT NULL,
    feuille {texte} NOT NULL,
    notice BIGINT NOT NULL,
    PRIMARY KEY (piece, ordre)
) {etroite};

-- Les identités. Effacer coupe le contenu et garde la clé : l'histoire et les comptes restent entiers.
CREATE TABLE coffre (
    cle {cle},
    contenu {texte},
    efface_le {texte}
);

-- La vérité. (dossier, rang) est unique : deux écritures concurrentes ne réussissent pas toutes les deux.
CREATE TABLE journal (
    dossier BIGINT NOT NULL,
    rang BIGINT NOT NULL,
    fait {texte} NOT NULL,
    acte {texte} NOT NULL,
    jour {texte},
    contenu {texte} NOT NULL,
    agent BIGINT NOT NULL,
    ecrit_le {texte} NOT NULL,
    PRIMARY KEY (dossier, rang)
) {etroite};

-- Ce qui suit, jusqu'à vue_compte, se refait à partir du journal (seuil reconstruire).
CREATE TABLE vue_dossier (
    id {cle},
    reference {texte} NOT NULL,
    profil {texte} NOT NULL,
    sous_commission {texte} NOT NULL,
    service {texte} NOT NULL,
    service_provisoire BIGINT NOT NULL,
    commune {texte} NOT NULL,
    stade {texte} NOT NULL,
    statut {texte} NOT NULL,
    motif {texte} NOT NULL,
    file {texte} NOT NULL,
    etape_quoi {texte} NOT NULL,
    etape_qui {texte} NOT NULL,
    -- 9999-12-31 sans échéance : après toutes les autres, sans vide à traiter à part dans l'ordre.
    etape_avant_le {texte} NOT NULL,
    etape_regle {texte} NOT NULL,
    fin_delai {texte},
    nom {texte} NOT NULL,
    adresse {texte} NOT NULL,
    dette BIGINT,
    ouvert_le {texte} NOT NULL,
    maj_le {texte} NOT NULL,
    clos_le {texte},
    questions BIGINT NOT NULL,
    courriers BIGINT NOT NULL,
    emetteurs {texte} NOT NULL,
    mots {texte} NOT NULL,
    cles {texte} NOT NULL,
    fiche {texte} NOT NULL,
    rang BIGINT NOT NULL,
    a_orienter BIGINT NOT NULL,
    sans_etape BIGINT NOT NULL,
    -- Le jour où le stade a commencé.
    depuis {texte},
    -- Ce que le ménage est devenu ; vide tant que le dossier est ouvert.
    issue {texte} NOT NULL,
    -- Des codes entre espaces, « x y », ou rien : un code se cherche avec ses deux espaces.
    etats {texte} NOT NULL,
    listes {texte} NOT NULL,
    -- Le premier jour où le temps seul y changera quelque chose ; 9999-12-31 s'il n'y en a pas.
    change_le {texte} NOT NULL
);
CREATE UNIQUE INDEX vue_dossier_par_reference ON vue_dossier (reference);
-- Les listes vont de l'échéance la plus proche à la plus lointaine. Les colonnes d'après `id` servent
-- à filtrer sans lire la ligne ; elles sont après lui pour que les nouvelles entrées se touchent.
-- Un service, un statut ou un stade a une part assez grande des dossiers pour se passer d'un index à
-- lui : chaque index de plus ralentit la réception de tous.
CREATE INDEX vue_dossier_par_echeance
    ON vue_dossier (profil, etape_avant_le, id, sous_commission, service, stade, statut, clos_le);
CREATE INDEX vue_dossier_par_sous_commission
    ON vue_dossier (profil, sous_commission, etape_avant_le, id, service, stade, statut, clos_le);
CREATE INDEX vue_dossier_par_commune ON vue_dossier (profil, commune, etape_avant_le, id);
CREATE INDEX vue_dossier_par_maj ON vue_dossier (profil, maj_le, id);
-- Les files de travail : courtes, ou vides.
CREATE INDEX vue_dossier_en_file
    ON vue_dossier (profil, file, etape_avant_le, id, sous_commission, service) WHERE file <> '';
CREATE INDEX vue_dossier_a_orienter
    ON vue_dossier (profil, etape_avant_le, id, sous_commission) WHERE a_orienter = 1;
CREATE INDEX vue_dossier_a_confirmer
    ON vue_dossier (profil, etape_avant_le, id, sous_commission) WHERE questions > 0;
CREATE INDEX vue_dossier_a_examiner
    ON vue_dossier (profil, etape_avant_le, id, sous_commission) WHERE etape_regle = 'a_examiner';
CREATE INDEX vue_dossier_sans_etape
    ON vue_dossier (profil, etape_avant_le, id, sous_commission) WHERE sans_etape = 1;
-- Les listes de suivi et les états à côté de la procédure se cherchent dans l'index, sans lire la ligne.
CREATE INDEX vue_dossier_en_liste
    ON vue_dossier (profil, etape_avant_le, id, sous_commission, service, listes, etats, clos_le)
    WHERE listes <> '' OR etats <> '';
-- Ce que la veille du jour doit relire. Les dossiers clos y sont : le temps change aussi ce qu'on en montre.
CREATE INDEX vue_dossier_a_veiller ON vue_dossier (profil, change_le, id) WHERE change_le < '9999-12-31';

CREATE TABLE vue_nom (
    mot {texte} NOT NULL,
    dossier BIGINT NOT NULL,
    PRIMARY KEY (mot, dossier)
) {etroite};

CREATE TABLE vue_cle (
    cle BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    PRIMARY KEY (cle, dossier)
) {etroite};

CREATE TABLE vue_emetteur (
    emetteur {texte} NOT NULL,
    dossier BIGINT NOT NULL,
    PRIMARY KEY (emetteur, dossier)
) {etroite};

CREATE TABLE vue_courrier (
    id {cle},
    dossier BIGINT,
    notice BIGINT,
    modele {texte} NOT NULL,
    destinataire {texte} NOT NULL,
    canal {texte} NOT NULL,
    etat {texte} NOT NULL,
    prepare_le {texte} NOT NULL,
    change_le {texte} NOT NULL,
    detail {texte} NOT NULL
);
CREATE INDEX vue_courrier_par_dossier ON vue_courrier (dossier);
CREATE INDEX vue_courrier_par_etat ON vue_courrier (etat, id);

CREATE TABLE vue_question (
    id {cle},
    dossier BIGINT NOT NULL,
    candidat BIGINT NOT NULL,
    rang BIGINT NOT NULL,
    motifs {texte} NOT NULL,
    etat {texte} NOT NULL,
    creee_le {texte} NOT NULL
);
CREATE INDEX vue_question_par_dossier ON vue_question (dossier);
CREATE INDEX vue_question_par_candidat ON vue_question (candidat);
CREATE INDEX vue_question_ouverte ON vue_question (id) WHERE etat = 'ouverte';

-- Les compteurs de l'accueil, tenus à chaque écriture : compter un million de lignes prend des secondes.
CREATE TABLE vue_compte (
    profil {texte} NOT NULL,
    compteur {texte} NOT NULL,
    jour {texte} NOT NULL,
    sous_commission {texte} NOT NULL,
    service {texte} NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (profil, compteur, jour, sous_commission, service)
) {etroite};

-- Le dernier jour veillé de chaque profil : le temps n'a pas fait bouger les vues au-delà.
CREATE TABLE veille (
    profil {texte} NOT NULL PRIMARY KEY,
    jour {texte} NOT NULL
) {etroite};

CREATE TABLE compte (
    id {cle},
    identifiant {texte} NOT NULL UNIQUE,
    nom {texte} NOT NULL,
    organisme {texte} NOT NULL,
    role {texte} NOT NULL,
    profil {texte} NOT NULL,
    sous_commission {texte},
    service {texte},
    secret {texte} NOT NULL,
    actif BIGINT NOT NULL,
    cree_le {texte} NOT NULL,
    echecs BIGINT NOT NULL,
    dernier_echec {texte}
);

CREATE TABLE session (
    empreinte {texte} NOT NULL PRIMARY KEY,
    compte BIGINT NOT NULL,
    cree_le {texte} NOT NULL,
    vu_le {texte} NOT NULL,
    expire_le {texte} NOT NULL,
    jeton_csrf {texte} NOT NULL
) {etroite};

-- Les en-têtes d'un émetteur, donnés une fois à la main.
CREATE TABLE correspondance (
    profil {texte} NOT NULL,
    emetteur {texte} NOT NULL,
    nature {texte} NOT NULL,
    contenu {texte} NOT NULL,
    PRIMARY KEY (profil, emetteur, nature)
) {etroite};

-- Le registre des accès : qui a ouvert ou écrit quel dossier.
CREATE TABLE acces (
    id {cle},
    agent BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    geste {texte} NOT NULL,
    quand {texte} NOT NULL
);
CREATE INDEX acces_par_dossier ON acces (dossier, id);

-- Les courriels à faire partir.
CREATE TABLE depart (
    id {cle},
    courrier BIGINT NOT NULL,
    a {texte} NOT NULL,
    objet {texte} NOT NULL,
    corps {texte} NOT NULL,
    etat {texte} NOT NULL,
    essais BIGINT NOT NULL,
    erreur {texte} NOT NULL,
    cree_le {texte} NOT NULL,
    change_le {texte} NOT NULL
);
CREATE INDEX depart_par_etat ON depart (etat, id);
CREATE INDEX depart_par_courrier ON depart (courrier);
