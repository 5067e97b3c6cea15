//! Le règlement intérieur : délais de réponse selon l'origine, réunions, suivi, fondements acceptés.

use std::collections::BTreeMap;

use droit::calendrier::Territoire;
use droit::delai::Delai;
use droit::regles::commission::delai_reponse_plafond;
use droit::source::Source;
use jiff::civil::{Date, date};

use super::champs::{Champs, Racine, enumerer};
use super::{Choix, Profil};

/// Les délais de réponse d'une version du règlement.
#[derive(Clone, Debug, PartialEq)]
pub struct Reglement {
    /// Premier jour, compris.
    pub du: Date,
    /// Dernier jour, compris.
    pub au: Option<Date>,
    /// Comment cette version a été adoptée : avis de la plénière, publication.
    pub adoption: String,
    /// Par origine de la saisine.
    pub reponse: BTreeMap<String, Choix<Delai>>,
}

/// Une réunion à tenir au moins une fois par période.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cadence {
    /// « sous_commission ».
    pub instance: String,
    /// Le nom de la réunion.
    pub nom: String,
    /// La plus longue durée entre deux réunions.
    pub au_moins_tous_les: Delai,
    /// Le texte.
    pub source: Source,
}

/// Le suivi des situations après leur examen en séance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suivi {
    /// Quand on les revoit.
    pub apres_seance: Delai,
    /// Jusqu'à quand on note ce qu'elles deviennent.
    pub limite: Delai,
    /// Le texte.
    pub source: Source,
}

/// Les origines d'une saisine ou d'une alerte.
const ORIGINES: [&str; 15] = [
    "caf",
    "msa",
    "comed",
    "fsl",
    "prefet",
    "bailleur",
    "bailleur_social",
    "adil",
    "service_social",
    "maire",
    "association",
    "locataire",
    "commissaire_de_justice",
    "siao",
    AUTRE_ORIGINE,
];
const AUTRE_ORIGINE: &str = "autre";

/// Le dernier jour où le plafond est connu (droit, doute n° 21) : le profil n'en franchit pas de plus haut.
const PLAFOND_CONNU: Date = date(2026, 2, 13);

const FONDEMENTS: [&str; 7] = [
    "impaye",
    "troubles",
    "conge_vente",
    "conge_reprise",
    "sans_titre",
    "defaut_assurance",
    "autre",
];

impl Profil {
    /// Le délai de réponse à une saisine reçue ce jour-là, selon son origine.
    ///
    /// Une origine que le règlement ne nomme pas prend le délai de « autre ». Un jour que ne couvre
    /// aucune version prend trois mois, et la source le dit.
    pub fn delai_de_reponse(&self, origine: &str, recue_le: Date) -> Choix<Delai> {
        let version = self
            .reglements
            .iter()
            .find(|r| r.du <= recue_le && r.au.is_none_or(|au| recue_le <= au));
        version
            .and_then(|r| r.reponse.get(origine).or_else(|| r.reponse.get(AUTRE_ORIGINE)).cloned())
            .unwrap_or(Choix {
                valeur: Delai::Mois(3),
                source: Source::incertaine(
                    "aucun règlement intérieur connu ce jour-là ; plafond de trois mois retenu par prudence",
                    "",
                ),
            })
    }
}

pub(super) fn lire(racine: &Racine<'_>) -> Vec<Reglement> {
    let champs = racine.liste("reglement", None);
    if champs.is_empty() {
        racine.section("reglement");
    }
    let mut lus: Vec<(usize, Reglement)> =
        (0..).zip(&champs).filter_map(|(rang, c)| Some((rang, un(c)?))).collect();
    lus.sort_by_key(|(_, reglement)| reglement.du);
    for paire in lus.windows(2) {
        if paire[0].1.au.is_none_or(|au| paire[1].1.du <= au) {
            champs[paire[1].0].refuser(
                "du",
                "deux versions du règlement s'appliquent le même jour",
                "Donnez à la plus ancienne un dernier jour (« au ») : la veille de celle-ci.",
            );
        }
    }
    lus.into_iter().map(|(_, reglement)| reglement).collect()
}

fn un(champs: &Champs<'_>) -> Option<Reglement> {
    let (au, adoption) = (champs.jour_option("au"), champs.texte("adoption"));
    let section = champs.section("reponse");
    let du = champs.jour("du")?;
    let mut reponse = BTreeMap::new();
    if let Some(section) = section {
        for origine in section.noms() {
            if !ORIGINES.contains(&origine) {
                section.refuser(
                    origine,
                    "origine inconnue",
                    format!("Choisissez : {}.", enumerer(ORIGINES.iter())),
                );
            }
            let choix = section.choix(origine, "delai", |c, cle| c.delai(cle));
            verifier_plafond(&section, origine, choix.valeur, du);
            reponse.insert(origine.to_owned(), choix);
        }
    }
    if !reponse.contains_key(AUTRE_ORIGINE) {
        champs.refuser(
            "reponse.autre",
            "ce délai manque",
            "Écrivez celui des origines que le règlement ne nomme pas.",
        );
    }
    Some(Reglement { du, au, adoption, reponse })
}

/// Le plafond ne vise en droit que les organismes payeurs, la commission de médiation et le FSL ;
/// aucune origine n'a de raison d'attendre davantage.
fn verifier_plafond(section: &Champs<'_>, origine: &str, delai: Delai, du: Date) {
    let Some(plafond) = delai_reponse_plafond(du).or_else(|| delai_reponse_plafond(PLAFOND_CONNU))
    else {
        return;
    };
    if depasse(delai, plafond.valeur) {
        section.refuser(
            origine,
            format!(
                "un délai de {delai} dépasse le plafond légal de {} ({})",
                plafond.valeur, plafond.source
            ),
            format!("Écrivez un délai de {} au plus.", plafond.valeur),
        );
    }
}

/// Le délai finit-il après le plafond, pour au moins un jour de départ ? Les mois sont inégaux.
fn depasse(delai: Delai, plafond: Delai) -> bool {
    (1..=12).any(|mois| {
        let depart = date(2026, mois, 1);
        delai.terme(depart, &Territoire::Metropole) > plafond.terme(depart, &Territoire::Metropole)
    })
}

pub(super) fn cadences(racine: &Racine<'_>) -> Vec<Cadence> {
    racine
        .liste("cadence", None)
        .iter()
        .map(|c| Cadence {
            instance: c.texte("instance"),
            nom: c.texte("nom"),
            au_moins_tous_les: c.delai("au_moins_tous_les"),
            source: c.source(),
        })
        .collect()
}

pub(super) fn suivi(racine: &Racine<'_>) -> Option<Suivi> {
    racine.option("suivi").map(|c| Suivi {
        apres_seance: c.delai("apres_seance"),
        limite: c.delai("limite"),
        source: c.source(),
    })
}

pub(super) fn fondements(racine: &Racine<'_>) -> Choix<Vec<String>> {
    let Some(champs) = racine.section("fondements") else {
        return Choix::default();
    };
    let acceptes = champs.textes("acceptes");
    for inconnu in acceptes.iter().filter(|f| !FONDEMENTS.contains(&f.as_str())) {
        champs.refuser(
            "acceptes",
            format!("« {inconnu} » n'est pas un fondement"),
            format!("Choisissez : {}.", enumerer(FONDEMENTS.iter())),
        );
    }
    if acceptes.is_empty() {
        champs.refuser("acceptes", "aucun fondement n'est accepté", "Écrivez au moins « impaye ».");
    }
    Choix { valeur: acceptes, source: champs.source() }
}
