//! Ce que toutes les pages partagent : les cas d'usage, l'horloge, le hasard, les réglages.

use std::net::IpAddr;
use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use oidc::fournisseur::Fournisseur;
use usages::cle::Cle;
use usages::compte::portier::Portier;
use usages::compte::regles::Regles;
use usages::maison::Maison;

use crate::acces::cadence::Cadences;
use crate::acces::debit::Debit;
use crate::cadre::{Cadre, Section};
use crate::notifications::cloche::Cloches;
use crate::theme::Theme;

/// Ce qui change d'une installation à l'autre, lu une fois au démarrage.
pub struct Config {
    /// Le nom de l'environnement, montré dans l'en-tête ; vide en production.
    pub environnement: String,
    /// Le service est servi en https : les cookies ne voyagent que là.
    pub https: bool,
    /// L'adresse publique du service, sans barre à la fin : celle des liens envoyés.
    pub url: String,
    /// Ce qu'il faut donner pour entrer, et combien de temps une session dure.
    pub regles: Regles,
    /// La clé de l'installation.
    pub cle: Cle,
    /// Le fournisseur d'identité, si l'installation en a un.
    pub fournisseur: Option<ParFournisseur>,
    /// Les relais qui disent vrai sur l'adresse d'où l'on vient, en plus de cette machine.
    pub mandataires: Vec<IpAddr>,
    /// Le fuseau du territoire, pour écrire les heures.
    pub fuseau: TimeZone,
    /// Le jour, dans le fuseau du territoire.
    pub aujourd_hui: Box<dyn Fn() -> Date + Send + Sync>,
    /// L'instant.
    pub maintenant: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// L'instant du monde, même quand le service rejoue un jour passé.
    pub heure: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Trente-deux octets imprévisibles.
    pub hasard: Box<dyn Fn() -> [u8; 32] + Send + Sync>,
}

/// Un programme bien fait n'en demande pas tant ; un programme emballé n'arrête pas les autres.
pub const DEMANDES_PAR_MINUTE: u32 = 600;
/// Un fournisseur d'identité, et le nom qu'on lui donne à l'écran.
pub struct ParFournisseur {
    /// « ProConnect ».
    pub nom: String,
    /// Comment lui parler.
    pub fournisseur: Fournisseur,
}

/// L'état partagé par toutes les pages. Se copie sans coût.
#[derive(Clone)]
pub struct App {
    pub(crate) maison: Maison,
    pub(crate) config: Arc<Config>,
    pub(crate) theme: Arc<Theme>,
    pub(crate) cloches: Arc<Cloches>,
    pub(crate) cadences: Arc<Cadences>,
    pub(crate) debit: Arc<Debit>,
}

impl App {
    #[must_use]
    pub fn nouvelle(maison: Maison, config: Config) -> Self {
        Self {
            maison,
            config: Arc::new(config),
            theme: Arc::default(),
            cloches: Arc::default(),
            cadences: Arc::default(),
            debit: Arc::new(Debit::par_minute(DEMANDES_PAR_MINUTE)),
        }
    }

    /// La même, sous une autre allure.
    #[must_use]
    pub fn avec_theme(self, theme: Theme) -> Self {
        Self { theme: Arc::new(theme), ..self }
    }

    /// Admet ce nombre de demandes par minute et par compte à l'interface de programme.
    #[must_use]
    pub fn avec_debit(self, par_minute: u32) -> Self {
        Self { debit: Arc::new(Debit::par_minute(par_minute)), ..self }
    }

    pub(crate) fn aujourd_hui(&self) -> Date {
        (self.config.aujourd_hui)()
    }

    pub(crate) fn maintenant(&self) -> Timestamp {
        (self.config.maintenant)()
    }

    /// L'instant du monde, même quand le service rejoue un jour passé.
    pub(crate) fn heure_du_monde(&self) -> Timestamp {
        (self.config.heure)()
    }

    pub(crate) fn hasard(&self) -> [u8; 32] {
        (self.config.hasard)()
    }

    /// Qui tient la porte, maintenant.
    pub(crate) fn portier(&self) -> Portier<'_> {
        Portier {
            stockage: &self.maison.stockage,
            cle: &self.config.cle,
            regles: &self.config.regles,
            aujourd_hui: self.aujourd_hui(),
            maintenant: self.maintenant(),
            heure: self.heure_du_monde(),
            hasard: &*self.config.hasard,
        }
    }

    /// « 21/11/2026 à 09 h 14 », à l'heure du territoire.
    pub(crate) fn instant(&self, instant: Timestamp) -> String {
        crate::mots::instant(instant, &self.config.fuseau)
    }

    /// « 09 h 14 », à l'heure du territoire.
    pub(crate) fn heure(&self, instant: Timestamp) -> String {
        crate::mots::heure(instant, &self.config.fuseau)
    }

    /// Le jour d'un instant, à l'heure du territoire : « 21/11/2026 ».
    pub(crate) fn jour_de(&self, instant: Timestamp) -> String {
        crate::mots::jour(instant.to_zoned(self.config.fuseau.clone()).date())
    }

    /// Le cadre d'une page, pour cette personne ou pour personne.
    pub(crate) fn cadre(&self, agent: Option<&Agent>, section: Section, titre: &str) -> Cadre {
        let mut cadre = match agent {
            Some(agent) => Cadre::pour(agent, section, titre),
            None => Cadre::public(section, titre),
        };
        cadre.feuilles = self.theme.feuilles();
        cadre.script_du_theme = self.theme.script();
        cadre.environnement.clone_from(&self.config.environnement);
        if let Some(profil) = agent.and_then(|a| self.maison.profil(&a.profil).ok()) {
            cadre.territoire = format!("Prévention des expulsions – {}", profil.nom);
        }
        cadre
    }
}
