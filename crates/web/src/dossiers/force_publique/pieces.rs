//! Ce qui fonde une décision : les pièces de l'instruction, la régularité de chaque étape.

use ccapex::acte::gabarit::CONCLUSIONS;
use ccapex::cours::frise::Sorte as SorteDeJalon;
use ccapex::notice::Nature;

use crate::actes::annonce::Irregularite;
use crate::actes::sorte::Sorte;
use crate::composants::{Badge, Champ, Ton};
use crate::dossiers::vu::Vu;
use crate::{mots, urls};

/// Une pièce de l'instruction, et de quoi la consigner sur place.
pub struct Piece {
    pub code: &'static str,
    pub titre: &'static str,
    pub etat: Badge,
    pub recue: String,
    pub champs: Vec<Champ>,
    pub vers: String,
}

/// Une étape de la procédure, et ses irrégularités.
pub struct Etape {
    pub jour: String,
    pub titre: String,
    pub irregularites: Vec<Irregularite>,
}

/// Les pièces de la fiche d'instruction, dans l'ordre où on les réunit.
const PIECES: [&str; 5] = [
    "avis_maire",
    "entretien_derniere_chance",
    "renseignement_police",
    "enquete_sociale",
    "place_siao",
];

pub(super) fn pieces(vu: &Vu<'_>) -> Vec<Piece> {
    PIECES.iter().filter_map(|acte| Sorte::de(acte)).map(|sorte| piece(sorte, vu)).collect()
}

fn piece(sorte: Sorte, vu: &Vu<'_>) -> Piece {
    let acte = sorte.code();
    let recue = vu.cours.procedure.instruction.iter().rev().find(|(piece, ..)| *piece == acte);
    let (etat, dit) = match recue {
        None => (Badge::nouveau(Ton::Attention, "Manque"), String::new()),
        Some((_, le, conclusion)) => {
            let conclusion = conclusion.as_deref().and_then(|c| {
                CONCLUSIONS.iter().find(|(code, _)| *code == c).map(|(_, libelle)| *libelle)
            });
            let en_attente = conclusion == Some("demandé, en attente");
            let etat = if en_attente {
                Badge::nouveau(Ton::Info, "Demandé")
            } else {
                Badge::nouveau(Ton::Succes, "Reçu")
            };
            let dit = conclusion.map(|c| format!(" : {c}")).unwrap_or_default();
            (etat, format!("Le {}{dit}", mots::jour(*le)))
        }
    };
    let demandes = sorte.demandes(&vu.noms.0, &[]).into_iter();
    Piece {
        code: acte,
        titre: sorte.libelle(),
        etat,
        recue: dit,
        champs: demandes
            .map(|demande| Champ { prefixe: format!("{acte}-"), ..demande.champ })
            .collect(),
        vers: urls::consigner_un_acte(&vu.ouvert.vue.reference, acte),
    }
}

/// Les étapes judiciaires antérieures, dans l'ordre : une procédure irrégulière ne se voit pas ailleurs.
pub(super) fn etapes_anterieures(vu: &Vu<'_>) -> Vec<Etape> {
    let judiciaire = |fait: &str| {
        let notice = vu.ouvert.dossier.notices.iter().find(|n| n.fait == fait);
        let acte = vu.ouvert.dossier.actes.iter().find(|a| a.id == fait);
        notice.is_some_and(|n| n.nature.est_judiciaire() || n.nature == Nature::Cdp)
            || acte.is_some_and(|a| {
                matches!(
                    a.consigne.quoi.nom(),
                    "audience"
                        | "signification_jugement"
                        | "appel"
                        | "decision_jex"
                        | "tentative_expulsion"
                )
            })
    };
    vu.ouvert
        .frise
        .jalons
        .iter()
        .filter(|j| j.sorte == SorteDeJalon::Passe)
        .filter(|j| j.fait.as_deref().is_some_and(judiciaire))
        .map(|j| Etape {
            jour: mots::jour(j.jour),
            titre: j.titre.clone(),
            irregularites: j.anomalies.iter().map(Irregularite::de).collect(),
        })
        .collect()
}
