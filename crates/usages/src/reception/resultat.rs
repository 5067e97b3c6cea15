//! Ce que la réception répond de chaque ligne : les mots du contrat.

use ccapex::signalement::anomalies::Anomalie;
use ccapex::signalement::examen::Examen;
use ccapex::signalement::statut::Statut;
use jiff::civil::Date;
use serde::Serialize;

/// La réponse à une ligne. Sa forme JSON est celle du contrat ; une ligne donne toujours un objet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reponse {
    /// Le fichier d'où vient la ligne.
    pub fichier: String,
    /// La feuille, dans un classeur qui en a.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feuille: Option<String>,
    /// La ligne où elle commence.
    pub ligne: u64,
    /// La référence de l'émetteur.
    pub reference: Option<String>,
    /// La nature.
    pub nature: &'static str,
    /// La réponse.
    pub statut: Statut,
    /// Son motif.
    pub motif: Option<String>,
    /// Ce qui y conduit.
    pub explication: Vec<String>,
    /// Code INSEE de la commune.
    pub commune: Option<String>,
    /// La sous-commission.
    pub sous_commission: Option<String>,
    /// Le service en charge.
    pub service: Option<String>,
    /// Ce service n'est que celui par défaut.
    pub service_provisoire: bool,
    /// Fin du délai d'un commandement.
    pub fin_delai: Option<FinDeDelai>,
    /// La référence du dossier ouvert ou rejoint.
    pub dossier: Option<String>,
    /// `nouveau`, `certain` ou `a_confirmer`.
    pub rapprochement: Option<&'static str>,
    /// Les dossiers qui ressemblent, trois au plus, le meilleur d'abord.
    pub candidats: Vec<Candidat>,
    /// Les irrégularités.
    pub anomalies: Vec<Anomalie>,
    /// Les champs à compléter.
    pub a_completer: Vec<String>,
}

/// Les deux lectures de la fin d'un délai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FinDeDelai {
    /// Sans report.
    pub brute: Date,
    /// Reportée au premier jour ouvrable.
    pub prorogee: Date,
}

/// Un dossier qui ressemble.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidat {
    /// Sa référence.
    pub dossier: String,
    /// Les raisons.
    pub motifs: Vec<String>,
}

/// Un fichier refusé entier ; il est gardé.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FichierRefuse {
    /// Le fichier.
    pub fichier: String,
    /// Toujours « refuse ».
    pub statut: &'static str,
    /// Où, dans le fichier.
    pub ou: String,
    /// Ce qui se passe, pourquoi, quoi faire.
    pub motif: String,
}

impl FichierRefuse {
    /// Le refus d'un fichier.
    #[must_use]
    pub fn new(fichier: &str, ou: impl Into<String>, motif: impl Into<String>) -> Self {
        Self { fichier: fichier.to_owned(), statut: "refuse", ou: ou.into(), motif: motif.into() }
    }
}

/// La fin du délai d'un examen, dans la forme du contrat.
pub(crate) fn fin_de_delai(examen: &Examen) -> Option<FinDeDelai> {
    examen.fin_delai.map(|fin| FinDeDelai { brute: fin.brute, prorogee: fin.prorogee })
}
