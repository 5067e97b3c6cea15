//! Ce que toutes les pages partagent : les cas d'usage, l'horloge, le hasard, les réglages.

use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use usages::compte::reconnus::Reconnus;
use usages::maison::Maison;

use crate::cadre::{Cadre, Section};
use crate::theme::Theme;

/// Ce qui change d'une installation à l'autre, lu une fois au démarrage.
pub struct Config {
    /// Le nom de l'environnement, montré dans l'en-tête ; vide en production.
    pub environnement: String,
    /// Le service est servi en https : les cookies ne voyagent que là.
    pub https: bool,
    /// Une session s'éteint après ce temps sans activité : de trente minutes à huit heures.
    pub inactivite: SignedDuration,
    /// Le fuseau du territoire, pour écrire les heures.
    pub fuseau: TimeZone,
    /// Le jour, dans le fuseau du territoire.
    pub aujourd_hui: Box<dyn Fn() -> Date + Send + Sync>,
    /// L'instant.
    pub maintenant: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Trente-deux octets imprévisibles.
    pub hasard: Box<dyn Fn() -> [u8; 32] + Send + Sync>,
}

/// L'état partagé par toutes les pages. Se copie sans coût.
#[derive(Clone)]
pub struct App {
    pub(crate) maison: Maison,
    pub(crate) config: Arc<Config>,
    pub(crate) reconnus: Arc<Reconnus>,
    pub(crate) theme: Arc<Theme>,
}

impl App {
    #[must_use]
    pub fn nouvelle(maison: Maison, config: Config) -> Self {
        Self { maison, config: Arc::new(config), reconnus: Arc::default(), theme: Arc::default() }
    }

    /// La même, sous une autre allure.
    #[must_use]
    pub fn avec_theme(self, theme: Theme) -> Self {
        Self { theme: Arc::new(theme), ..self }
    }

    pub(crate) fn aujourd_hui(&self) -> Date {
        (self.config.aujourd_hui)()
    }

    pub(crate) fn maintenant(&self) -> Timestamp {
        (self.config.maintenant)()
    }

    pub(crate) fn hasard(&self) -> [u8; 32] {
        (self.config.hasard)()
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
