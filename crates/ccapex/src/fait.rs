//! Les faits du journal : ce qui est arrivé à un dossier, daté, jamais réécrit.
//!
//! Les noms écrits ne changent jamais ; un champ s'ajoute avec une absence permise.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::acte::gabarit::gabarit;
use crate::acte::lire::{champs, de_champs};
use crate::acte::{Consigne, Quoi};
use crate::identifiants::{AgentId, DossierId, NoticeId};
use crate::notice::{Contenu, Nature};
use crate::signalement::statut::Statut;

/// Un fait, à sa place dans le journal d'un dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct Fait {
    /// Son identifiant, unique dans la base : « 62-2026-000123.4 » n'en est pas un, c'est opaque.
    pub id: String,
    /// Sa place, à partir de 1.
    pub rang: i64,
    /// Qui l'a consigné.
    pub agent: AgentId,
    /// La personne absente pour qui il l'a été, quand l'auteur ne le pouvait qu'en la suppléant.
    pub pour: Option<AgentId>,
    /// Quand il a été consigné.
    pub ecrit_le: Timestamp,
    /// Ce qui est arrivé.
    pub acte: Acte,
}

/// Ce qui est arrivé.
#[derive(Clone, Debug, PartialEq)]
pub enum Acte {
    /// Une notice reçue : commandement, assignation, alerte…
    NoticeRecue(Box<NoticeRecue>),
    /// Ce qui manquait à une notice, apporté depuis.
    Complement(Box<Complement>),
    /// Deux dossiers qui sont le même ménage, ou qui ne le sont pas.
    Rapprochement(Rapprochement),
    /// Ce qu'il advient d'une lettre.
    Courrier(Courrier),
    /// La situation du ménage, confirmée par une personne.
    SituationConfirmee(SituationConfirmee),
    /// Tout autre acte consigné par une personne, un fichier ou un partenaire.
    Consigne(Box<Consigne>),
    /// Un fait de ce dossier qui n'aurait pas dû être écrit.
    Rectification(Rectification),
}

/// Une notice, telle que reçue et jugée le jour de sa réception.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeRecue {
    /// La ligne reçue, qui est aussi la clé de son identité au coffre.
    pub notice: NoticeId,
    /// Clé au coffre, quand ce n'est pas le numéro de la notice : elle a été complétée avant d'ouvrir.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coffre: Option<NoticeId>,
    /// Ce qu'elle annonce. Redit par le nom de l'acte dans le journal.
    #[serde(skip)]
    pub nature: Option<Nature>,
    /// La référence du dossier que cette notice ouvre ; rien quand elle en rejoint un.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ouvre: Option<String>,
    /// Jour de réception.
    pub recue_le: Date,
    /// L'émetteur, nom normalisé.
    pub emetteur: String,
    /// La référence de l'émetteur.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// La réponse donnée ce jour-là : `eligible`, `incomplet`…
    pub statut: Statut,
    /// Son motif.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
    /// La notice de même référence que celle-ci corrige.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrige: Option<NoticeId>,
    /// Les lettres préparées ce jour-là, par modèle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub courriers: Vec<String>,
    /// Pourquoi elle a rejoint un dossier déjà ouvert.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jointe_car: Vec<String>,
    /// Ce que la notice dit et qui n'identifie personne.
    pub contenu: Contenu,
}

/// Ce qui complète une notice : seuls les champs présents remplacent ceux de la notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Complement {
    /// La notice complétée.
    pub notice: NoticeId,
    /// Le jour de la réponse.
    pub recu_le: Date,
    /// Les noms des champs apportés : un champ d'identité est au coffre, sous [`Complement::coffre`].
    pub champs: Vec<String>,
    /// Clé au coffre de l'identité entière après le complément, si elle a changé.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coffre: Option<NoticeId>,
    /// Le contenu entier de la notice après le complément.
    pub contenu: Contenu,
    /// La réponse donnée après le complément.
    pub statut: Statut,
    /// Son motif.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
    /// Les lettres préparées ce jour-là, par modèle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub courriers: Vec<String>,
}

/// Le geste d'une personne, ou du programme quand le rapprochement est certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rapprochement {
    /// Ce qui est fait.
    pub geste: Geste,
    /// L'autre dossier.
    pub autre: DossierId,
    /// Le jour.
    pub le: Date,
    /// Pourquoi.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub motifs: Vec<String>,
    /// La notice dont l'identité nomme désormais le ménage, quand une personne l'a choisie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identite: Option<NoticeId>,
}

/// Ce qu'on fait de deux dossiers qui se ressemblent. Chaque geste se défait par son contraire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Geste {
    /// Question posée à une personne.
    Demande,
    /// Cet autre dossier est désormais suivi ici.
    Joint,
    /// Ce dossier est désormais suivi dans l'autre.
    JointA,
    /// Ce n'est pas le même ménage.
    Separe,
}

/// Ce qu'il advient d'une lettre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Courrier {
    /// Modèle et destinataire : « intervention_locataire ».
    pub modele: String,
    /// La notice qui l'a fait préparer.
    pub notice: NoticeId,
    /// L'étape : `prepare`, `envoye`, `imprime`, `repondu`, `retourne`, `echec`.
    pub etape: String,
    /// Le jour.
    pub le: Date,
}

/// La situation du ménage, confirmée par une personne.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationConfirmee {
    /// Le jour.
    pub le: Date,
}

/// Un fait annulé : il reste au journal, barré mais lisible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// Le rang du fait annulé, dans le même journal.
    pub annule: i64,
    /// Le jour.
    pub le: Date,
    /// Pourquoi, quand c'est le programme qui le dit ; les mots d'une personne sont au coffre.
    pub motif: String,
    /// Clé au coffre du motif qu'une personne a écrit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coffre: Option<NoticeId>,
}

/// Un acte du journal qu'on ne sait pas relire.
#[derive(Debug, thiserror::Error)]
#[error(
    "L'acte « {nom} » du journal ne se relit pas ({cause}). La base vient-elle d'une version plus récente de Seuil ? Mettez le programme à jour."
)]
pub struct ActeIllisible {
    nom: String,
    cause: String,
}

impl Acte {
    /// Le nom écrit dans le journal.
    #[must_use]
    pub fn nom(&self) -> &'static str {
        match self {
            Self::NoticeRecue(n) => n.nature.map_or("notice", Nature::code),
            Self::Complement(_) => "complement",
            Self::Rapprochement(_) => "rapprochement",
            Self::Courrier(_) => "courrier",
            Self::SituationConfirmee(_) => "situation_confirmee",
            Self::Consigne(c) => nom_au_journal(&c.quoi),
            Self::Rectification(_) => "rectification",
        }
    }

    /// Le jour du fait : la date de l'acte quand elle est connue, sinon celle de la réception.
    #[must_use]
    pub fn jour(&self) -> Date {
        match self {
            Self::NoticeRecue(n) => n.contenu.date.unwrap_or(n.recue_le),
            Self::Complement(c) => c.recu_le,
            Self::Rapprochement(r) => r.le,
            Self::Courrier(c) => c.le,
            Self::SituationConfirmee(s) => s.le,
            Self::Consigne(c) => c.date,
            Self::Rectification(r) => r.le,
        }
    }

    /// La forme écrite : un objet JSON, sans le nom de l'acte.
    #[must_use]
    pub fn ecrire(&self) -> String {
        let ecrit = match self {
            Self::NoticeRecue(n) => serde_json::to_string(n),
            Self::Complement(c) => serde_json::to_string(c),
            Self::Rapprochement(r) => serde_json::to_string(r),
            Self::Courrier(c) => serde_json::to_string(c),
            Self::SituationConfirmee(s) => serde_json::to_string(s),
            Self::Consigne(c) => serde_json::to_string(&ecrire_consigne(c)),
            Self::Rectification(r) => serde_json::to_string(r),
        };
        // Des structures sans clé calculée : leur écriture ne peut pas échouer.
        ecrit.unwrap_or_default()
    }

    /// Relit un acte écrit par n'importe quelle version publiée.
    ///
    /// # Erreurs
    ///
    /// [`ActeIllisible`] pour un nom inconnu ou un contenu d'une autre forme.
    pub fn lire(nom: &str, contenu: &str) -> Result<Self, ActeIllisible> {
        let illisible = |cause: serde_json::Error| ActeIllisible {
            nom: nom.to_owned(),
            cause: cause.to_string(),
        };
        if let Some(nature) = Nature::de_code(nom) {
            let mut recue: NoticeRecue = serde_json::from_str(contenu).map_err(illisible)?;
            recue.nature = Some(nature);
            return Ok(Self::NoticeRecue(Box::new(recue)));
        }
        match nom {
            "complement" => serde_json::from_str(contenu).map(|c| Self::Complement(Box::new(c))),
            "rapprochement" => serde_json::from_str(contenu).map(Self::Rapprochement),
            "courrier" => serde_json::from_str(contenu).map(Self::Courrier),
            "situation_confirmee" => serde_json::from_str(contenu).map(Self::SituationConfirmee),
            "rectification" => serde_json::from_str(contenu).map(Self::Rectification),
            ALERTE_LEVEE => lire_consigne("alerte", contenu),
            _ if gabarit(nom).is_some() => lire_consigne(nom, contenu),
            _ => {
                return Err(ActeIllisible { nom: nom.to_owned(), cause: "nom inconnu".to_owned() });
            }
        }
        .map_err(illisible)
    }
}

/// Une notice s'appelle déjà « alerte » : au journal, l'alerte de la charte a son nom à elle.
const ALERTE_LEVEE: &str = "alerte_levee";

fn nom_au_journal(quoi: &Quoi) -> &'static str {
    if matches!(quoi, Quoi::Alerte { .. }) { ALERTE_LEVEE } else { quoi.nom() }
}

/// Les champs dans l'ordre de leurs noms, quelle que soit la carte de la bibliothèque.
fn ecrire_consigne(consigne: &Consigne) -> BTreeMap<String, Value> {
    let mut ecrit: BTreeMap<String, Value> = champs(&consigne.quoi).into_iter().collect();
    ecrit.insert("date".to_owned(), Value::String(consigne.date.to_string()));
    ecrit.insert("consigne_le".to_owned(), Value::String(consigne.consigne_le.to_string()));
    if let Some(coffre) = consigne.coffre {
        ecrit.insert("coffre".to_owned(), Value::from(coffre.0));
    }
    ecrit
}

fn lire_consigne(nom: &str, contenu: &str) -> Result<Acte, serde_json::Error> {
    let mut ecrit: Map<String, Value> = serde_json::from_str(contenu)?;
    let mut retirer = |champ: &str| ecrit.remove(champ).unwrap_or(Value::Null);
    let date = serde_json::from_value(retirer("date"))?;
    let consigne_le = serde_json::from_value(retirer("consigne_le"))?;
    let coffre = serde_json::from_value(retirer("coffre"))?;
    let quoi = de_champs(nom, ecrit)?;
    Ok(Acte::Consigne(Box::new(Consigne { date, consigne_le, coffre, quoi })))
}
