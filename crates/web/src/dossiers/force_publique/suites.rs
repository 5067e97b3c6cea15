//! Les voies prioritaires d'un ménage que l'expulsion menace (charte, accompagnement de l'expulsion).

use ccapex::acte::gabarit::CONCLUSIONS;

use crate::composants::{Badge, Ton};
use crate::dossiers::vu::Vu;
use crate::{mots, urls};

/// Une voie de relogement ou d'hébergement : engagée ou non, et où la consigner.
pub struct Voie {
    pub titre: &'static str,
    pub etat: Badge,
    pub vers: String,
}

pub(super) fn voies(vu: &Vu<'_>) -> Vec<Voie> {
    let cours = &vu.cours;
    let demarche = |suivi: &Option<ccapex::cours::Suivi>| {
        let suivi = suivi.as_ref()?;
        Some(format!("{} le {}", suivi.demarche.etape.libelle(), mots::jour(suivi.le)))
    };
    let mesure = |code: &str| {
        let mesure = cours.dispositifs.iter().find(|m| m.code == code)?;
        Some(format!("{} le {}", mesure.etape.libelle(), mots::jour(mesure.le)))
    };
    let siao =
        cours.procedure.instruction.iter().rev().find(|(piece, ..)| *piece == "place_siao").map(
            |(_, le, dit)| {
                let dit = CONCLUSIONS.iter().find(|(code, _)| Some(*code) == dit.as_deref());
                format!("{} le {}", dit.map_or("saisi", |(_, en_mots)| en_mots), mots::jour(*le))
            },
        );
    [
        ("Hébergement : SIAO", siao.or_else(|| mesure("siao")), "place_siao", ""),
        ("Logement : DALO", demarche(&cours.demarches.dalo), "dalo", ""),
        ("Hébergement : DAHO", demarche(&cours.demarches.daho), "daho", ""),
        ("Contingent réservataire", mesure("contingent"), "dispositif", "contingent"),
        ("Agrément PLAI", mesure("plai"), "dispositif", "plai"),
        ("Mutation chez le bailleur", mesure("mutation"), "dispositif", "mutation"),
    ]
    .into_iter()
    .map(|(titre, engagee, acte, code)| {
        let etat = match engagee {
            Some(dit) => Badge::nouveau(Ton::Succes, mots::capitale(&dit)),
            None => Badge::nouveau(Ton::Attention, "Pas engagée"),
        };
        let vers = urls::consigner_un_acte(&vu.ouvert.vue.reference, acte);
        Voie { titre, etat, vers: urls::avec(&vers, &[("code", code)]) }
    })
    .collect()
}
