//! Les irrégularités d'un acte : dites, jamais opposées à sa réception.

use droit::calendrier::Territoire;
use droit::catalogue;
use droit::conclusion::Motif;
use droit::jour::Jour;
use droit::regles::{assignation, signification};
use jiff::civil::Date;
use serde::Serialize;

use crate::notice::{Contenu, Nature};
use crate::signalement::fin_du_delai::fin_du_delai;

/// Une irrégularité, par la règle qui la fait apparaître.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Anomalie {
    /// Le nom de la règle.
    pub regle: &'static str,
    /// Ce qui est irrégulier, et d'après quel texte.
    pub motif: String,
    /// Ce qui en suit.
    #[serde(skip)]
    pub consequence: &'static str,
}

impl Anomalie {
    /// L'irrégularité d'un fait de ce jour-là ; rien si la règle ne dit rien ce jour-là.
    pub(crate) fn selon(
        regle: &'static str,
        jour: Date,
        constat: impl Into<String>,
        consequence: &'static str,
    ) -> Option<Self> {
        let version = catalogue::regle(regle)?.le(jour).ok()?;
        Some(Self { regle, motif: Motif::new(constat, version.source).to_string(), consequence })
    }
}

/// Ce qui suit d'un acte délivré un jour interdit.
pub(crate) const ACTE_ANNULABLE: &str = "le juge peut annuler l'acte à la demande de qui en subit un grief ; il est enregistré tel quel, et sa date est à confirmer";

/// Les irrégularités d'un acte, sachant les commandements de payer déjà connus du dossier.
///
/// Une assignation est comparée au dernier commandement délivré avant elle.
#[must_use]
pub fn anomalies(nature: Nature, contenu: &Contenu, commandements: &[&Contenu]) -> Vec<Anomalie> {
    let Some(date) = contenu.date else { return Vec::new() };
    let mut anomalies = Vec::new();
    if nature.est_un_exploit() {
        let territoire = Territoire::de_commune(contenu.commune.as_deref().unwrap_or_default());
        if let Some(motif) = signification::jour_interdit(date, territoire) {
            anomalies.push(Anomalie {
                regle: "signification_jours_heures",
                motif: motif.to_string(),
                consequence: ACTE_ANNULABLE,
            });
        }
    }
    if nature == Nature::Assignation {
        anomalies.extend(avant_la_fin_du_delai(date, commandements));
        anomalies.extend(notification_tardive(date, contenu));
    }
    anomalies
}

fn avant_la_fin_du_delai(assignee_le: Date, commandements: &[&Contenu]) -> Option<Anomalie> {
    let dernier = commandements
        .iter()
        .filter(|c| c.date.is_some_and(|date| date <= assignee_le))
        .max_by_key(|c| c.date)?;
    let fin = fin_du_delai(Nature::Cdp, dernier).ok()?;
    (assignee_le < fin.valeur.premier_jour_possible).then(|| Anomalie {
        regle: "delai_commandement_de_payer",
        motif: format!(
            "assignation délivrée le {}, avant la fin du délai laissé par le commandement : le locataire pouvait payer jusqu'au {} inclus (loi n° 89-462, art. 24)",
            Jour(assignee_le),
            Jour(fin.valeur.retenue)
        ),
        consequence: "la demande est irrecevable : il faut assigner de nouveau, le délai écoulé",
    })
}

fn notification_tardive(assignee_le: Date, contenu: &Contenu) -> Option<Anomalie> {
    let (audience, notifiee_le) = (contenu.date_audience?, contenu.date_notification_prefet?);
    let limite = assignation::dernier_jour_notification_prefet(audience, assignee_le).ok()?;
    (notifiee_le > limite.valeur).then(|| Anomalie {
        regle: "delai_notification_prefet",
        motif: format!(
            "assignation notifiée au préfet le {}, trop près de l'audience du {} : le dernier jour utile était le {} (loi n° 89-462, art. 24, III)",
            Jour(notifiee_le),
            Jour(audience),
            Jour(limite.valeur)
        ),
        consequence: "la demande est irrecevable à cette audience ; un renvoi ne la régularise pas, seule le peut une nouvelle notification faite à temps",
    })
}
