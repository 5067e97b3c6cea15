//! La prise en charge : acceptée, sinon reprise par la cellule technique (fiche 3-4).

use droit::jour::Jour;
use jiff::civil::Date;

use super::{CELLULE, SECRETARIAT, Vue};
use crate::acte::codes::IssueDePriseEnCharge;
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    suite.extend(reattribuer(vue));
    suite.extend(prendre_en_charge(vue));
}

/// Un refus, ou une prise en charge terminée, a rendu le ménage au secrétariat.
fn reattribuer(vue: &Vue<'_>) -> Option<Etape> {
    let derniere = vue.cours.prises_en_charge.last()?;
    let rendu = match derniere.issue {
        IssueDePriseEnCharge::Refusee => "refusé la prise en charge",
        IssueDePriseEnCharge::Terminee => "terminé son accompagnement",
        IssueDePriseEnCharge::Acceptee | IssueDePriseEnCharge::Proposee => return None,
    };
    if vue.service != SECRETARIAT || vue.cours.stade.parti() {
        return None;
    }
    let service = vue.profil.nom_de(&derniere.service);
    Some(
        vue.a_faire("reattribuer", SECRETARIAT, "confier le ménage à un autre service")
            .car(format!("{service} a {rendu} le {} (fiche 3-4)", Jour(derniere.le)))
            .dans_apres("reattribuer", derniere.le),
    )
}

fn prendre_en_charge(vue: &Vue<'_>) -> Option<Etape> {
    let reponse = vue.cours.reponse_de(vue.service).map(|p| (p.issue, p.le));
    let depuis = match reponse {
        Some((IssueDePriseEnCharge::Acceptee, _)) => return None,
        Some((IssueDePriseEnCharge::Proposee, le)) => vue.appris(le),
        Some((IssueDePriseEnCharge::Refusee | IssueDePriseEnCharge::Terminee, _)) | None => {
            vue.dossier.en_vigueur().map(|n| n.jugee_le).min()?
        }
    };
    if vue.service == SECRETARIAT {
        return None;
    }
    let etape = vue
        .a_faire(
            "prendre_en_charge",
            vue.service,
            "accepter la prise en charge et joindre le ménage",
        )
        .car("tout ménage signalé a un service en charge qui l'a accepté (fiche 3-4)")
        .dans("prendre_en_charge", depuis);
    Some(if vue.horloge.passe(etape.avant_le) { sans_reponse(etape.avant_le, vue) } else { etape })
}

/// Sans attendre : un ménage que personne ne prend en charge revient à la cellule technique.
fn sans_reponse(attendue_le: Date, vue: &Vue<'_>) -> Etape {
    let service = vue.profil.nom_de(vue.service);
    vue.a_faire(
        "prendre_en_charge",
        CELLULE,
        "obtenir l'accord du service, ou confier le ménage à un autre",
    )
    .car(format!(
        "{service} n'a pas répondu avant le {} : le ménage revient à la cellule technique (fiche 3-4)",
        Jour(attendue_le)
    ))
    .dans("reprendre", attendue_le)
}
