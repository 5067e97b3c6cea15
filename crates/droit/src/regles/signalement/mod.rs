//! Le signalement du commandement de payer à la commission : qui, et à partir de quels seuils.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::conclusion::{Conclusion, Motif};
use crate::delai::Delai;
use crate::jour::Jour;
use crate::montant::Montant;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, Version};
use crate::regles::commandement::LOI_DE_2023;
use crate::reponse::Reponse::{self, Inconnue, Non, Oui};
use crate::source::Source;

mod fiches;

pub(super) use fiches::REGLES;

/// Les deux seuils à partir desquels un commandement est signalé. Un seul suffit.
///
/// Fixés par la loi depuis le 29 juillet 2023 ; auparavant, par arrêté préfectoral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seuils {
    /// Mois d'impayé sans interruption.
    pub mois_impayes: u8,
    /// Nombre de loyers mensuels hors charges.
    pub fois_le_loyer: u8,
}

/// Entre quoi et quoi un arrêté préfectoral pouvait fixer chacun des deux seuils. Bornes comprises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bornes {
    /// Le plus petit seuil permis.
    pub minimum: u8,
    /// Le plus grand seuil permis.
    pub maximum: u8,
}

impl fmt::Display for Seuils {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} mois d'impayé sans interruption ou {} loyers hors charges",
            self.mois_impayes, self.fois_le_loyer
        )
    }
}

impl Bornes {
    /// Les deux seuils sont dans les bornes.
    pub fn admettent(self, seuils: Seuils) -> bool {
        let permis = self.minimum..=self.maximum;
        permis.contains(&seuils.mois_impayes) && permis.contains(&seuils.fois_le_loyer)
    }
}

const DECRET_DE_2015: Date = date(2015, 11, 1);
const DERNIER_JOUR_DES_ARRETES: Date = date(2023, 7, 28);
const DECRET: &str = "décret n° 2015-1384";
const PAS_D_ARRETE_AVANT: Lacune =
    Lacune::jusqu_au(date(2015, 10, 31), "le décret du 30 octobre 2015 n'était pas en vigueur");
const SEUILS_DANS_LA_LOI: Lacune =
    Lacune::depuis(LOI_DE_2023, "les seuils sont fixés par la loi, il n'y a plus d'arrêté");

pub(crate) static SEUILS: Parametre<Seuils> = Parametre {
    nom: "signalement_cdp_seuils",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2023,
        Seuils { mois_impayes: 2, fois_le_loyer: 2 },
        Source::rapportee("loi n° 89-462", "24, I"),
    )],
    lacunes: &[Lacune::jusqu_au(
        DERNIER_JOUR_DES_ARRETES,
        "les seuils étaient fixés par arrêté préfectoral",
    )],
};

pub(crate) static BORNES: Parametre<Bornes> = Parametre {
    nom: "signalement_cdp_bornes",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2015,
        DERNIER_JOUR_DES_ARRETES,
        Bornes { minimum: 3, maximum: 6 },
        Source::rapportee(DECRET, "14"),
    )],
    lacunes: &[PAS_D_ARRETE_AVANT, SEUILS_DANS_LA_LOI],
};

pub(crate) static DUREE_DES_ARRETES: Parametre<Delai> = Parametre {
    nom: "duree_arrete_seuils",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            date(2018, 12, 31),
            Delai::Annees(3),
            Source::rapportee(DECRET, "14"),
        ),
        Version::entre(
            date(2019, 1, 1),
            DERNIER_JOUR_DES_ARRETES,
            Delai::Annees(6),
            Source::rapportee(DECRET, "14"),
        ),
    ],
    lacunes: &[PAS_D_ARRETE_AVANT, SEUILS_DANS_LA_LOI],
};

/// Les seuils que la loi fixe pour un commandement signifié ce jour-là.
///
/// Rien avant le 29 juillet 2023 : l'arrêté du département décide, et il est dans les données du
/// territoire.
pub fn seuils_nationaux(signifie_le: Date) -> Option<Version<Seuils>> {
    SEUILS.en_vigueur(signifie_le).ok().cloned()
}

/// Les bornes qu'un arrêté pris ce jour-là devait respecter.
pub fn bornes(jour: Date) -> Option<Version<Bornes>> {
    BORNES.en_vigueur(jour).ok().cloned()
}

/// La plus longue durée d'un arrêté pris ce jour-là.
pub fn duree_maximale_arrete(jour: Date) -> Option<Version<Delai>> {
    DUREE_DES_ARRETES.en_vigueur(jour).ok().cloned()
}

/// Ce que la notice dit de l'impayé. Absent : inconnu, et non zéro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arriere {
    /// Premier terme resté impayé sans interruption depuis.
    pub impaye_depuis: Option<Date>,
    /// Signification du commandement.
    pub signifie_le: Date,
    /// Loyers ou charges dus.
    pub dette: Option<Montant>,
    /// Loyer d'un mois, hors charges.
    pub loyer_hors_charges: Option<Montant>,
}

/// Ce que les seuils disent d'un commandement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Eligibilite {
    /// Un seuil au moins est atteint.
    Eligible(Seuil),
    /// Les deux seuils ont été éprouvés, aucun n'est atteint.
    NonEligible,
    /// Aucun seuil n'est atteint, et l'un n'a pas pu l'être faute de ces champs.
    Incomplet(Vec<&'static str>),
}

/// Le seuil atteint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seuil {
    /// L'impayé dure depuis assez longtemps.
    Anciennete,
    /// La dette est assez grosse.
    Montant,
    /// L'un et l'autre.
    LesDeux,
}

/// L'arriéré atteint-il un des deux seuils ?
///
/// Un seul seuil suffit, même si l'autre ne peut pas être éprouvé. L'ancienneté est atteinte quand
/// `impaye_depuis` plus le nombre de mois ne dépasse pas la signification ; le montant, quand la
/// dette égale ou dépasse le nombre de loyers. Un loyer nul ou négatif ne dit rien : il vaut inconnu.
///
/// ```
/// use droit::montant::Montant;
/// use droit::regles::signalement::{Arriere, Eligibilite, Seuil, eligibilite, seuils_nationaux};
/// use jiff::civil::date;
///
/// let signifie_le = date(2026, 1, 15);
/// let arriere = Arriere {
///     impaye_depuis: Some(date(2025, 12, 5)),
///     signifie_le,
///     dette: Some(Montant::euros(1_300)),
///     loyer_hors_charges: Some(Montant::euros(600)),
/// };
/// let conclusion = eligibilite(&arriere, &seuils_nationaux(signifie_le).unwrap());
/// assert_eq!(conclusion.valeur, Eligibilite::Eligible(Seuil::Montant));
/// assert_eq!(conclusion.motifs.len(), 2);
/// ```
pub fn eligibilite(arriere: &Arriere, seuils: &Version<Seuils>) -> Conclusion<Eligibilite> {
    let (anciennete, motif_anciennete) = par_anciennete(arriere, seuils);
    let (montant, motif_montant) = par_montant(arriere, seuils);
    let valeur = match (anciennete, montant) {
        (Oui, Oui) => Eligibilite::Eligible(Seuil::LesDeux),
        (Oui, Non | Inconnue) => Eligibilite::Eligible(Seuil::Anciennete),
        (Non | Inconnue, Oui) => Eligibilite::Eligible(Seuil::Montant),
        (Non, Non) => Eligibilite::NonEligible,
        (Inconnue, Non | Inconnue) | (Non, Inconnue) => {
            Eligibilite::Incomplet(champs_manquants(arriere))
        }
    };
    Conclusion { valeur, motifs: vec![motif_anciennete, motif_montant] }
}

/// Le seuil d'ancienneté, seul.
pub fn par_anciennete(arriere: &Arriere, seuils: &Version<Seuils>) -> (Reponse, Motif) {
    let mois = seuils.valeur.mois_impayes;
    let (reponse, constat) = match arriere.impaye_depuis {
        None => (
            Inconnue,
            format!(
                "ancienneté de l'impayé inconnue, pour un seuil de {mois} mois sans interruption"
            ),
        ),
        Some(depuis) => {
            let atteint_le = depuis.saturating_add(i64::from(mois).months());
            let atteint = atteint_le <= arriere.signifie_le;
            let verbe = if atteint { "atteint" } else { "atteint seulement" };
            (
                Reponse::from(atteint),
                format!(
                    "impayé depuis le {} : seuil de {mois} mois {verbe} le {}, pour un acte du {}",
                    Jour(depuis),
                    Jour(atteint_le),
                    Jour(arriere.signifie_le)
                ),
            )
        }
    };
    (reponse, Motif::new(constat, seuils.source.clone()))
}

/// Le seuil de montant, seul.
pub fn par_montant(arriere: &Arriere, seuils: &Version<Seuils>) -> (Reponse, Motif) {
    let fois = seuils.valeur.fois_le_loyer;
    let (reponse, constat) = match (arriere.dette, loyer_utile(arriere)) {
        (Some(dette), Some(loyer)) => {
            let seuil = loyer.fois(u32::from(fois));
            (
                Reponse::from(dette >= seuil),
                format!(
                    "dette de {dette}, pour un seuil de {fois} loyers hors charges, soit {seuil}"
                ),
            )
        }
        (None, _) => {
            (Inconnue, format!("dette inconnue, pour un seuil de {fois} loyers hors charges"))
        }
        (Some(dette), None) => (
            Inconnue,
            format!("dette de {dette}, loyer hors charges inconnu, pour un seuil de {fois} loyers"),
        ),
    };
    (reponse, Motif::new(constat, seuils.source.clone()))
}

fn loyer_utile(arriere: &Arriere) -> Option<Montant> {
    arriere.loyer_hors_charges.filter(|loyer| *loyer > Montant::default())
}

fn champs_manquants(arriere: &Arriere) -> Vec<&'static str> {
    [
        (arriere.impaye_depuis.is_none(), "impaye_depuis"),
        (arriere.dette.is_none(), "montant_dette"),
        (loyer_utile(arriere).is_none(), "loyer_hors_charges"),
    ]
    .into_iter()
    .filter_map(|(manque, champ)| manque.then_some(champ))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_seuil_suffit_et_l_inconnu_n_est_pas_zero() {
        use Eligibilite::{Eligible, Incomplet, NonEligible};

        let acte = date(2026, 3, 31);
        let (recent, ancien) = (Some(date(2026, 2, 1)), Some(date(2026, 1, 31)));
        let (peu, assez) = (Some(119_999), Some(120_000));
        let loyer = Some(60_000);
        #[rustfmt::skip]
        let cas = [
            // impayé depuis  dette   loyer     conclusion
            (ancien,          assez,  loyer,    Eligible(Seuil::LesDeux)),
            (ancien,          peu,    loyer,    Eligible(Seuil::Anciennete)),
            (recent,          assez,  loyer,    Eligible(Seuil::Montant)),
            (recent,          peu,    loyer,    NonEligible),
            (ancien,          None,   None,     Eligible(Seuil::Anciennete)),
            (None,            assez,  loyer,    Eligible(Seuil::Montant)),
            (None,            peu,    loyer,    Incomplet(vec!["impaye_depuis"])),
            (recent,          None,   loyer,    Incomplet(vec!["montant_dette"])),
            (recent,          peu,    None,     Incomplet(vec!["loyer_hors_charges"])),
            (recent,          assez,  Some(0),  Incomplet(vec!["loyer_hors_charges"])),
            (None,            None,   None,     Incomplet(vec!["impaye_depuis", "montant_dette", "loyer_hors_charges"])),
        ];
        let seuils = seuils_nationaux(acte).unwrap();
        for (impaye_depuis, dette, loyer, attendue) in cas {
            let arriere = Arriere {
                impaye_depuis,
                signifie_le: acte,
                dette: dette.map(Montant::centimes),
                loyer_hors_charges: loyer.map(Montant::centimes),
            };
            assert_eq!(eligibilite(&arriere, &seuils).valeur, attendue, "{arriere:?}");
        }
    }

    #[test]
    fn les_seuils_sont_nationaux_a_partir_du_29_juillet_2023() {
        assert!(seuils_nationaux(date(2023, 7, 28)).is_none());
        assert!(seuils_nationaux(date(2023, 7, 29)).is_some());
        assert!(bornes(date(2023, 7, 28)).is_some());
        assert!(bornes(date(2023, 7, 29)).is_none());
        let bornes = bornes(date(2016, 3, 16)).unwrap().valeur;
        assert!(bornes.admettent(Seuils { mois_impayes: 6, fois_le_loyer: 3 }));
        assert!(!bornes.admettent(Seuils { mois_impayes: 7, fois_le_loyer: 3 }));
        assert!(!bornes.admettent(Seuils { mois_impayes: 3, fois_le_loyer: 2 }));
    }
}
