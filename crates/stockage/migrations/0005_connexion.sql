-- Entrer : sessions à plusieurs temps, second facteur, invitations, identités venues d'un fournisseur.

-- Une session ouverte avant cette version se rouvre : personne n'y perd rien qu'un mot de passe à redire.
DROP TABLE session;
CREATE TABLE session (
    empreinte {texte} NOT NULL PRIMARY KEY,
    compte BIGINT NOT NULL,
    -- Ce qui reste à faire avant que les pages ne s'ouvrent.
    etape {texte} NOT NULL,
    -- Comment la personne s'est fait reconnaître.
    moyen {texte} NOT NULL,
    -- « Firefox, Windows » : pour que la personne reconnaisse ses sessions.
    appareil {texte} NOT NULL,
    cree_le {texte} NOT NULL,
    vu_le {texte} NOT NULL,
    expire_le {texte} NOT NULL,
    -- Le dernier instant, même sans arrêt de l'activité.
    fin_le {texte} NOT NULL,
    jeton_csrf {texte} NOT NULL,
    -- Le jeton du fournisseur d'identité, chiffré : il le faut pour se déconnecter aussi de chez lui.
    preuve {texte}
) {etroite};
CREATE INDEX session_par_compte ON session (compte);

-- Le secret des codes à usage unique, chiffré. Sans `actif_le`, il est proposé et ne sert pas encore.
CREATE TABLE second_facteur (
    compte {cle},
    secret {texte} NOT NULL,
    actif_le {texte},
    -- Le dernier intervalle de trente secondes dont le code a servi : un code ne sert qu'une fois.
    dernier_pas BIGINT NOT NULL
);

-- Les codes de secours qui restent. Un code qui a servi n'a plus de ligne.
CREATE TABLE code_de_secours (
    compte BIGINT NOT NULL,
    empreinte {texte} NOT NULL,
    PRIMARY KEY (compte, empreinte)
) {etroite};

-- Un appareil où la personne a demandé qu'on ne redemande pas de code, pour un temps.
CREATE TABLE appareil (
    empreinte {texte} NOT NULL PRIMARY KEY,
    compte BIGINT NOT NULL,
    nom {texte} NOT NULL,
    cree_le {texte} NOT NULL,
    expire_le {texte} NOT NULL
) {etroite};
CREATE INDEX appareil_par_compte ON appareil (compte);

-- Les essais manqués, par identifiant tapé (qu'il existe ou non) et par adresse d'où l'on essaie.
-- La clé est une empreinte : ni identifiant ni adresse n'y sont lisibles.
CREATE TABLE essai (
    cle {texte} NOT NULL PRIMARY KEY,
    echecs BIGINT NOT NULL,
    dernier {texte} NOT NULL
) {etroite};
CREATE INDEX essai_par_dernier ON essai (dernier);

-- L'adresse où un compte reçoit son invitation, et par laquelle un fournisseur d'identité le désigne.
CREATE TABLE courriel_de_compte (
    compte {cle},
    courriel {texte} NOT NULL UNIQUE
);

-- Une invitation à prendre possession d'un compte. L'empreinte est celle du lien envoyé ; vide, il n'est pas parti.
CREATE TABLE invitation (
    id {cle},
    compte BIGINT NOT NULL,
    empreinte {texte},
    par BIGINT NOT NULL,
    etat {texte} NOT NULL,
    jours BIGINT NOT NULL,
    cree_le {texte} NOT NULL,
    expire_le {texte} NOT NULL,
    -- Le courriel qui porte ce lien, dans la boîte de départ.
    depart BIGINT
);
CREATE UNIQUE INDEX invitation_par_empreinte ON invitation (empreinte) WHERE empreinte IS NOT NULL;
CREATE INDEX invitation_par_compte ON invitation (compte, id);
CREATE INDEX invitation_par_depart ON invitation (depart) WHERE depart IS NOT NULL;

-- Une personne telle qu'un fournisseur d'identité la nomme.
CREATE TABLE identite_fournie (
    emetteur {texte} NOT NULL,
    sujet {texte} NOT NULL,
    compte BIGINT NOT NULL,
    liee_le {texte} NOT NULL,
    PRIMARY KEY (emetteur, sujet)
) {etroite};
CREATE INDEX identite_fournie_par_compte ON identite_fournie (compte);

-- Ce qui est arrivé à un compte : connexions, codes, mots de passe, et qui l'a fait.
CREATE TABLE geste_de_compte (
    id {cle},
    compte BIGINT NOT NULL,
    geste {texte} NOT NULL,
    par BIGINT NOT NULL,
    appareil {texte} NOT NULL,
    quand {texte} NOT NULL
);
CREATE INDEX geste_de_compte_par_compte ON geste_de_compte (compte, id);

-- Ce qu'une personne avait tapé quand sa session s'est éteinte, chiffré, le temps qu'elle revienne.
CREATE TABLE saisie_en_attente (
    empreinte {texte} NOT NULL PRIMARY KEY,
    compte BIGINT NOT NULL,
    contenu {texte} NOT NULL,
    expire_le {texte} NOT NULL
) {etroite};
