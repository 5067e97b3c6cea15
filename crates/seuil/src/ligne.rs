//! La ligne de commande.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use ccapex::partenaires::agent::Role;
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::banc;

const AIDE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

/// Seuil : prévenir les expulsions locatives, du commandement de payer à la solution.
#[derive(Debug, Parser)]
#[command(
    name = "seuil",
    version,
    about,
    help_template = AIDE,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commandes",
    next_help_heading = "Options"
)]
pub(crate) struct Ligne {
    #[command(flatten)]
    pub(crate) commun: Commun,

    #[command(subcommand)]
    pub(crate) commande: Commande,
}

/// Ce que toutes les commandes admettent.
#[derive(Args, Clone, Debug)]
pub(crate) struct Commun {
    /// La base : `sqlite:CHEMIN` ou `postgres://…`
    #[arg(
        long,
        global = true,
        default_value = "sqlite:./seuil.db",
        env = "SEUIL_BASE",
        hide_env_values = true
    )]
    pub(crate) base: String,

    /// Le département
    #[arg(long, global = true, default_value = "62", env = "SEUIL_PROFIL")]
    pub(crate) profil: String,

    /// Un dossier de profils supplémentaires, un sous-dossier par département
    #[arg(long, global = true, value_name = "DOSSIER", env = "SEUIL_PROFILS")]
    pub(crate) profils: Option<PathBuf>,

    /// Le fichier des clés qui chiffrent les fichiers reçus ; à côté d'une base SQLite s'il n'est pas dit
    #[arg(long, global = true, value_name = "FICHIER", env = "SEUIL_CLES")]
    pub(crate) cles: Option<PathBuf>,

    /// Les clés elles-mêmes, une par ligne : par l'environnement seulement, une ligne de commande se lit
    #[arg(long, global = true, hide = true, env = "SEUIL_CLE_DES_PIECES", hide_env_values = true)]
    pub(crate) cle_des_pieces: Option<String>,

    /// Le jour d'aujourd'hui, pour rejouer une situation
    #[arg(long, global = true, value_name = "AAAA-MM-JJ")]
    pub(crate) a_la_date: Option<Date>,

    /// Écrit un objet JSON par ligne
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Détail du journal technique : error, warn, info, debug
    #[arg(
        long,
        global = true,
        default_value = "warn",
        env = "SEUIL_JOURNAL",
        value_name = "NIVEAU"
    )]
    pub(crate) journal: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Commande {
    /// Ouvre une démonstration complète sur une base neuve, jetée ensuite si vous l'effacez
    #[command(help_template = AIDE)]
    Demo(Serveur),
    /// Ouvre le serveur web
    #[command(help_template = AIDE)]
    Servir(Servir),
    /// Reçoit des notices depuis des fichiers CSV, XLSX, ODS ou JSON
    #[command(help_template = AIDE)]
    Recevoir(Recevoir),
    /// Applique une règle de droit et l'explique
    #[command(help_template = AIDE)]
    Delai(Delai),
    /// Donne les règles en vigueur, leurs sources et leurs périodes
    #[command(help_template = AIDE)]
    Regles(Regles),
    /// Donne ce qui est dû, le retard d'abord
    #[command(help_template = AIDE)]
    Echeances(Echeances),
    /// Donne un dossier entier
    #[command(help_template = AIDE)]
    Dossier(Dossier),
    /// Consigne des actes, un par ligne, dans les dossiers
    #[command(help_template = AIDE)]
    Consigner(Consigner),
    /// Écrit les lettres en PDF
    #[command(help_template = AIDE)]
    Courriers(Courriers),
    /// Fait suivre aux listes ce que le temps a changé ; le serveur le fait seul chaque nuit
    #[command(help_template = AIDE)]
    Veiller,
    /// Donne ce qui finit d'être gardé : les avis à venir, puis l'effacement
    #[command(help_template = AIDE)]
    Conservation(Conservation),
    /// Les clés des fichiers reçus : en écrire une, en changer
    #[command(help_template = AIDE)]
    Cles(GesteDesCles),
    /// Rejoue le journal et le compare aux tables de lecture
    #[command(help_template = AIDE)]
    Verifier,
    /// Refait les tables de lecture à partir du journal
    #[command(help_template = AIDE)]
    Reconstruire,
    /// Sauvegarde la base en marche dans un fichier
    #[command(help_template = AIDE)]
    Sauvegarder(Fichier),
    /// Restaure une sauvegarde dans une base vide
    #[command(help_template = AIDE)]
    Restaurer(Fichier),
    /// Mesure les vitesses du programme sur des notices engendrées
    #[command(help_template = AIDE)]
    Banc(Banc),
    /// Gère les comptes
    #[command(help_template = AIDE)]
    Compte(Compte),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct Serveur {
    /// Adresse d'écoute
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HÔTE:PORT", env = "SEUIL_ADRESSE")]
    pub(crate) adresse: SocketAddr,

    /// L'allure des pages ; « dsfr » est réservé aux services de l'État, et demande --dsfr
    #[arg(long, value_enum, default_value = "neutre", env = "SEUIL_THEME", value_name = "THÈME")]
    pub(crate) theme: NomDeTheme,

    /// Le dossier où l'opérateur habilité a déplié les feuilles officielles
    #[arg(long, env = "SEUIL_DSFR", value_name = "CHEMIN")]
    pub(crate) dsfr: Option<PathBuf>,

    /// Demandes par minute et par compte à l'interface de programme
    #[arg(long, default_value_t = web::app::DEMANDES_PAR_MINUTE, env = "SEUIL_DEMANDES_PAR_MINUTE", value_name = "NOMBRE")]
    pub(crate) demandes_par_minute: u32,
}

/// L'allure des pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum NomDeTheme {
    /// Celle de Seuil
    Neutre,
    /// Le système de design de l'État
    Dsfr,
}

/// Une adresse de site, sans barre finale.
fn adresse_publique(texte: &str) -> Result<String, String> {
    let site = texte.trim_end_matches('/');
    let lisible = ["https://", "http://"].iter().any(|debut| {
        site.strip_prefix(debut).is_some_and(|hote| !hote.is_empty() && !hote.contains(' '))
    });
    if lisible {
        Ok(site.to_owned())
    } else {
        Err("l'adresse commence par https:// ; exemple : https://ccapex.exemple.fr".to_owned())
    }
}

#[derive(Args, Clone, Debug)]
pub(crate) struct Servir {
    #[command(flatten)]
    pub(crate) serveur: Serveur,

    /// Minutes sans geste avant qu'une session ne se ferme
    #[arg(long, default_value_t = 30, env = "SEUIL_SESSION_MINUTES", value_name = "MINUTES")]
    pub(crate) session_minutes: u16,

    /// L'adresse publique du service : celle des liens envoyés
    #[arg(long, env = "SEUIL_URL", value_name = "URL", value_parser = adresse_publique)]
    pub(crate) url: Option<String>,

    /// La clé de l'installation, créée si elle manque ; à sauvegarder à part de la base
    #[arg(long, default_value = "./seuil.cle", env = "SEUIL_CLE", value_name = "FICHIER")]
    pub(crate) cle: PathBuf,

    /// Adresse d'un relais placé devant le service, et qui dit d'où viennent les demandes
    #[arg(
        long = "mandataire",
        env = "SEUIL_MANDATAIRES",
        value_delimiter = ',',
        value_name = "IP"
    )]
    pub(crate) mandataires: Vec<IpAddr>,

    /// Essais de connexion manqués permis depuis une même adresse avant que l'attente commence
    #[arg(long, default_value_t = 100, env = "SEUIL_ESSAIS_PAR_ADRESSE", value_name = "NOMBRE")]
    pub(crate) essais_par_adresse: u16,

    /// Le service est atteint en HTTPS : les cookies ne voyagent que chiffrés
    #[arg(long, env = "SEUIL_HTTPS")]
    pub(crate) https: bool,

    #[command(flatten)]
    pub(crate) fournisseur: FournisseurDIdentite,

    /// Serveur d'envoi des courriels : `smtp://…`. Sans lui, les courriels attendent dans la boîte de départ
    #[arg(long, env = "SEUIL_SMTP", hide_env_values = true, value_name = "URL")]
    pub(crate) smtp: Option<String>,

    /// Adresse d'expédition des courriels
    #[arg(long, env = "SEUIL_EXPEDITEUR", value_name = "COURRIEL", requires = "smtp")]
    pub(crate) expediteur: Option<String>,
}

/// Un fournisseur d'identité, comme ProConnect. Les quatre premiers réglages vont ensemble.
#[derive(Args, Clone, Debug)]
pub(crate) struct FournisseurDIdentite {
    /// Adresse du fournisseur d'identité, telle qu'il la signe
    #[arg(long, env = "SEUIL_OIDC_EMETTEUR", value_name = "URL", requires_all = ["oidc_client", "oidc_secret"])]
    pub(crate) oidc_emetteur: Option<String>,

    /// Notre nom chez lui
    #[arg(long, env = "SEUIL_OIDC_CLIENT", value_name = "NOM", requires = "oidc_emetteur")]
    pub(crate) oidc_client: Option<String>,

    /// Le fichier qui contient notre mot de passe chez lui
    #[arg(long, env = "SEUIL_OIDC_SECRET", value_name = "FICHIER", requires = "oidc_emetteur")]
    pub(crate) oidc_secret: Option<PathBuf>,

    /// Le nom qu'on lui donne à l'écran : « S'identifier avec … »
    #[arg(long, default_value = "ProConnect", env = "SEUIL_OIDC_NOM", value_name = "NOM")]
    pub(crate) oidc_nom: String,

    /// Ce qu'on lui demande de dire de la personne
    #[arg(
        long,
        default_value = "openid email given_name usual_name siret idp_id",
        env = "SEUIL_OIDC_PORTEE",
        value_name = "MOTS"
    )]
    pub(crate) oidc_portee: String,

    /// Les niveaux où il a demandé deux facteurs
    #[arg(
        long,
        value_delimiter = ',',
        env = "SEUIL_OIDC_ACR_FORTS",
        value_name = "NIVEAUX",
        default_value = "eidas2,eidas3,https://proconnect.gouv.fr/assurance/self-asserted-2fa,https://proconnect.gouv.fr/assurance/consistency-checked-2fa"
    )]
    pub(crate) oidc_acr_forts: Vec<String>,

    /// Il ne donne que des adresses vérifiées, même sans le dire
    #[arg(long, env = "SEUIL_OIDC_ADRESSES_VERIFIEES")]
    pub(crate) oidc_adresses_verifiees: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Recevoir {
    /// Les fichiers, dans l'ordre
    #[arg(required = true, value_name = "FICHIER")]
    pub(crate) fichiers: Vec<PathBuf>,

    /// La nature des notices ; reconnue d'après les en-têtes si elle n'est pas dite
    #[arg(long, value_parser = ["cdp", "saisine_bailleur", "assignation", "decision", "cql", "requisition_cfp", "signalement_impaye", "alerte"])]
    pub(crate) nature: Option<String>,

    /// Un fichier JSON qui associe des en-têtes à des champs ; gardé pour cet émetteur
    #[arg(long, value_name = "FICHIER.json")]
    pub(crate) correspondance: Option<PathBuf>,

    /// L'émetteur des notices dont le fichier ne nomme pas l'étude
    #[arg(long, default_value = "secrétariat")]
    pub(crate) emetteur: String,
}

#[derive(Args, Debug)]
pub(crate) struct Delai {
    /// Le nom de la règle
    pub(crate) regle: String,
    /// L'acte déclencheur
    #[arg(long, value_name = "AAAA-MM-JJ")]
    pub(crate) depuis: Option<String>,
    /// L'audience, pour les règles qui comptent à rebours
    #[arg(long, value_name = "AAAA-MM-JJ")]
    pub(crate) audience: Option<String>,
    /// Un fait : dates ISO, sommes en centimes
    #[arg(long = "fait", value_name = "NOM=VALEUR")]
    pub(crate) faits: Vec<String>,
    /// Une lecture, là où le droit hésite
    #[arg(long = "option", value_name = "NOM=VALEUR")]
    pub(crate) options: Vec<String>,
    /// La commune où l'acte se fait
    #[arg(long, value_name = "INSEE")]
    pub(crate) commune: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Regles {
    /// Le jour où l'on se place ; aujourd'hui s'il n'est pas dit
    #[arg(long, value_name = "AAAA-MM-JJ")]
    pub(crate) au: Option<Date>,
}

#[derive(Args, Debug)]
pub(crate) struct Echeances {
    /// Dernier jour regardé, compris ; dans sept jours s'il n'est pas dit
    #[arg(long, value_name = "AAAA-MM-JJ")]
    pub(crate) jusqu_au: Option<Date>,
    /// Les seules échéances de ce service
    #[arg(long)]
    pub(crate) service: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Dossier {
    /// La référence : 62-2026-000123
    pub(crate) reference: String,
}

#[derive(Args, Debug)]
pub(crate) struct Consigner {
    /// Le fichier JSON, un acte par ligne ; « - » lit l'entrée
    #[arg(value_name = "FICHIER.jsonl")]
    pub(crate) fichier: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Courriers {
    /// Le dossier où écrire les lettres
    #[arg(long, value_name = "DOSSIER")]
    pub(crate) vers: PathBuf,
    /// Un seul fichier, prêt à imprimer recto verso, et les lettres notées imprimées
    #[arg(long)]
    pub(crate) a_imprimer: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Fichier {
    /// Le fichier de sauvegarde
    pub(crate) fichier: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Banc {
    /// Les bancs ; tous s'ils ne sont pas dits
    #[arg(value_enum, value_name = "BANC")]
    pub(crate) bancs: Vec<banc::Banc>,

    /// Les commandements du banc de réception
    #[arg(long, default_value_t = 100_000, value_name = "NOMBRE")]
    pub(crate) notices: u64,

    /// Les dossiers de la plus grande base
    #[arg(long, default_value_t = 1_000_000, value_name = "NOMBRE")]
    pub(crate) dossiers: u64,

    /// Le dossier où écrire les bases, gardé ensuite ; un dossier temporaire, effacé, s'il n'est pas dit
    #[arg(long, value_name = "DOSSIER")]
    pub(crate) travail: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct Conservation {
    /// Les jours à venir à regarder
    #[arg(long, default_value_t = 90, value_name = "JOURS")]
    pub(crate) jours: u16,
}

#[derive(Args, Debug)]
pub(crate) struct GesteDesCles {
    #[command(subcommand)]
    pub(crate) geste: GesteDeCles,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GesteDeCles {
    /// Écrit une clé neuve, à garder hors de la base
    #[command(help_template = AIDE)]
    Nouvelle,
    /// Met une clé neuve en tête du fichier, et chiffre tout avec elle
    #[command(help_template = AIDE)]
    Changer,
    /// Chiffre avec la clé courante ce qui ne l'est pas encore
    #[command(help_template = AIDE)]
    Chiffrer,
}

#[derive(Args, Debug)]
pub(crate) struct Compte {
    #[command(subcommand)]
    pub(crate) geste: GesteDeCompte,
}

/// Qui est la personne, et ce qu'elle fait.
#[derive(Args, Debug)]
pub(crate) struct Mission {
    /// Le nom de la personne
    #[arg(long)]
    pub(crate) nom: String,
    /// Son organisme
    #[arg(long)]
    pub(crate) organisme: String,
    /// Son rôle
    #[arg(long, value_parser = Role::TOUS.map(Role::code))]
    pub(crate) role: String,
    /// Sa sous-commission
    #[arg(long)]
    pub(crate) sous_commission: Option<String>,
    /// Son service : `caf`, `msa`, `departement`
    #[arg(long)]
    pub(crate) service: Option<String>,
    /// Pour une mairie ou un CCAS : codes INSEE de ses communes, ou code de son intercommunalité
    #[arg(long, value_delimiter = ',')]
    pub(crate) communes: Vec<String>,
    /// Le dernier jour où le compte sert
    #[arg(long, value_name = "JOUR")]
    pub(crate) fin: Option<Date>,
    /// La personne répond des comptes de son organisme : elle y invite, et y met fin
    #[arg(long)]
    pub(crate) responsable: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GesteDeCompte {
    /// Crée un compte ; son mot de passe est tiré au sort et affiché une fois
    #[command(help_template = AIDE)]
    Creer {
        /// L'identifiant de connexion
        identifiant: String,
        #[command(flatten)]
        mission: Mission,
    },
    /// Invite une personne : elle choisit son mot de passe par un lien, affiché une fois
    #[command(help_template = AIDE)]
    Inviter {
        /// Son adresse électronique, qui est aussi son identifiant
        courriel: String,
        #[command(flatten)]
        mission: Mission,
        /// L'adresse publique du service, pour le lien
        #[arg(
            long,
            default_value = "http://127.0.0.1:8080",
            env = "SEUIL_URL",
            value_name = "URL"
        )]
        url: String,
    },
    /// Liste les comptes
    #[command(help_template = AIDE)]
    Lister,
    /// Donne un nouveau mot de passe
    #[command(help_template = AIDE)]
    Secret {
        /// L'identifiant de connexion
        identifiant: String,
    },
    /// Retire le second facteur d'une personne qui a perdu son téléphone et ses codes
    #[command(help_template = AIDE)]
    SecondFacteur {
        /// L'identifiant de connexion
        identifiant: String,
    },
    /// Ferme toutes les sessions d'une personne
    #[command(help_template = AIDE)]
    FermerSessions {
        /// L'identifiant de connexion
        identifiant: String,
    },
    /// Désactive un compte
    #[command(help_template = AIDE)]
    Desactiver {
        /// L'identifiant de connexion
        identifiant: String,
    },
    /// Gère les clés des programmes
    #[command(help_template = AIDE)]
    Cle(CleApi),
}

#[derive(Args, Debug)]
pub(crate) struct CleApi {
    #[command(subcommand)]
    pub(crate) geste: GesteDeCleApi,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GesteDeCleApi {
    /// Fait une clé pour un compte ; elle est affichée une fois
    #[command(help_template = AIDE)]
    Creer {
        /// L'identifiant du compte dont elle a les droits
        identifiant: String,
        /// Le logiciel qui s'en servira
        #[arg(long)]
        nom: String,
        /// Elle permet aussi d'écrire
        #[arg(long)]
        ecriture: bool,
        /// Combien de jours elle sert
        #[arg(long, default_value_t = 365, value_name = "JOURS")]
        jours: i64,
    },
    /// Liste les clés
    #[command(help_template = AIDE)]
    Lister,
    /// Fait une clé de plus, du même nom ; l'ancienne sert encore un jour
    #[command(help_template = AIDE)]
    Renouveler {
        /// Le numéro de la clé
        numero: i64,
    },
    /// Retire une clé, aussitôt
    #[command(help_template = AIDE)]
    Retirer {
        /// Le numéro de la clé
        numero: i64,
    },
}
