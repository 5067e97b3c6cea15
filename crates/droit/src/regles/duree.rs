//! Les durées que quelqu'un fixe entre des bornes : le juge, la commission, les parties.

use std::fmt;

use jiff::civil::Date;

use crate::calendrier::Territoire;
use crate::conclusion::{Conclusion, Motif};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{Parametre, SansVersion, Version};
use crate::reponse::Reponse;
use crate::resultat::{self, Article642, Resultat, selon_la_version};

/// Entre quoi et quoi une durée peut être fixée. Bornes comprises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fourchette {
    /// La plus courte durée permise, quand il y en a une.
    pub minimum: Option<Delai>,
    /// La plus longue durée permise.
    pub maximum: Delai,
}

impl Fourchette {
    pub(crate) const fn au_plus(maximum: Delai) -> Self {
        Self { minimum: None, maximum }
    }

    pub(crate) const fn entre(minimum: Delai, maximum: Delai) -> Self {
        Self { minimum: Some(minimum), maximum }
    }

    /// Un nombre de mois est dans les bornes.
    pub fn admet_mois(self, mois: u16) -> bool {
        self.minimum.is_none_or(|minimum| en_mois(minimum) <= mois) && mois <= en_mois(self.maximum)
    }
}

impl fmt::Display for Fourchette {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minimum {
            Some(minimum) => write!(f, "de {minimum} à {}", self.maximum),
            None => write!(f, "{} au plus", self.maximum),
        }
    }
}

/// Les bornes du droit sont toutes en mois ou en années ; les jours d'un délai mixte ne comptent pas.
const fn en_mois(delai: Delai) -> u16 {
    match delai {
        Delai::Mois(mois) | Delai::Mixte { mois, .. } => mois,
        Delai::Annees(annees) => annees.saturating_mul(12),
        Delai::Jours(_) | Delai::JoursOuvres(_) | Delai::Semaines(_) => 0,
    }
}

/// Une durée accordée ce jour-là est-elle dans les bornes de ce jour-là, et quand finit-elle ?
///
/// # Erreurs
///
/// [`SansVersion`] hors de la période connue de la règle.
pub(super) fn accordee(
    parametre: &'static Parametre<Fourchette>,
    accordee_le: Date,
    mois: u16,
) -> Result<Conclusion<(Reponse, Date)>, SansVersion> {
    let version = parametre.en_vigueur(accordee_le)?;
    let fin = Delai::Mois(mois).terme(accordee_le, &Territoire::Metropole);
    let motif = juger(version, mois);
    Ok(Conclusion { valeur: (version.valeur.admet_mois(mois).into(), fin), motifs: vec![motif] })
}

fn juger(version: &Version<Fourchette>, mois: u16) -> Motif {
    let verdict =
        if version.valeur.admet_mois(mois) { "dans les bornes" } else { "hors des bornes" };
    Motif::new(format!("{mois} mois : {verdict} ({})", version.valeur), version.source.clone())
}

/// Applique la règle : dit si la durée demandée est permise, et quand elle finit. Sans durée
/// demandée, donne la fin de la plus longue ; sans point de départ, seulement si elle est permise.
pub(super) fn appliquer(
    demande: &Demande<'_>,
    parametre: &'static Parametre<Fourchette>,
    article: Article642,
) -> Result<Resultat, Refus> {
    let mois = demande.nombre("mois");
    let depuis = match mois {
        Some(_) => demande.entree.depuis,
        None => Some(demande.depuis()?),
    };
    Ok(selon_la_version(demande, parametre, demande.jour(), |resultat, version| {
        let permise = mois.is_none_or(|mois| version.valeur.admet_mois(mois));
        let resultat = match mois {
            Some(mois) => resultat.conclut(permise).motifs(&[juger(version, mois)]),
            None => resultat.motif(
                format!("la plus longue durée permise : {}", version.valeur.maximum),
                &version.source,
            ),
        };
        let delai = mois.map_or(version.valeur.maximum, Delai::Mois);
        match depuis.filter(|_| permise) {
            Some(depuis) => resultat::courir(resultat, demande, (depuis, delai), article),
            None => resultat,
        }
    }))
}
