//! La notice elle-même : la compléter, ou vérifier qu'elle dit encore vrai.

use droit::jour::Jour;

use super::{SECRETARIAT, Vue};
use crate::dossier::Suivie;
use crate::procedure::etape::Etape;
use crate::signalement::statut::{Statut, motif_en_mots};

/// Pourquoi on demande ce qui manque.
pub(super) const JAMAIS_ECARTEE: &str =
    "une notice inexploitable attend d'être complétée, elle n'est jamais écartée (charte, II.3)";

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    for notice in vue.dossier.en_vigueur().filter(|n| n.statut == Statut::Incomplet) {
        suite.push(completer(notice, vue));
    }
    suite.extend(
        vue.dossier.en_vigueur().rev().find(|n| a_confirmer(n, vue)).map(|n| confirmer(n, vue)),
    );
}

/// La dernière chose qu'on a apprise est un acte trop ancien.
pub(super) fn situation_incertaine(vue: &Vue<'_>) -> bool {
    vue.dossier.en_vigueur().next_back().is_some_and(|derniere| {
        a_confirmer(derniere, vue)
            && !vue.dossier.actes.iter().any(|a| a.consigne.consigne_le >= derniere.recue_le)
    })
}

fn completer(notice: &Suivie, vue: &Vue<'_>) -> Etape {
    let motif = motif_en_mots(notice.motif.as_deref().unwrap_or("la notice"));
    vue.a_faire("completer_la_notice", SECRETARIAT, format!("compléter la notice : {motif}"))
        .car(JAMAIS_ECARTEE)
        .dans("completer", notice.jugee_le)
}

/// Vrai tant que personne n'a dit que la situation est encore celle-là, ni joint le ménage.
fn a_confirmer(notice: &Suivie, vue: &Vue<'_>) -> bool {
    notice.contenu.date.is_some_and(|date| vue.profil.est_trop_ancien(date, notice.recue_le))
        && vue
            .dossier
            .situation_confirmee_le
            .max(vue.cours.joint_le)
            .is_none_or(|le| le < notice.recue_le)
}

fn confirmer(notice: &Suivie, vue: &Vue<'_>) -> Etape {
    let date = notice.contenu.date.map_or_else(String::new, |d| format!(" du {}", Jour(d)));
    vue.a_faire(
        "confirmer_la_situation",
        SECRETARIAT,
        "confirmer la situation du ménage : est-il encore dans le logement, la dette court-elle encore ?",
    )
    .car(format!(
        "acte{date} de plus de {} mois à sa réception (choix du profil)",
        vue.profil.anciennete_maximale_mois()
    ))
    .dans("confirmer", notice.recue_le)
}
