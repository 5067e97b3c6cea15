//! Les recours contre la décision, et le jugement qui tombe faute d'être notifié.

use jiff::civil::Date;

use crate::calendrier::Territoire;
use crate::catalogue::Regle;
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Echeance, Report};
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Parametre, SansVersion, Version};
use crate::resultat::{self, Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::distance::{Residence, mois_de_distance, residence};

static AU_FOND: Parametre<Delai> = Parametre {
    nom: "delai_appel",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Mois(1), Source::lue("CPC", "538"))],
    lacunes: &[],
};

static EN_REFERE: Parametre<Delai> = Parametre {
    nom: "delai_appel_refere",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Jours(15), Source::lue("CPC", "490"))],
    lacunes: &[],
};

static NON_AVENU: Parametre<Delai> = Parametre {
    nom: "jugement_non_avenu",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Mois(6), Source::lue("CPC", "478"))],
    lacunes: &[],
};

/// Dernier jour pour faire appel d'un jugement au fond, distance et report compris.
///
/// # Erreurs
///
/// Aucune tant que l'article 538 reste en vigueur.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::regles::appel::dernier_jour_d_appel;
/// use droit::regles::distance::Residence;
/// use jiff::civil::date;
///
/// let arras = Territoire::Metropole;
/// let fin = dernier_jour_d_appel(date(2026, 4, 1), arras, Residence::France(arras)).unwrap();
/// assert_eq!(fin.valeur.retenue, date(2026, 5, 4)); // le 1er mai est férié, puis un week-end
/// ```
pub fn dernier_jour_d_appel(
    signifie_le: Date,
    tribunal: Territoire,
    residence: Residence,
) -> Result<Conclusion<Echeance>, SansVersion> {
    let version = AU_FOND.en_vigueur(signifie_le)?;
    let delai = version.valeur.augmente(mois_de_distance(tribunal, residence));
    let echeance = delai.echeance(signifie_le, Report::JourOuvrable, &tribunal);
    let motif = Motif::new(
        format!(
            "jugement signifié le {} : appel dans le délai de {delai}, jusqu'au {}",
            Jour(signifie_le),
            Jour(echeance.retenue)
        ),
        version.source.clone(),
    );
    Ok(Conclusion { valeur: echeance, motifs: vec![motif] })
}

const FAITS: &[&str] = &["residence"];
const OPTIONS: &[&str] = &["report_642"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&AU_FOND, au_fond)
        .titre("Appel d'un jugement au fond", "de la signification du jugement à la fin du délai d'appel")
        .rattachee_a("la date de la signification").faits(FAITS).options(OPTIONS)
        .exemple("--depuis 2026-09-15"),
    Regle::propre(&EN_REFERE, en_refere)
        .titre("Appel d'une ordonnance de référé", "de la signification de l'ordonnance à la fin du délai d'appel")
        .rattachee_a("la date de la signification").faits(FAITS).options(OPTIONS)
        .exemple("--depuis 2026-09-15"),
    Regle::delai(&NON_AVENU, Article642::Joue)
        .titre("Jugement non avenu", "un jugement par défaut, ou réputé contradictoire parce que susceptible d'appel, tombe s'il n'est pas notifié à temps")
        .rattachee_a("la date du jugement").exemple("--depuis 2026-08-31"),
];

fn au_fond(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    appliquer(demande, &AU_FOND)
}

fn en_refere(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    appliquer(demande, &EN_REFERE)
}

fn appliquer(demande: &Demande<'_>, regle: &'static Parametre<Delai>) -> Result<Resultat, Refus> {
    let signifie_le = demande.depuis()?;
    let residence = residence(demande)?;
    Ok(selon_la_version(demande, regle, signifie_le, |resultat, version| {
        let mois = residence.map_or(0, |lieu| mois_de_distance(demande.territoire(), lieu));
        let resultat = resultat.motif(format!("appel : {}", version.valeur), &version.source);
        let resultat = if mois == 0 {
            resultat
        } else {
            resultat
                .motif(format!("distance : {mois} mois de plus"), &Source::lue("CPC", "643 à 645"))
        };
        let fin = (signifie_le, version.valeur.augmente(mois));
        resultat::courir(resultat, demande, fin, Article642::Joue)
    }))
}
