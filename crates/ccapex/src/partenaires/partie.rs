//! Les parties d'un dossier : les organismes qui en voient quelque chose, et pourquoi.
//!
//! Un organisme s'écrit par une clé : `fsl`, `caf`, `ccas:62041` (un par commune), `bailleur:…` et
//! `emetteur:…` (par le nom). La même clé se déduit du dossier et du compte : c'est ce qui les relie.

use std::collections::{BTreeMap, BTreeSet};

use crate::partenaires::agent::{Agent, Role};

/// Pourquoi un organisme a sa part d'un dossier. Les noms écrits ne changent jamais.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pourquoi {
    /// Il a envoyé une notice.
    AEnvoye,
    /// Une alerte lui a été adressée.
    Alerte,
    /// Une réponse est attendue de lui.
    ARepondre,
    /// Un avis de la commission lui est adressé.
    Avis,
    /// Il est le bailleur du logement.
    Bailleur,
    /// Le dossier lui a été proposé, ou une mesure lui a été demandée.
    Demande,
    /// Une lettre lui a été envoyée.
    Lettre,
    /// Il est mandaté pour le diagnostic social et financier.
    Mandat,
    /// Sa mission commence à ce stade de la procédure.
    Mission,
}

impl Pourquoi {
    /// Tous, dans leur ordre.
    pub const TOUS: [Self; 9] = [
        Self::AEnvoye,
        Self::Alerte,
        Self::ARepondre,
        Self::Avis,
        Self::Bailleur,
        Self::Demande,
        Self::Lettre,
        Self::Mandat,
        Self::Mission,
    ];

    /// Le nom écrit.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AEnvoye => "a_envoye",
            Self::Alerte => "alerte",
            Self::ARepondre => "a_repondre",
            Self::Avis => "avis",
            Self::Bailleur => "bailleur",
            Self::Demande => "demande",
            Self::Lettre => "lettre",
            Self::Mandat => "mandat",
            Self::Mission => "mission",
        }
    }

    /// La raison d'un nom écrit, s'il en est un.
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|p| p.code() == code)
    }

    /// La raison, dite à l'organisme.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::AEnvoye => "vous avez envoyé une notice",
            Self::Alerte => "une alerte vous a été adressée",
            Self::ARepondre => "votre réponse est attendue",
            Self::Avis => "un avis de la commission vous est adressé",
            Self::Bailleur => "vous êtes le bailleur du logement",
            Self::Demande => "une démarche ou une mesure vous concerne",
            Self::Lettre => "une lettre vous a été envoyée",
            Self::Mandat => "vous êtes mandaté pour le diagnostic",
            Self::Mission => "votre mission commence à ce stade",
        }
    }
}

impl Pourquoi {
    /// La raison, dite à une autre personne que l'organisme.
    #[must_use]
    pub const fn dit_des_autres(self) -> &'static str {
        match self {
            Self::AEnvoye => "a envoyé une notice",
            Self::Alerte => "une alerte lui a été adressée",
            Self::ARepondre => "sa réponse est attendue",
            Self::Avis => "un avis de la commission lui est adressé",
            Self::Bailleur => "est le bailleur du logement",
            Self::Demande => "une démarche ou une mesure le concerne",
            Self::Lettre => "une lettre lui a été envoyée",
            Self::Mandat => "est mandaté pour le diagnostic",
            Self::Mission => "sa mission commence à ce stade",
        }
    }
}

/// Les parties d'un dossier, par clé.
pub type Parties = BTreeMap<String, BTreeSet<Pourquoi>>;

/// Ajoute une raison à une partie.
pub fn ajouter(parties: &mut Parties, cle: impl Into<String>, pourquoi: Pourquoi) {
    parties.entry(cle.into()).or_default().insert(pourquoi);
}

/// Le bailleur d'un dossier, avant qu'on sache lequel : jamais la clé d'un compte.
pub const BAILLEUR: &str = "bailleur";

/// L'organisme que désigne un nom de partenaire : le profil dit « maire », la base « mairie ».
#[must_use]
pub fn organisme(nom: &str) -> &str {
    match nom {
        "maire" => "mairie",
        "prefet" | "prefecture" => "force_publique",
        "bailleur_social" => BAILLEUR,
        "surendettement" => "banque_de_france",
        "dalo" | "commission_de_mediation" => "comed",
        "gendarmerie" => "police",
        "tribunal" | "juge" => "greffe",
        "accompagnement_juridique" => "adil",
        autre => autre,
    }
}

/// La clé d'un organisme, dans un dossier de cette commune ; rien pour un secrétariat, qui lit déjà
/// tout, ni pour une mairie dont la commune est inconnue.
#[must_use]
pub fn cle(nom: &str, commune: &str) -> Option<String> {
    match organisme(nom) {
        ""
        | "menage"
        | "emetteur"
        | "locataire"
        | "secretariat"
        | "sous_commission"
        | "cellule_technique"
        | "instance_de_proximite"
        | "service_social"
        | "organisme_payeur" => None,
        "commission" | "membre_de_commission" => Some("commission".to_owned()),
        communal @ ("ccas" | "mairie") => {
            (!commune.is_empty()).then(|| format!("{communal}:{commune}"))
        }
        autre => Some(autre.to_owned()),
    }
}

/// La clé de qui a envoyé une notice ; rien pour un nom vide.
#[must_use]
pub fn emetteur(nom: &str) -> Option<String> {
    nomme("emetteur:", nom)
}

/// La clé du bailleur de ce nom ; rien pour un nom vide.
#[must_use]
pub fn bailleur(nom: &str) -> Option<String> {
    nomme("bailleur:", nom)
}

/// Cette clé vient d'une identité du coffre : le temps seul ne la change pas.
#[must_use]
pub fn vient_du_coffre(cle: &str) -> bool {
    cle.starts_with("bailleur:")
}

fn nomme(debut: &str, nom: &str) -> Option<String> {
    let nom = crate::texte::cle(nom);
    (!nom.is_empty()).then(|| format!("{debut}{nom}"))
}

impl Agent {
    /// Les noms sous lesquels un profil, une alerte ou une étape désigne l'organisme de cette personne.
    #[must_use]
    pub fn noms(&self) -> Vec<&str> {
        let mut noms: Vec<&str> = match self.role {
            Role::SecretariatCentral | Role::SecretariatSousCommission => {
                vec!["secretariat", "sous_commission", "cellule_technique", "commission"]
            }
            Role::CommissaireDeJustice => vec!["commissaire_de_justice"],
            Role::ForcePublique => vec!["force_publique", "prefet", "prefecture"],
            Role::BailleurSocial => vec!["bailleur", "bailleur_social"],
            Role::Mairie => vec!["mairie", "maire"],
            Role::Comed => vec!["comed", "dalo", "commission_de_mediation"],
            Role::BanqueDeFrance => vec!["banque_de_france", "surendettement"],
            Role::Greffe => vec!["greffe", "tribunal", "juge"],
            Role::Police => vec!["police", "gendarmerie"],
            Role::Adil => vec!["adil", "accompagnement_juridique"],
            Role::MembreDeCommission => vec!["commission", "membre_de_commission"],
            // Le service social ou l'organisme payeur « d'un ménage » n'est connu que s'il en a la
            // charge : nommé sans autre précision, ce n'est personne en particulier.
            Role::ServiceSocial | Role::OrganismePayeur => vec![],
            Role::Bailleur | Role::Ccas | Role::Siao | Role::Fsl => vec![self.role.code()],
            Role::Administrateur | Role::Dpo | Role::Lecteur => return vec![],
        };
        noms.extend(self.service.as_deref());
        noms
    }

    /// Cette personne répond au nom de ce service ou de cet organisme.
    #[must_use]
    pub fn est(&self, qui: &str) -> bool {
        self.noms().contains(&qui)
    }

    /// L'organisme au nom duquel cette personne écrit : ce que l'une y réserve, les autres le lisent.
    #[must_use]
    pub fn organisme_qui_ecrit(&self) -> String {
        format!("{}:{}", self.role.code(), crate::texte::cle(&self.organisme))
    }

    /// Les clés des parties que cette personne représente.
    #[must_use]
    pub fn cles(&self) -> Vec<String> {
        if self.role.est_un_secretariat() {
            return vec![];
        }
        let mut cles: BTreeSet<String> = BTreeSet::new();
        for nom in self.noms() {
            match organisme(nom) {
                "ccas" | "mairie" => {
                    cles.extend(self.communes.iter().filter_map(|commune| cle(nom, commune)));
                }
                BAILLEUR => cles.extend(bailleur(&self.organisme)),
                _ => cles.extend(cle(nom, "")),
            }
        }
        if !self.noms().is_empty() {
            cles.extend(emetteur(&self.organisme));
        }
        cles.into_iter().collect()
    }
}
