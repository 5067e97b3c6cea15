//! Un ménage inventé, tout entier déduit de son numéro.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::communes::{Communes, Lieu};
use super::noms;
use super::tirage::Tirage;

/// Un ménage, son logement et son bail.
#[derive(Clone, Debug)]
pub(crate) struct Menage {
    pub(crate) nom: String,
    pub(crate) prenom: String,
    pub(crate) naissance: Date,
    pub(crate) telephone: String,
    pub(crate) courriel: String,
    pub(crate) numero: u64,
    pub(crate) voie: String,
    pub(crate) commune: &'static str,
    pub(crate) code_postal: &'static str,
    pub(crate) bailleur_type: &'static str,
    pub(crate) bailleur_nom: String,
    pub(crate) bailleur_adresse: String,
    pub(crate) bail: Date,
    /// En centimes.
    pub(crate) loyer: i64,
    pub(crate) charges: i64,
    pub(crate) aide: &'static str,
    pub(crate) adultes: u64,
    pub(crate) enfants: u64,
}

/// Habitants, en centaines, pour une rue : un logement à chaque numéro.
const HABITANTS_PAR_RUE: u64 = 2;

impl Menage {
    pub(crate) fn de(numero: u64, communes: &Communes) -> Self {
        let mut t = Tirage::de(1, numero);
        let (commune, code_postal, voie) = match communes.tire(&mut t) {
            Some(lieu) => (lieu.nom, lieu.code_postal, rue(lieu, &mut t)),
            None => ("", "", String::new()),
        };
        let nom = noms::nom(&mut t);
        let prenom = noms::prenom(&mut t);
        let naissance = date(1938, 1, 1).saturating_add(t.entre(0, 70 * 365).days());
        let bailleur_type = match t.sous(1_000) {
            0..740 => "personne_physique",
            740..880 => "sci_familiale",
            880..970 => "personne_morale",
            970..985 => "bailleur_social",
            985..995 => "SCI",
            _ => "",
        };
        let bailleur = noms::nom(&mut t);
        let bailleur_nom = match bailleur_type {
            "personne_physique" | "" => format!("{} {bailleur}", noms::prenom(&mut t)),
            "bailleur_social" => format!("Office {bailleur} Habitat"),
            "personne_morale" => format!("SARL {bailleur}"),
            _ => format!("SCI {bailleur}"),
        };
        let bailleur_adresse =
            format!("{}, {}, 62000 Arras", 1 + t.sous(90), noms::voie(9_999, t.sous(900)));
        let telephone = if t.sur_mille(450) {
            format!(
                "06 {:02} {:02} {:02} {:02}",
                t.sous(100),
                t.sous(100),
                t.sous(100),
                t.sous(100)
            )
        } else {
            String::new()
        };
        let courriel =
            if t.sur_mille(250) { format!("menage{numero}@example.com") } else { String::new() };
        Self {
            nom,
            prenom,
            naissance,
            telephone,
            courriel,
            numero: 1 + t.sous(118),
            voie,
            commune,
            code_postal,
            bailleur_type,
            bailleur_nom,
            bailleur_adresse,
            bail: date(2012, 1, 1).saturating_add(t.entre(0, 13 * 365).days()),
            loyer: 32_000 + t.entre(0, 25_000) + t.entre(0, 25_000),
            charges: t.entre(0, 12_000),
            aide: match t.sous(10) {
                0..5 => "oui",
                5..8 => "non",
                _ => "",
            },
            adultes: 1 + t.sous(2),
            enfants: t.sous(4).min(t.sous(4)),
        }
    }
}

fn rue(lieu: &Lieu, t: &mut Tirage) -> String {
    let rues = (lieu.population / HABITANTS_PAR_RUE).max(8);
    noms::voie(lieu.rang, t.sous(rues))
}
