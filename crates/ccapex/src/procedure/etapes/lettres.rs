//! Les lettres : celles qui attendent de partir, celles qui attendent une réponse.

use super::notice::JAMAIS_ECARTEE;
use super::{SECRETARIAT, Vue};
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    suite.extend(envoyer(vue));
    suite.extend(relancer(vue));
}

fn envoyer(vue: &Vue<'_>) -> Option<Etape> {
    let lettres = &vue.dossier.lettres;
    let plus_ancienne = lettres.values().filter(|l| l.etape == "prepare").map(|l| l.le).min()?;
    let au_seul_emetteur = lettres
        .iter()
        .filter(|(_, lettre)| lettre.etape == "prepare")
        .all(|((_, modele), _)| modele.ends_with("_complement"));
    let car = if au_seul_emetteur {
        JAMAIS_ECARTEE
    } else {
        "le secrétariat saisit sans délai, par écrit, le bailleur, le locataire, le maire et le CCAS (règlement intérieur, 4.4)"
    };
    let quoi = match vue.dossier.lettres_a_envoyer() {
        1 if au_seul_emetteur => "envoyer à l'émetteur la demande préparée".to_owned(),
        1 => "envoyer la lettre préparée".to_owned(),
        nombre => format!("envoyer les {nombre} lettres préparées"),
    };
    Some(
        vue.a_faire("envoyer_les_lettres", SECRETARIAT, quoi)
            .car(car)
            .dans("envoyer", plus_ancienne),
    )
}

/// Une lettre qui demande une réponse, partie et restée sans retour.
fn relancer(vue: &Vue<'_>) -> Option<Etape> {
    let partie = vue
        .dossier
        .lettres
        .iter()
        .filter(|((_, modele), lettre)| {
            matches!(lettre.etape.as_str(), "envoye" | "imprime")
                && (modele.starts_with("intervention_") || modele == "demande_complement")
        })
        .map(|(_, lettre)| lettre.le)
        .min()?;
    Some(
        vue.a_faire(
            "relancer",
            SECRETARIAT,
            "relancer les destinataires qui n'ont pas répondu, ou noter leur réponse",
        )
        .car("les retours sont suivis et relancés (règlement intérieur, 4.4)")
        .dans("relancer", partie),
    )
}
