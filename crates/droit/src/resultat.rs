//! La réponse d'une règle, telle que le programme l'écrit.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::catalogue::VersionLue;
use crate::conclusion::Motif;
use crate::delai::{Delai, Echeance, Report};
use crate::demande::Demande;
use crate::jour::Jour;
use crate::montant::Montant;
use crate::parametre::{Parametre, SansVersion, Version};
use crate::reponse::Reponse;
use crate::source::{Certitude, Source};

/// Une règle appliquée et expliquée. Les champs absents ne concernent pas la règle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resultat {
    /// Le nom de la règle.
    pub regle: &'static str,
    /// L'acte déclencheur.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depuis: Option<Date>,
    /// L'audience.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Date>,
    /// La valeur de la règle, en français.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valeur: Option<String>,
    /// Dernier jour du délai, sans report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brute: Option<Date>,
    /// Dernier jour du délai, reporté au jour ouvrable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prorogee: Option<Date>,
    /// La date que la règle retient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retenue: Option<Date>,
    /// Premier jour où la suite est possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premier_jour_possible: Option<Date>,
    /// Dernier jour où l'acte est fait à temps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dernier_jour_utile: Option<Date>,
    /// L'acte déclencheur est fait à temps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recevable: Option<bool>,
    /// Ce que la règle conclut, quand elle ne donne pas seulement une date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Reponse>,
    /// Un montant fixé ou calculé par la règle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub montant: Option<Montant>,
    /// La confiance : `A`, `B`, `C` ou `?`.
    pub confiance: &'static str,
    /// Les lectures qui ont compté.
    pub options: BTreeMap<&'static str, &'static str>,
    /// La version appliquée.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<VersionCitee>,
    /// Pourquoi, dans l'ordre où on le vérifierait.
    pub motifs: Vec<String>,
}

/// La version appliquée : sa période et son texte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionCitee {
    /// Premier jour ; absent quand l'étude ne le date pas.
    pub du: Option<Date>,
    /// Dernier jour ; absent tant que la version est en vigueur.
    pub au: Option<Date>,
    /// Le texte.
    pub source: String,
}

impl From<VersionLue> for VersionCitee {
    fn from(version: VersionLue) -> Self {
        Self { du: version.du, au: version.au, source: version.source.to_string() }
    }
}

impl Resultat {
    /// La lecture est à vérifier, et l'écran doit le dire.
    pub fn est_a_verifier(&self) -> bool {
        matches!(self.confiance, "C" | "?")
    }

    /// Une réponse encore vide, pour la version appliquée.
    pub(crate) fn selon<T: ToString>(demande: &Demande<'_>, version: &Version<T>) -> Self {
        let lue = VersionLue::from(version);
        let valeur = Some(lue.valeur.clone());
        Self {
            confiance: version.source.certitude.code(),
            valeur,
            version: Some(lue.into()),
            ..Self::vide(demande)
        }
    }

    /// On sait qu'on ne sait pas : la raison déclarée tient lieu de réponse.
    pub(crate) fn inconnu(demande: &Demande<'_>, sans_version: &SansVersion) -> Self {
        Self {
            conclusion: Some(Reponse::Inconnue),
            confiance: Certitude::Incertain.code(),
            motifs: vec![sans_version.to_string()],
            ..Self::vide(demande)
        }
    }

    fn vide(demande: &Demande<'_>) -> Self {
        Self {
            regle: demande.regle,
            depuis: demande.entree.depuis,
            audience: demande.entree.audience,
            valeur: None,
            brute: None,
            prorogee: None,
            retenue: None,
            premier_jour_possible: None,
            dernier_jour_utile: None,
            recevable: None,
            conclusion: None,
            montant: None,
            confiance: Certitude::TexteLu.code(),
            options: BTreeMap::new(),
            version: None,
            motifs: vec![],
        }
    }

    pub(crate) fn motif(mut self, constat: impl Into<String>, source: &Source) -> Self {
        self.motifs.push(Motif::new(constat, source.clone()).to_string());
        self
    }

    pub(crate) fn motifs(mut self, motifs: &[Motif]) -> Self {
        self.motifs.extend(motifs.iter().map(Motif::to_string));
        self
    }

    pub(crate) fn option(mut self, nom: &'static str, lecture: &'static str) -> Self {
        self.options.insert(nom, lecture);
        self
    }

    pub(crate) fn conclut(mut self, reponse: impl Into<Reponse>) -> Self {
        self.conclusion = Some(reponse.into());
        self
    }

    /// Abaisse la confiance quand un doute a pesé sur la réponse.
    pub(crate) fn au_mieux(mut self, certitude: Certitude) -> Self {
        let rang = |code: &str| ["A", "B", "C", "?"].iter().position(|c| *c == code);
        if rang(self.confiance) < rang(certitude.code()) {
            self.confiance = certitude.code();
        }
        self
    }

    /// Pose les quatre dates d'une échéance, sans motif.
    pub(crate) fn echeance(mut self, echeance: &Echeance) -> Self {
        self.brute = Some(echeance.brute);
        self.prorogee = Some(echeance.prorogee);
        self.retenue = Some(echeance.retenue);
        self.premier_jour_possible = Some(echeance.premier_jour_possible);
        self
    }

    /// Pose une date que rien ne reporte.
    pub(crate) fn date_fixe(mut self, jour: Date) -> Self {
        self.brute = Some(jour);
        self.prorogee = Some(jour);
        self.retenue = Some(jour);
        self
    }
}

/// L'article 642 joue-t-il pour cette règle ? Dit règle par règle (étude, §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Article642 {
    /// Oui, sans discussion.
    Joue,
    /// Oui par prudence : la lecture est à vérifier.
    JouePeutEtre,
    /// Non, mais la lecture est à vérifier.
    EcartePeutEtre,
    /// La question ne se pose pas : la durée n'est pas un délai pour agir.
    SansObjet,
}

impl Article642 {
    pub(crate) const fn report(self) -> Report {
        match self {
            Self::Joue | Self::JouePeutEtre => Report::JourOuvrable,
            Self::EcartePeutEtre | Self::SansObjet => Report::Aucun,
        }
    }

    /// Le report retenu : celui que l'option demande, sinon celui de la règle.
    fn choisi(self, demande: &Demande<'_>) -> Report {
        if self == Self::SansObjet { Report::Aucun } else { demande.report(self.report()) }
    }

    const fn source(self) -> Source {
        match self {
            Self::Joue => Source::lue("CPC", "642 al. 2"),
            Self::JouePeutEtre | Self::EcartePeutEtre | Self::SansObjet => {
                Source::a_verifier("CPC", "642 al. 2")
            }
        }
    }
}

/// Applique un délai qui court à compter d'un acte, motifs compris.
pub(crate) fn courir(
    resultat: Resultat,
    demande: &Demande<'_>,
    (acte, delai): (Date, Delai),
    article: Article642,
) -> Resultat {
    let territoire = demande.territoire();
    let report = article.choisi(demande);
    let echeance = delai.echeance(acte, report, &territoire);
    let computation = computation(delai, article);
    let resultat = resultat.echeance(&echeance).motif(
        format!("depuis le {}, jour non compté, {delai} : le {}", Jour(acte), Jour(echeance.brute)),
        &computation,
    );
    reporter(resultat, demande, &echeance, article)
}

/// Le texte qui dit comment compter. Il ne régit que la procédure : ailleurs, c'est une analogie.
fn computation(delai: Delai, article: Article642) -> Source {
    let alinea = match delai {
        Delai::Jours(_) | Delai::Semaines(_) => "641 al. 1",
        Delai::Mois(_) | Delai::Annees(_) => "641 al. 2",
        Delai::Mixte { .. } => "641 al. 3",
        Delai::JoursOuvres(_) => return Source::lue("C. trav.", "L. 3133-1"),
    };
    match (article, delai) {
        (Article642::EcartePeutEtre | Article642::SansObjet, _) => {
            Source::a_verifier("par analogie, CPC", alinea)
        }
        (Article642::Joue | Article642::JouePeutEtre, Delai::Semaines(_)) => {
            Source::a_verifier("par analogie, Cass. 3e civ., avis n° 25-70.018 ; CPC", alinea)
        }
        (Article642::Joue | Article642::JouePeutEtre, _) => Source::lue("CPC", alinea),
    }
}

/// Dit ce que devient une échéance qui tombe un jour non ouvrable, et qu'on a choisi.
pub(crate) fn reporter(
    resultat: Resultat,
    demande: &Demande<'_>,
    echeance: &Echeance,
    article: Article642,
) -> Resultat {
    let resultat = compter_le_report(resultat, demande, echeance, article);
    if echeance.brute == echeance.prorogee || article == Article642::SansObjet {
        return resultat;
    }
    let suite = if echeance.retenue == echeance.prorogee {
        format!("le délai finit le {}", dire(echeance.prorogee))
    } else {
        format!("pas de report retenu ; reporté, le délai finirait le {}", dire(echeance.prorogee))
    };
    resultat.motif(
        format!("le {} n'est pas ouvrable : {suite}", dire(echeance.brute)),
        &article.source(),
    )
}

/// Note l'option de report quand elle a compté, et le doute qu'elle emporte.
pub(crate) fn compter_le_report(
    resultat: Resultat,
    demande: &Demande<'_>,
    echeance: &Echeance,
    article: Article642,
) -> Resultat {
    if article == Article642::SansObjet {
        return resultat;
    }
    let decide = echeance.brute != echeance.prorogee;
    let mut resultat = signaler_fete_incertaine(resultat, demande, echeance.brute);
    if decide || demande.option_donnee("report_642") {
        let report = demande.report(article.report());
        let lecture = if report == Report::JourOuvrable { "oui" } else { "non" };
        resultat = resultat.option("report_642", lecture);
    }
    if decide { resultat.au_mieux(article.source().certitude) } else { resultat }
}

/// Répond selon la version de ce jour, ou répond qu'on ne sait pas.
pub(crate) fn selon_la_version<T: ToString>(
    demande: &Demande<'_>,
    parametre: &'static Parametre<T>,
    jour: Date,
    suite: impl FnOnce(Resultat, &'static Version<T>) -> Resultat,
) -> Resultat {
    match parametre.en_vigueur(jour) {
        Ok(version) => suite(Resultat::selon(demande, version), version),
        Err(sans_version) => Resultat::inconnu(demande, &sans_version),
    }
}

/// « lundi 1er mars 2027 ».
pub(crate) fn dire(jour: Date) -> String {
    format!("{} {}", Jour(jour).de_la_semaine(), Jour(jour))
}

/// En Alsace et en Moselle, le vendredi saint n'est férié que là où il y a un temple.
pub(crate) fn signaler_fete_incertaine(
    resultat: Resultat,
    demande: &Demande<'_>,
    jour: Date,
) -> Resultat {
    match demande.territoire().ferie_incertain(jour) {
        None => resultat,
        Some(fete) => resultat
            .motif(
                format!(
                    "le {} est le {fete}, férié ici seulement si la commune a un temple protestant ou une église mixte : dites-le avec l'option vendredi_saint",
                    Jour(jour)
                ),
                &Source::lue("C. trav.", "L. 3134-13"),
            )
            .option("vendredi_saint", "inconnu")
            .au_mieux(Certitude::Incertain),
    }
}
