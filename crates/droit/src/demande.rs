//! Ce qu'on demande à une règle : des dates, des faits, des options. Et les refus, avec le remède.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::calendrier::{AbolitionSaintMartin, Territoire};
use crate::delai::Report;
use crate::montant::Montant;
use crate::reponse::Reponse;

/// Ce qu'on donne à une règle pour qu'elle s'applique. Tout est facultatif, sauf aujourd'hui.
#[derive(Clone, Debug, PartialEq)]
pub struct Entree {
    /// L'acte déclencheur.
    pub depuis: Option<Date>,
    /// L'audience, pour les règles qui comptent à rebours.
    pub audience: Option<Date>,
    /// Les faits, par leur nom : dates ISO, montants en centimes, nombres entiers, mots.
    pub faits: BTreeMap<String, String>,
    /// Les lectures choisies là où le droit hésite.
    pub options: BTreeMap<String, String>,
    /// Le code officiel géographique de la commune où l'acte se fait.
    pub commune: Option<String>,
    /// Le jour de la demande.
    pub aujourd_hui: Date,
}

impl Entree {
    /// Une demande vide, faite ce jour-là.
    pub const fn le(aujourd_hui: Date) -> Self {
        Self {
            depuis: None,
            audience: None,
            faits: BTreeMap::new(),
            options: BTreeMap::new(),
            commune: None,
            aujourd_hui,
        }
    }
}

/// La forme d'un fait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forme {
    /// Une date.
    Date,
    /// Une somme en centimes.
    Centimes,
    /// Un nombre entier.
    Nombre,
    /// Un mot parmi ceux-ci. La liste vide admet tous les mots.
    Mot(&'static [&'static str]),
}

/// Un fait qu'une règle peut demander.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fait {
    /// Son nom.
    pub nom: &'static str,
    /// Ce qu'il dit.
    pub sens: &'static str,
    /// Comment il s'écrit.
    pub forme: Forme,
}

/// Les faits que les règles connaissent.
#[rustfmt::skip]
pub static FAITS: &[Fait] = &[
    Fait { nom: "date_assignation",        sens: "délivrance de l'assignation",                          forme: Forme::Date },
    Fait { nom: "date_bail",               sens: "signature du bail",                                    forme: Forme::Date },
    Fait { nom: "bail_reconduit_le",       sens: "dernier renouvellement ou reconduction du bail",       forme: Forme::Date },
    Fait { nom: "loyer_hors_charges",      sens: "loyer d'un mois hors charges, en centimes",            forme: Forme::Centimes },
    Fait { nom: "charges",                 sens: "charges d'un mois, en centimes",                       forme: Forme::Centimes },
    Fait { nom: "aide",                    sens: "aide au logement d'un mois versée au bailleur, en centimes", forme: Forme::Centimes },
    Fait { nom: "dette",                   sens: "somme due, en centimes",                               forme: Forme::Centimes },
    Fait { nom: "impaye_depuis",           sens: "premier terme resté impayé sans interruption",         forme: Forme::Date },
    Fait { nom: "bailleur_type",           sens: "nature du bailleur",                                   forme: Forme::Mot(&["personne_physique", "sci_familiale", "personne_morale", "bailleur_social"]) },
    Fait { nom: "mois",                    sens: "nombre de mois accordés ou demandés",                  forme: Forme::Nombre },
    Fait { nom: "jours",                   sens: "nombre de jours",                                      forme: Forme::Nombre },
    Fait { nom: "semaines",                sens: "nombre de semaines",                                   forme: Forme::Nombre },
    Fait { nom: "residence",               sens: "où vit la personne : nom du territoire, code de commune, ou etranger", forme: Forme::Mot(&[]) },
    Fait { nom: "date_refus",              sens: "refus du concours de la force publique",               forme: Forme::Date },
    Fait { nom: "date_accord",             sens: "accord du concours de la force publique",              forme: Forme::Date },
    Fait { nom: "date_execution",          sens: "exécution effective de l'expulsion",                   forme: Forme::Date },
    Fait { nom: "date_depart",             sens: "départ, vente ou renonciation qui met fin à l'occupation", forme: Forme::Date },
    Fait { nom: "fin_sursis",              sens: "dernier jour des délais accordés par le juge",         forme: Forme::Date },
    Fait { nom: "date_signalement",        sens: "signalement de l'acte ou de l'impayé",                 forme: Forme::Date },
    Fait { nom: "date_notification_prefet", sens: "notification de l'acte au préfet",                    forme: Forme::Date },
    Fait { nom: "jour",                    sens: "jour examiné",                                         forme: Forme::Date },
];

/// Une question que le droit laisse ouverte, et ses lectures. La première est celle par défaut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choix {
    /// Le nom de l'option.
    pub nom: &'static str,
    /// La question.
    pub question: &'static str,
    /// Les lectures, celle par défaut d'abord.
    pub lectures: &'static [&'static str],
}

const REPORT: &str = "report_642";

/// Les options que les règles connaissent.
#[rustfmt::skip]
pub static OPTIONS: &[Choix] = &[
    Choix { nom: "bail_reconduit",  question: "délai du commandement d'un bail ancien reconduit depuis le 29 juillet 2023", lectures: &["2_mois", "6_semaines"] },
    Choix { nom: REPORT,            question: "report au jour ouvrable (CPC, art. 642) ; sans choix, chaque règle le dit",   lectures: &["regle", "oui", "non"] },
    Choix { nom: "cql_non_notifie", question: "commandement de quitter les lieux notifié tard au préfet",                    lectures: &["suspend", "recommence"] },
    Choix { nom: "dalo",            question: "délai des départements à forte demande",                                      lectures: &["3_mois", "6_mois"] },
    Choix { nom: "dsf_rebours",     question: "le dernier jour avant l'audience est-il encore utile",                        lectures: &["inclus", "strict"] },
    Choix { nom: "saint_martin",    question: "jour de l'abolition de l'esclavage à Saint-Martin",                           lectures: &["27_mai", "28_mai"] },
    Choix { nom: "vendredi_saint",  question: "temple protestant ou église mixte dans la commune d'Alsace ou de Moselle",    lectures: &["inconnu", "oui", "non"] },
];

/// Pourquoi une règle n'a pas été appliquée, et comment l'obtenir.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refus {
    /// Aucune règle ne porte ce nom.
    #[error(
        "Aucune règle ne s'appelle « {nom} ».{} La liste : seuil regles",
        proposition(.proches)
    )]
    RegleInconnue {
        /// Le nom demandé.
        nom: String,
        /// Les noms qui lui ressemblent.
        proches: Vec<&'static str>,
    },

    /// Il manque de quoi calculer.
    #[error(
        "« {regle} » ne se calcule pas : il manque {manque} ({sens}). Exemple : seuil delai {regle} {exemple}"
    )]
    Manque {
        /// La règle.
        regle: &'static str,
        /// Ce qui manque, comme on le donne en ligne de commande.
        manque: &'static str,
        /// Ce que c'est.
        sens: &'static str,
        /// Un appel qui aboutit.
        exemple: &'static str,
    },

    /// Une valeur donnée ne se lit pas.
    #[error("« {valeur} » ne se lit pas pour {nom} : {attendu}. Exemple : {nom}={exemple}")]
    Illisible {
        /// Le fait ou l'argument.
        nom: String,
        /// Ce qui a été donné.
        valeur: String,
        /// Ce qu'on attend.
        attendu: &'static str,
        /// Une valeur lisible.
        exemple: String,
    },

    /// Aucune règle ne connaît ce fait.
    #[error("Aucune règle ne connaît le fait « {nom} ». Les faits sont : {}.", noms_des_faits())]
    FaitInconnu {
        /// Le nom donné.
        nom: String,
    },

    /// Aucune règle ne connaît cette option.
    #[error(
        "Aucune règle ne connaît l'option « {nom} ». Les options sont : {}.",
        noms_des_options()
    )]
    OptionInconnue {
        /// Le nom donné.
        nom: String,
    },

    /// L'option n'a pas cette lecture.
    #[error(
        "L'option {nom} ({}) n'admet pas « {valeur} ». Ses lectures sont : {}. Exemple : --option {nom}={}",
        .choix.question, .choix.lectures.join(", "), .choix.lectures.last().copied().unwrap_or_default()
    )]
    LectureInconnue {
        /// L'option.
        nom: &'static str,
        /// Ce qui a été donné.
        valeur: String,
        /// Ce qu'elle admet.
        choix: Choix,
    },
}

fn proposition(proches: &[&str]) -> String {
    if proches.is_empty() {
        return String::new();
    }
    format!(" Vouliez-vous : {} ?", proches.join(", "))
}

fn noms_des_faits() -> String {
    FAITS.iter().map(|fait| fait.nom).collect::<Vec<_>>().join(", ")
}

fn noms_des_options() -> String {
    OPTIONS.iter().map(|choix| choix.nom).collect::<Vec<_>>().join(", ")
}

/// Lit un jour donné par une personne : `2026-01-15` ou `15/01/2026`.
///
/// # Erreurs
///
/// [`Refus::Illisible`], qui nomme l'argument et donne un exemple.
///
/// ```
/// use droit::demande::lire_jour;
/// use jiff::civil::date;
///
/// assert_eq!(lire_jour("--depuis", "15/01/2026"), Ok(date(2026, 1, 15)));
/// assert!(lire_jour("--depuis", "2026-02-30").is_err());
/// ```
pub fn lire_jour(nom: &str, texte: &str) -> Result<Date, Refus> {
    let texte = texte.trim();
    let iso = || texte.parse::<Date>().ok().filter(|_| texte.len() == 10);
    let francais = || {
        let mut morceaux = texte.splitn(3, '/');
        let jour = morceaux.next()?.parse().ok()?;
        let mois = morceaux.next()?.parse().ok()?;
        let annee = morceaux.next().filter(|an| an.len() == 4)?.parse().ok()?;
        Date::new(annee, mois, jour).ok()
    };
    iso().or_else(francais).filter(|jour| PLAUSIBLES.contains(jour)).ok_or_else(|| {
        Refus::Illisible {
            nom: nom.to_owned(),
            valeur: texte.to_owned(),
            attendu: "un jour du calendrier entre 1900 et 2200, en AAAA-MM-JJ",
            exemple: "2026-01-15".to_owned(),
        }
    })
}

const PLAUSIBLES: std::ops::RangeInclusive<Date> = date(1900, 1, 1)..=date(2200, 12, 31);

/// Une demande adressée à une règle : les accès typés à l'entrée.
pub(crate) struct Demande<'a> {
    pub(crate) regle: &'static str,
    pub(crate) exemple: &'static str,
    pub(crate) entree: &'a Entree,
}

impl<'a> Demande<'a> {
    /// Vérifie que chaque fait et chaque option portent un nom connu et une valeur lisible.
    pub(crate) fn verifiee(self) -> Result<Self, Refus> {
        for (nom, valeur) in &self.entree.faits {
            let fait = FAITS
                .iter()
                .find(|fait| fait.nom == nom)
                .ok_or_else(|| Refus::FaitInconnu { nom: nom.clone() })?;
            lisible(fait, valeur)?;
        }
        for (nom, valeur) in &self.entree.options {
            let choix = OPTIONS
                .iter()
                .find(|choix| choix.nom == nom)
                .ok_or_else(|| Refus::OptionInconnue { nom: nom.clone() })?;
            if !choix.lectures.contains(&valeur.as_str()) {
                let (nom, valeur) = (choix.nom, valeur.clone());
                return Err(Refus::LectureInconnue { nom, valeur, choix: *choix });
            }
        }
        if let Some(code) = &self.entree.commune
            && !est_code_de_commune(code)
        {
            return Err(Refus::Illisible {
                nom: "--commune".to_owned(),
                valeur: code.clone(),
                attendu: "le code officiel géographique d'une commune, en cinq caractères",
                exemple: "62041".to_owned(),
            });
        }
        Ok(self)
    }

    pub(crate) fn depuis(&self) -> Result<Date, Refus> {
        self.entree.depuis.ok_or_else(|| self.manque("--depuis", "l'acte déclencheur"))
    }

    pub(crate) fn audience(&self) -> Result<Date, Refus> {
        self.entree.audience.ok_or_else(|| self.manque("--audience", "le jour de l'audience"))
    }

    pub(crate) fn date(&self, nom: &'static str) -> Option<Date> {
        lire_jour(nom, self.entree.faits.get(nom)?).ok()
    }

    pub(crate) fn date_exigee(&self, nom: &'static str) -> Result<Date, Refus> {
        self.date(nom).ok_or_else(|| self.fait_manquant(nom))
    }

    pub(crate) fn montant(&self, nom: &'static str) -> Option<Montant> {
        self.entree.faits.get(nom)?.trim().parse().ok().map(Montant::centimes)
    }

    pub(crate) fn montant_exige(&self, nom: &'static str) -> Result<Montant, Refus> {
        self.montant(nom).ok_or_else(|| self.fait_manquant(nom))
    }

    pub(crate) fn nombre(&self, nom: &'static str) -> Option<u16> {
        self.entree.faits.get(nom)?.trim().parse().ok()
    }

    pub(crate) fn nombre_exige(&self, nom: &'static str) -> Result<u16, Refus> {
        self.nombre(nom).ok_or_else(|| self.fait_manquant(nom))
    }

    pub(crate) fn mot(&self, nom: &'static str) -> Option<&'a str> {
        self.entree.faits.get(nom).map(|mot| mot.trim())
    }

    /// Le jour examiné : le fait `jour`, sinon l'acte, sinon l'audience, sinon aujourd'hui.
    pub(crate) fn jour(&self) -> Date {
        self.date("jour")
            .or(self.entree.depuis)
            .or(self.entree.audience)
            .unwrap_or(self.entree.aujourd_hui)
    }

    /// La lecture choisie d'une option, ou sa lecture par défaut.
    pub(crate) fn lecture(&self, nom: &'static str) -> &'static str {
        let lectures = OPTIONS
            .iter()
            .find(|choix| choix.nom == nom)
            .map_or::<&[&'static str], _>(&[], |choix| choix.lectures);
        let choisie = self.entree.options.get(nom);
        lectures
            .iter()
            .find(|lecture| choisie.is_some_and(|choisie| choisie == *lecture))
            .or(lectures.first())
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn option_donnee(&self, nom: &str) -> bool {
        self.entree.options.contains_key(nom)
    }

    pub(crate) fn report(&self, par_defaut: Report) -> Report {
        match self.lecture(REPORT) {
            "oui" => Report::JourOuvrable,
            "non" => Report::Aucun,
            _ => par_defaut,
        }
    }

    /// Le territoire de la commune donnée ; sans commune, la métropole.
    pub(crate) fn territoire(&self) -> Territoire {
        let abolition = match self.lecture("saint_martin") {
            "28_mai" => AbolitionSaintMartin::Mai28,
            _ => AbolitionSaintMartin::Mai27,
        };
        let temple = match self.lecture("vendredi_saint") {
            "oui" => Reponse::Oui,
            "non" => Reponse::Non,
            _ => Reponse::Inconnue,
        };
        self.entree
            .commune
            .as_deref()
            .map_or(Territoire::Metropole, Territoire::de_commune)
            .avec_abolition(abolition)
            .avec_temple(temple)
    }

    pub(crate) fn fait_manquant(&self, nom: &'static str) -> Refus {
        let sens = FAITS.iter().find(|fait| fait.nom == nom).map_or("", |fait| fait.sens);
        self.manque(nom, sens)
    }

    fn manque(&self, manque: &'static str, sens: &'static str) -> Refus {
        Refus::Manque { regle: self.regle, manque, sens, exemple: self.exemple }
    }
}

fn est_code_de_commune(code: &str) -> bool {
    let chiffres = |texte: &str| texte.bytes().all(|octet| octet.is_ascii_digit());
    code.len() == 5
        && code.split_at_checked(2).is_some_and(|(departement, commune)| {
            (chiffres(departement) || matches!(departement, "2A" | "2B")) && chiffres(commune)
        })
}

fn lisible(fait: &Fait, valeur: &str) -> Result<(), Refus> {
    let texte = valeur.trim();
    let (lu, attendu, exemple) = match fait.forme {
        Forme::Date => return lire_jour(fait.nom, texte).map(drop),
        Forme::Centimes => {
            (texte.parse::<i64>().is_ok(), "une somme en centimes, en chiffres", "60000".to_owned())
        }
        Forme::Nombre => (texte.parse::<u16>().is_ok(), "un nombre entier", "36".to_owned()),
        Forme::Mot(mots) => {
            (mots.is_empty() || mots.contains(&texte), "un mot de la liste", mots.join("|"))
        }
    };
    if lu {
        return Ok(());
    }
    let (nom, valeur) = (fait.nom.to_owned(), texte.to_owned());
    Err(Refus::Illisible { nom, valeur, attendu, exemple })
}
