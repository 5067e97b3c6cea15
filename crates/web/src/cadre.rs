//! L'armature commune : titre, personne, menu, fil d'Ariane, messages.

use ccapex::partenaires::agent::{Agent, Role};

use crate::aide::{self, termes};
use crate::composants::{Alerte, Lien};
use crate::notifications::cloche::Cloche;
use crate::theme::Theme;
use crate::{mots, statique};

/// Tout ce que `cadre.html` affiche autour d'une page.
#[derive(Clone, Debug, Default)]
pub struct Cadre {
    /// Le titre de la page.
    pub titre: String,
    /// La section du menu, pour le titre de la fenêtre et l'entrée ouverte.
    pub section: Section,
    /// Les étapes du fil d'Ariane entre l'accueil et la page.
    pub fil: Vec<Lien>,
    /// Le nom de l'environnement, vide en production.
    pub environnement: String,
    /// La ligne sous le nom du service.
    pub territoire: String,
    pub personne: Option<Personne>,
    /// Ce qui attend d'être lu, pour qui reçoit des notifications.
    pub cloche: Option<Cloche>,
    pub menu: Vec<Entree>,
    /// Le jeton que chaque formulaire doit renvoyer.
    pub jeton: String,
    pub messages: Vec<Alerte>,
    pub script: String,
    /// La boîte de recherche et son script, pour qui lit des dossiers.
    pub script_recherche: Option<String>,
    /// Ce qui vient d'être cherché.
    pub question: String,
    /// Les feuilles de style, dans l'ordre.
    pub feuilles: Vec<String>,
    /// Le script du thème ; vide quand il n'en a pas.
    pub script_du_theme: String,
    /// Où le guide de la personne parle de cette page.
    pub aide: String,
}

/// La personne connectée, en mots.
#[derive(Clone, Debug)]
pub struct Personne {
    pub nom: String,
    pub organisme: String,
    pub role: &'static str,
    /// Qui elle supplée ce jour-là, et jusqu'à quand.
    pub suppleances: Vec<String>,
}

/// Une entrée du menu principal.
#[derive(Clone, Debug)]
pub struct Entree {
    pub titre: &'static str,
    pub vers: &'static str,
    pub ouverte: bool,
}

/// Les sections du menu principal ; sept au plus pour un même rôle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    Accueil,
    Reception,
    Dossiers,
    Alertes,
    ATraiter,
    Courriers,
    Echeances,
    Regles,
    Comptes,
    Registre,
    Tableau,
    /// Une page du pied ou une erreur.
    #[default]
    Aucune,
}

impl Section {
    #[must_use]
    pub fn titre(self) -> &'static str {
        match self {
            Self::Accueil => "Accueil",
            Self::Reception => "Réception",
            Self::Dossiers => "Dossiers",
            Self::Alertes => "Alertes",
            Self::ATraiter => "À traiter",
            Self::Courriers => "Courriers",
            Self::Echeances => "Échéances",
            Self::Regles => "Règles en vigueur",
            Self::Comptes => "Comptes",
            Self::Registre => "Registre des accès",
            Self::Tableau => "Tableau de bord",
            Self::Aucune => "",
        }
    }

    fn vers(self) -> &'static str {
        match self {
            Self::Accueil | Self::Aucune => "/",
            Self::Reception => "/reception",
            Self::Dossiers => "/dossiers",
            Self::Alertes => "/alertes",
            Self::ATraiter => "/a-completer",
            Self::Courriers => "/courriers",
            Self::Echeances => "/echeances",
            Self::Regles => "/regles",
            Self::Comptes => "/comptes",
            Self::Registre => "/registre",
            Self::Tableau => "/tableau-de-bord",
        }
    }

    /// Les sections qui sont la mission d'un rôle ; les autres sont absentes de son menu.
    #[must_use]
    pub fn de(role: Role) -> &'static [Self] {
        match role {
            Role::ForcePublique => {
                &[Self::Accueil, Self::Dossiers, Self::Alertes, Self::Echeances, Self::Regles]
            }
            Role::BailleurSocial
            | Role::Bailleur
            | Role::Ccas
            | Role::Mairie
            | Role::Adil
            | Role::Siao
            | Role::Fsl
            | Role::Comed
            | Role::BanqueDeFrance
            | Role::Greffe
            | Role::Police
            | Role::MembreDeCommission => {
                &[Self::Accueil, Self::Dossiers, Self::Alertes, Self::Regles]
            }
            Role::SecretariatCentral | Role::SecretariatSousCommission => &[
                Self::Accueil,
                Self::Reception,
                Self::Dossiers,
                Self::ATraiter,
                Self::Courriers,
                Self::Echeances,
                Self::Regles,
            ],
            Role::ServiceSocial | Role::OrganismePayeur => {
                &[Self::Accueil, Self::Reception, Self::Dossiers, Self::Echeances, Self::Regles]
            }
            Role::CommissaireDeJustice => {
                &[Self::Accueil, Self::Reception, Self::Dossiers, Self::Regles]
            }
            Role::Lecteur => &[Self::Accueil, Self::Tableau, Self::Regles],
            Role::Dpo => &[Self::Accueil, Self::Registre, Self::Regles],
            Role::Administrateur => &[Self::Accueil, Self::Comptes, Self::Regles],
        }
    }
}

impl Cadre {
    /// Le cadre d'une page d'une personne connectée.
    #[must_use]
    pub fn pour(agent: &Agent, section: Section, titre: impl Into<String>) -> Self {
        let menu = Section::de(agent.role)
            .iter()
            .map(|s| Entree { titre: s.titre(), vers: s.vers(), ouverte: *s == section })
            .collect();
        let personne = Personne {
            nom: agent.nom.clone(),
            organisme: agent.organisme.clone(),
            role: agent.role.libelle(),
            suppleances: agent.suppleances.iter().map(mots::supplee).collect(),
        };
        let aide = aide::vers(agent.role.code(), section.vers());
        let lit_des_dossiers = Section::de(agent.role).contains(&Section::Dossiers);
        Self {
            menu,
            personne: Some(personne),
            aide,
            script_recherche: lit_des_dossiers.then(|| statique::adresse("recherche.js")),
            ..Self::public(section, titre)
        }
    }

    /// Le cadre d'une page sans personne connectée.
    #[must_use]
    pub fn public(section: Section, titre: impl Into<String>) -> Self {
        Self {
            titre: titre.into(),
            section,
            territoire: "Prévention des expulsions locatives".to_owned(),
            script: statique::adresse("seuil.js"),
            feuilles: Theme::default().feuilles(),
            aide: "/aide".to_owned(),
            ..Self::default()
        }
    }

    /// Ajoute une étape au fil d'Ariane.
    #[must_use]
    pub fn sous(mut self, texte: impl Into<String>, vers: impl Into<String>) -> Self {
        self.fil.push(Lien::nouveau(texte, vers));
        self
    }

    /// Ajoute la section au fil d'Ariane : la page est à l'intérieur.
    #[must_use]
    pub fn dans_sa_section(self) -> Self {
        let section = self.section;
        self.sous(section.titre(), section.vers())
    }

    #[must_use]
    pub fn dire(mut self, message: Alerte) -> Self {
        self.messages.push(message);
        self
    }

    /// À quoi sert la page, ses termes reliés à leur définition, et où le guide en parle.
    pub(crate) fn phrase(&self, texte: impl AsRef<str>) -> termes::TexteLie {
        let (dit, aide) = (termes::lier(texte), termes::echapper(&self.aide));
        let sur_quoi = termes::echapper(&self.titre);
        termes::TexteLie::compose(format!(
            "{dit} <a class=\"aide\" href=\"{aide}\">Aide<span class=\"fr-sr-only\"> : {sur_quoi}</span></a>"
        ))
    }

    /// Le fil d'Ariane est sur toute page intérieure d'une personne connectée.
    pub(crate) fn montre_fil(&self) -> bool {
        self.personne.is_some() && self.section != Section::Accueil
    }

    /// « Page – section – Seuil », sans répéter la section quand la page en porte le nom.
    pub(crate) fn titre_complet(&self) -> String {
        let section = self.section.titre();
        if section.is_empty() || section == self.titre {
            format!("{} – Seuil", self.titre)
        } else {
            format!("{} – {section} – Seuil", self.titre)
        }
    }
}
