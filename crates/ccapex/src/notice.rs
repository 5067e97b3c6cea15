//! Une notice : ce qu'un émetteur a écrit, lu mais pas encore jugé.
//!
//! L'identité des personnes et le reste vivent à part dès la lecture : le journal ne reçoit que
//! [`Contenu`], le coffre reçoit [`Identite`].

use std::collections::BTreeMap;

use droit::montant::Montant;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::texte::cle;

/// Ce qu'une notice annonce. Les noms écrits sont ceux de la ligne de commande.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Commandement de payer.
    Cdp,
    /// Saisine de la commission par un bailleur personne morale.
    SaisineBailleur,
    /// Assignation aux fins de constat ou de prononcé de la résiliation.
    Assignation,
    /// Décision de justice.
    Decision,
    /// Commandement de quitter les lieux.
    Cql,
    /// Réquisition du concours de la force publique.
    RequisitionCfp,
    /// Signalement d'impayé par la Caf ou la MSA.
    SignalementImpaye,
    /// Alerte d'un partenaire : FSL, commission de médiation, service social, maire…
    Alerte,
}

impl Nature {
    /// Toutes les natures, dans l'ordre de la procédure.
    pub const TOUTES: [Self; 8] = [
        Self::Cdp,
        Self::SaisineBailleur,
        Self::Assignation,
        Self::Decision,
        Self::Cql,
        Self::RequisitionCfp,
        Self::SignalementImpaye,
        Self::Alerte,
    ];

    /// Le nom écrit : « cdp », « requisition_cfp »…
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cdp => "cdp",
            Self::SaisineBailleur => "saisine_bailleur",
            Self::Assignation => "assignation",
            Self::Decision => "decision",
            Self::Cql => "cql",
            Self::RequisitionCfp => "requisition_cfp",
            Self::SignalementImpaye => "signalement_impaye",
            Self::Alerte => "alerte",
        }
    }

    /// La nature d'un nom écrit, s'il en est un.
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|n| n.code() == code)
    }

    /// La nature, en mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Cdp => "Commandement de payer",
            Self::SaisineBailleur => "Saisine par le bailleur",
            Self::Assignation => "Assignation",
            Self::Decision => "Décision de justice",
            Self::Cql => "Commandement de quitter les lieux",
            Self::RequisitionCfp => "Réquisition de la force publique",
            Self::SignalementImpaye => "Signalement d'impayé",
            Self::Alerte => "Alerte",
        }
    }

    /// Le champ qui porte la date de l'acte.
    #[must_use]
    pub fn champ_date(self) -> &'static str {
        match self {
            Self::Cdp => "date_signification",
            Self::Assignation => "date_assignation",
            Self::SaisineBailleur
            | Self::Decision
            | Self::Cql
            | Self::RequisitionCfp
            | Self::SignalementImpaye
            | Self::Alerte => "date",
        }
    }

    /// L'acte appartient-il à la procédure judiciaire, de l'assignation à la demande de concours
    /// de la force publique (fiche 3-4) ?
    #[must_use]
    pub fn est_judiciaire(self) -> bool {
        match self {
            Self::Assignation | Self::Decision | Self::Cql | Self::RequisitionCfp => true,
            Self::Cdp | Self::SaisineBailleur | Self::SignalementImpaye | Self::Alerte => false,
        }
    }

    /// L'acte est-il délivré par un commissaire de justice, donc jamais un dimanche ni un jour
    /// férié (CPC, art. 664) ?
    #[must_use]
    pub fn est_un_exploit(self) -> bool {
        match self {
            Self::Cdp | Self::Assignation | Self::Cql => true,
            Self::SaisineBailleur
            | Self::Decision
            | Self::RequisitionCfp
            | Self::SignalementImpaye
            | Self::Alerte => false,
        }
    }
}

/// Qui loue. `Inconnu` n'est pas une personne physique.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BailleurType {
    /// Personne physique.
    PersonnePhysique,
    /// Société civile exclusivement entre parents et alliés, jusqu'au quatrième degré inclus.
    SciFamiliale,
    /// Autre personne morale.
    PersonneMorale,
    /// Organisme de logement social.
    BailleurSocial,
    /// « SCI » sans autre précision : familiale ou non, on ne le devine pas.
    Ambigu,
    /// Rien n'est écrit, ou rien de lisible.
    #[default]
    Inconnu,
}

impl BailleurType {
    /// Le type d'un code canonique ; « sci » seul est ambigu.
    #[must_use]
    pub fn de_code(code: &str) -> Self {
        match code {
            "personne_physique" => Self::PersonnePhysique,
            "sci_familiale" => Self::SciFamiliale,
            "personne_morale" => Self::PersonneMorale,
            "bailleur_social" => Self::BailleurSocial,
            "sci" => Self::Ambigu,
            _ => Self::Inconnu,
        }
    }

    /// Le type, en mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::PersonnePhysique => "personne physique",
            Self::SciFamiliale => "SCI familiale",
            Self::PersonneMorale => "personne morale",
            Self::BailleurSocial => "bailleur social",
            Self::Ambigu => "SCI, familiale ou non",
            Self::Inconnu => "inconnu",
        }
    }

    fn est_inconnu(&self) -> bool {
        *self == Self::Inconnu
    }
}

/// Une cellule qu'on n'a pas su lire : le champ et la raison. Le texte brut est au coffre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Illisible {
    /// Le champ canonique.
    pub champ: String,
    /// Pourquoi, en français, sans citer la cellule.
    pub pourquoi: String,
}

/// Ce que la notice dit et qui n'identifie personne. C'est ce qui s'écrit au journal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contenu {
    /// Date de l'acte : signification, assignation, décision, réception du signalement…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Qui loue.
    #[serde(skip_serializing_if = "BailleurType::est_inconnu")]
    pub bailleur_type: BailleurType,
    /// Code INSEE d'aujourd'hui de la commune du logement, quand le texte la désigne sans doute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commune: Option<String>,
    /// Pourquoi la commune n'est pas connue : absente, inconnue, ou plusieurs possibles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commune_en_doute: Option<String>,
    /// Date du bail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_bail: Option<Date>,
    /// Dernière reconduction ou dernier renouvellement du bail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bail_reconduit_le: Option<Date>,
    /// Régime de la location : `loi_89` quand rien n'est écrit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regime: Option<String>,
    /// `locataire` quand rien n'est écrit ; `proprietaire`, `sans_titre`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupation: Option<String>,
    /// Loyer mensuel hors charges.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loyer_hors_charges: Option<Montant>,
    /// Provision mensuelle pour charges.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charges: Option<Montant>,
    /// Dette de loyers et de charges à la date de l'acte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub montant_dette: Option<Montant>,
    /// Premier terme resté impayé, sans interruption depuis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impaye_depuis: Option<Date>,
    /// Le ménage reçoit-il une aide au logement ? Absent : inconnu.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aide_logement: Option<bool>,
    /// Adultes du ménage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nombre_adultes: Option<u16>,
    /// Enfants du ménage. Absent : inconnu.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nombre_enfants: Option<u16>,
    /// Jour de la notification de l'assignation au préfet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_notification_prefet: Option<Date>,
    /// Jour de l'audience.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_audience: Option<Date>,
    /// Ce qui fonde la procédure : `impaye` quand rien n'est écrit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
    /// Les autres champs canoniques de la nature, tels que lus.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub autres: BTreeMap<String, Value>,
    /// Les cellules illisibles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub illisibles: Vec<Illisible>,
}

impl Contenu {
    /// Le champ porte-t-il un texte qu'on n'a pas su lire ?
    #[must_use]
    pub fn illisible(&self, champ: &str) -> Option<&Illisible> {
        self.illisibles.iter().find(|i| i.champ == champ)
    }

    /// Le mot écrit dans un champ propre à la nature.
    #[must_use]
    pub fn mot(&self, champ: &str) -> Option<&str> {
        self.autres.get(champ).and_then(Value::as_str).filter(|mot| !mot.is_empty())
    }

    /// Le nombre écrit dans un champ propre à la nature, en chiffres ou en nombre.
    #[must_use]
    pub fn nombre(&self, champ: &str) -> Option<u16> {
        match self.autres.get(champ)? {
            Value::Number(n) => n.as_u64().and_then(|n| u16::try_from(n).ok()),
            Value::String(texte) => texte.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// La réponse écrite dans un champ propre à la nature.
    #[must_use]
    pub fn oui(&self, champ: &str) -> Option<bool> {
        match self.autres.get(champ)? {
            Value::Bool(oui) => Some(*oui),
            Value::String(texte) if texte == "oui" => Some(true),
            Value::String(texte) if texte == "non" => Some(false),
            Value::Null
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        }
    }

    /// La location relève-t-elle de la loi du 6 juillet 1989 ? Vrai quand rien n'est écrit.
    #[must_use]
    pub fn releve_de_la_loi_89(&self) -> bool {
        self.regime.as_deref().is_none_or(|r| r == "loi_89")
    }
}

/// Ce qui désigne des personnes. Ne s'écrit qu'au coffre.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identite {
    /// L'émetteur, tel qu'écrit : une étude peut porter le nom d'une personne.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub emetteur: String,
    /// Nom du locataire.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nom: String,
    /// Prénom du locataire.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prenom: String,
    /// Sa date de naissance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub naissance: Option<Date>,
    /// Téléphone, tel qu'écrit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub telephone: String,
    /// Courriel, tel qu'écrit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub courriel: String,
    /// Adresse du logement, sans commune.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub adresse: String,
    /// Code postal du logement, en cinq chiffres quand il se lit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code_postal: String,
    /// Commune du logement, telle qu'écrite.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub commune: String,
    /// Nom du bailleur.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bailleur_nom: String,
    /// Adresse du bailleur.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bailleur_adresse: String,
    /// Les cellules illisibles, telles qu'écrites, par champ.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub bruts: BTreeMap<String, String>,
    /// Textes libres, par champ : ils peuvent nommer des gens.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub textes: BTreeMap<String, String>,
}

impl Identite {
    /// « NOM Prénom », ou le seul des deux qui est écrit.
    #[must_use]
    pub fn nom_affiche(&self) -> String {
        let nom = self.nom.to_uppercase();
        [nom.as_str(), self.prenom.as_str()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Une ligne reçue, ou une saisie.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Ce qu'elle annonce.
    pub nature: Nature,
    /// La référence que l'émetteur donne à son acte.
    pub reference: Option<String>,
    /// L'émetteur : étude, bailleur, organisme.
    pub emetteur: String,
    /// Ce qui s'écrit au journal.
    pub contenu: Contenu,
    /// Ce qui s'écrit au coffre.
    pub identite: Identite,
}

/// Empreinte de seize octets : deux notices de même empreinte sont la même.
pub type Empreinte = [u8; 16];

impl Notice {
    /// Empreinte du contenu canonique : émetteur, nature, référence et tout ce qui est écrit,
    /// sans égard à la casse, aux accents ni à la ponctuation.
    #[must_use]
    pub fn empreinte(&self) -> Empreinte {
        let mut somme = self.debut_d_empreinte();
        // La forme JSON d'un `Contenu` est stable : champs dans l'ordre de la structure.
        somme.update(serde_json::to_vec(&self.contenu).unwrap_or_default());
        let i = &self.identite;
        for texte in [
            &i.nom,
            &i.prenom,
            &i.telephone,
            &i.courriel,
            &i.adresse,
            &i.code_postal,
            &i.bailleur_nom,
            &i.bailleur_adresse,
        ] {
            somme.update([0]);
            somme.update(cle(texte));
        }
        if self.contenu.commune.is_none() {
            somme.update(cle(&i.commune));
        }
        if let Some(naissance) = i.naissance {
            somme.update(naissance.to_string());
        }
        for (champ, texte) in i.bruts.iter().chain(&i.textes) {
            somme.update([0]);
            somme.update(champ);
            somme.update(cle(texte));
        }
        tronque(somme)
    }

    /// Empreinte de l'émetteur, de la nature et de la référence, s'il y en a une : une autre notice
    /// de même référence et d'autre contenu est une correction.
    #[must_use]
    pub fn empreinte_reference(&self) -> Option<Empreinte> {
        self.reference
            .as_deref()
            .map(cle)
            .filter(|r| !r.is_empty())
            .map(|_| tronque(self.debut_d_empreinte()))
    }

    fn debut_d_empreinte(&self) -> Sha256 {
        let mut somme = Sha256::new();
        somme.update(cle(&self.emetteur));
        somme.update([0]);
        somme.update(self.nature.code());
        somme.update([0]);
        somme.update(cle(self.reference.as_deref().unwrap_or_default()));
        somme.update([0]);
        somme
    }
}

fn tronque(somme: Sha256) -> Empreinte {
    let mut empreinte = Empreinte::default();
    empreinte.copy_from_slice(&somme.finalize()[..16]);
    empreinte
}
