//! Ce qui est gardé d'un diagnostic : chaque écriture remplace les rubriques qu'elle nomme.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Saisie;
use crate::acte::Quoi;
use crate::dossier::Dossier;
use crate::identifiants::NoticeId;
use crate::notice::{Identite, Nature};

/// Une écriture de rubriques, dans l'ordre du journal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ecriture<'a> {
    /// Le fait qui l'a gardée.
    pub fait: &'a str,
    /// Le jour.
    pub le: Date,
    /// Les rubriques qu'elle remplace.
    pub rubriques: &'a [String],
    /// Leurs textes, au coffre.
    pub textes: &'a BTreeMap<String, String>,
}

/// Une rubrique vidée n'a rien au coffre.
static VIDE: BTreeMap<String, String> = BTreeMap::new();

/// Ce qui est gardé d'un diagnostic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redige {
    /// Ce qui est écrit.
    pub saisie: Saisie,
    /// Les rubriques écrites, et leur dernière écriture.
    pub rubriques: BTreeMap<String, Derniere>,
}

/// La dernière écriture d'une rubrique : qui l'a ouverte ensuite part de là.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derniere {
    /// Le jour.
    pub le: Date,
    /// Le fait qui la garde.
    pub fait: String,
}

/// Fond les écritures, dans l'ordre : la dernière d'une rubrique l'emporte en entier.
///
/// Une écriture dont les textes ont été effacés du coffre laisse ses rubriques écrites, et vides.
#[must_use]
pub fn redige<'a>(ecritures: impl IntoIterator<Item = Ecriture<'a>>) -> Redige {
    let mut redige = Redige::default();
    for ecriture in ecritures {
        for rubrique in ecriture.rubriques {
            let prefixe = format!("{rubrique}.");
            redige.saisie.retain(|cle, _| !cle.starts_with(&prefixe));
            let siens = ecriture.textes.iter().filter(|(cle, _)| cle.starts_with(&prefixe));
            redige.saisie.extend(siens.map(|(cle, texte)| (cle.clone(), texte.clone())));
            let derniere = Derniere { le: ecriture.le, fait: ecriture.fait.to_owned() };
            redige.rubriques.insert(rubrique.clone(), derniere);
        }
    }
    redige
}

/// Les écritures du diagnostic de l'audience à venir : celles qui suivent la dernière assignation.
///
/// Une nouvelle audience appelle un nouveau diagnostic : l'ancien reste au journal.
#[must_use]
pub fn ecritures<'a>(
    dossier: &'a Dossier,
    coffre: &'a BTreeMap<NoticeId, Identite>,
) -> Vec<Ecriture<'a>> {
    let assignation = dossier
        .en_vigueur()
        .filter(|n| n.nature == Nature::Assignation)
        .map(|n| n.contenu.date.unwrap_or(n.recue_le))
        .max();
    dossier
        .actes
        .iter()
        .filter(|acte| assignation.is_none_or(|le| acte.consigne.date >= le))
        .filter_map(|acte| {
            let Quoi::DsfRedige { rubriques } = &acte.consigne.quoi else { return None };
            let textes = acte.consigne.coffre.and_then(|cle| coffre.get(&cle));
            let textes = textes.map_or(&VIDE, |identite| &identite.textes);
            Some(Ecriture { fait: &acte.id, le: acte.consigne.date, rubriques, textes })
        })
        .collect()
}
