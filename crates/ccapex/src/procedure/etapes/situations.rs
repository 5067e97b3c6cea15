//! Ce qui n'est pas un impayé, et ce qui change la façon de s'adresser au ménage.

use droit::jour::Jour;

use super::Vue;
use crate::acte::codes::NatureDeProtection;
use crate::cours::etat::Stade;
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    if vue.cours.stade.parti() {
        return;
    }
    suite.extend(conge(vue));
    suite.extend(hors_impaye(vue));
    suite.extend(protecteur(vue));
}

/// Le bailleur a donné congé : à sa date, l'occupation est sans titre.
fn conge(vue: &Vue<'_>) -> Option<Etape> {
    let effet = vue.cours.procedure.conge_au?;
    if vue.cours.stade >= Stade::DelaisAccordes {
        return None;
    }
    let donne_le = vue
        .dossier
        .actes
        .iter()
        .rev()
        .find(|a| a.consigne.quoi.nom() == "conge")
        .map_or(effet, |a| a.consigne.date);
    Some(
        vue.a_faire(
            "conge",
            vue.service,
            "préparer le relogement du ménage avant la fin de son bail",
        )
        .car(format!(
            "congé donné par le bailleur pour le {} (loi n° 89-462, art. 15)",
            Jour(effet)
        ))
        .avant(effet, donne_le),
    )
}

/// Troubles, occupation sans titre… : un plan n'y fait rien, plusieurs acteurs s'accordent.
fn hors_impaye(vue: &Vue<'_>) -> Option<Etape> {
    let procedure = &vue.cours.procedure;
    let motif = procedure.hors_impaye.as_deref().filter(|_| procedure.conge_au.is_none())?;
    if vue.cours.stade >= Stade::DelaisAccordes {
        return None;
    }
    let depuis = vue.travail_depuis(vue.cours.depuis.unwrap_or(vue.connu_le));
    Some(
        vue.a_faire(
            "coordonner_les_acteurs",
            vue.service,
            "réunir ceux qui connaissent le ménage et convenir d'une solution",
        )
        .car(format!(
            "procédure fondée sur autre chose que l'impayé ({motif}) : plusieurs acteurs à coordonner (charte, action 4)"
        ))
        .dans("situation_particuliere", depuis),
    )
}

/// Les actes doivent aussi parvenir à qui protège la personne.
fn protecteur(vue: &Vue<'_>) -> Option<Etape> {
    let (nature, le) = vue.cours.protection?;
    let joint = vue.cours.joint_le.is_some_and(|joint| joint > le);
    if joint || nature == NatureDeProtection::Levee {
        return None;
    }
    Some(
        vue.a_faire(
            "informer_le_protecteur",
            vue.service,
            "informer de la procédure la personne chargée de la mesure de protection",
        )
        .car(format!(
            "{} depuis le {} : les actes doivent aussi lui parvenir (lecture à vérifier)",
            nature.libelle(),
            Jour(le)
        ))
        .dans_apres("notifier_aide", le),
    )
}
