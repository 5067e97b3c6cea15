//! L'augmentation des délais à raison de la distance.

use std::str::FromStr;

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{ETUDE_DU, Parametre, Version};
use crate::resultat::{self, Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::computation::avant;

/// Où vit la personne à qui le délai est laissé.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residence {
    /// En France, dans ce territoire.
    France(Territoire),
    /// Hors de France.
    Etranger,
}

impl FromStr for Residence {
    type Err = ();

    /// Le nom du territoire sans accent (« la_reunion », « metropole »), le code d'une de ses
    /// communes, ou « etranger ».
    fn from_str(texte: &str) -> Result<Self, ()> {
        let nom = texte.trim().to_lowercase().replace(['é', 'è'], "e").replace([' ', '-'], "_");
        let code = match nom.trim_start_matches("la_").trim_start_matches("l'") {
            "etranger" => return Ok(Self::Etranger),
            "metropole" | "france" | "alsace" | "moselle" | "hexagone" => "62041",
            "guadeloupe" => "97105",
            "martinique" => "97209",
            "guyane" => "97302",
            "reunion" => "97411",
            "saint_pierre_et_miquelon" => "97502",
            "mayotte" => "97608",
            "saint_barthelemy" => "97701",
            "saint_martin" => "97801",
            "taaf" | "terres_australes" => "98411",
            "wallis_et_futuna" => "98611",
            "polynesie" | "polynesie_francaise" => "98735",
            "nouvelle_caledonie" => "98818",
            code if code.len() == 5 && code.bytes().skip(2).all(|octet| octet.is_ascii_digit()) => {
                code
            }
            _ => return Err(()),
        };
        Ok(Self::France(Territoire::de_commune(code)))
    }
}

/// De combien de mois un délai de comparution ou de recours est augmenté.
///
/// Ne vaut que pour la comparution, l'appel, l'opposition, la tierce opposition, le recours en
/// révision et le pourvoi. L'Alsace et la Moselle sont en métropole.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::regles::distance::{Residence, mois_de_distance};
///
/// let arras = Territoire::Metropole;
/// assert_eq!(mois_de_distance(arras, Residence::France(Territoire::Reunion)), 1);
/// assert_eq!(mois_de_distance(arras, Residence::Etranger), 2);
/// assert_eq!(mois_de_distance(Territoire::Reunion, Residence::France(Territoire::Reunion)), 0);
/// ```
pub fn mois_de_distance(tribunal: Territoire, residence: Residence) -> u16 {
    match residence {
        Residence::Etranger => 2,
        Residence::France(territoire) => {
            let meme_lieu = territoire == tribunal
                || (!territoire.est_outre_mer() && !tribunal.est_outre_mer());
            u16::from(!meme_lieu)
        }
    }
}

const DECRET_DE_2005: Date = date(2005, 1, 1);

static METROPOLE: Parametre<Enonce> = Parametre {
    nom: "augmentation_distance_metropole",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2005,
        Enonce::oui("un mois de plus pour qui vit outre-mer, deux mois pour qui vit à l'étranger"),
        Source::lue("CPC", "643, 645"),
    )],
    lacunes: &[avant(date(2004, 12, 31))],
};

static OUTRE_MER: Parametre<Enonce> = Parametre {
    nom: "augmentation_distance_outremer",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2005,
        Enonce::oui("un mois de plus pour qui vit hors de la collectivité, deux mois à l'étranger"),
        Source::lue("CPC", "644, 645"),
    )],
    lacunes: &[avant(date(2004, 12, 31))],
};

const FAITS: &[&str] = &["residence", "mois"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&METROPOLE, en_metropole)
        .titre("Distance, tribunal de métropole", "un recours d'un mois, sans autre indication, d'une personne qui vit loin")
        .faits(FAITS).options(&["report_642"])
        .exemple("--depuis 2026-04-01 --fait residence=guadeloupe"),
    Regle::propre(&OUTRE_MER, outre_mer)
        .titre("Distance, tribunal d'outre-mer", "un recours d'un mois, sans autre indication, d'une personne qui vit hors de la collectivité")
        .faits(FAITS).options(&["report_642"])
        .exemple("--depuis 2026-04-01 --commune 97209 --fait residence=metropole"),
];

fn en_metropole(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    appliquer(demande, &METROPOLE)
}

fn outre_mer(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    appliquer(demande, &OUTRE_MER)
}

fn appliquer(demande: &Demande<'_>, regle: &'static Parametre<Enonce>) -> Result<Resultat, Refus> {
    let depuis = demande.depuis()?;
    let residence = residence(demande)?.ok_or_else(|| demande.fait_manquant("residence"))?;
    let base = Delai::Mois(demande.nombre("mois").unwrap_or(1));
    Ok(selon_la_version(demande, regle, depuis, |resultat, version| {
        let delai = base.augmente(mois_de_distance(demande.territoire(), residence));
        let enonce = resultat.motif(version.valeur.to_string(), &version.source);
        resultat::courir(enonce, demande, (depuis, delai), Article642::Joue)
    }))
}

/// La résidence donnée, si elle l'est.
pub(super) fn residence(demande: &Demande<'_>) -> Result<Option<Residence>, Refus> {
    demande
        .mot("residence")
        .map(|mot| {
            mot.parse().map_err(|()| Refus::Illisible {
                nom: "residence".to_owned(),
                valeur: mot.to_owned(),
                attendu: "un territoire, le code d'une commune, ou etranger",
                exemple: "guadeloupe".to_owned(),
            })
        })
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_residence_se_dit_par_un_nom_ou_un_code() {
        #[rustfmt::skip]
        let cas = [
            ("étranger",            Ok(Residence::Etranger)),
            ("La Réunion",          Ok(Residence::France(Territoire::Reunion))),
            ("reunion",             Ok(Residence::France(Territoire::Reunion))),
            ("97209",               Ok(Residence::France(Territoire::Martinique))),
            ("2A004",               Ok(Residence::France(Territoire::Metropole))),
            ("nouvelle-caledonie",  Ok(Residence::France(Territoire::NouvelleCaledonie))),
            ("lune",                Err(())),
        ];
        for (texte, residence) in cas {
            assert_eq!(texte.parse::<Residence>(), residence, "{texte}");
        }
    }

    #[test]
    fn l_alsace_et_le_pas_de_calais_sont_au_meme_lieu() {
        let strasbourg = Territoire::de_commune("67482");
        assert_eq!(mois_de_distance(strasbourg, Residence::France(Territoire::Metropole)), 0);
        assert_eq!(mois_de_distance(Territoire::Reunion, Residence::France(strasbourg)), 1);
        assert_eq!(
            mois_de_distance(Territoire::Guadeloupe, Residence::France(Territoire::Martinique)),
            1
        );
    }
}
