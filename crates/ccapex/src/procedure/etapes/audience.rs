//! De l'assignation à la décision : la date, le diagnostic, l'audience, ce qu'elle a donné.

use droit::delai::veille;
use droit::jour::Jour;
use droit::regles::diagnostic::dernier_jour_transmission;
use jiff::civil::Date;

use super::{SECRETARIAT, Vue, diagnostic};
use crate::cours::etat::Stade;
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    if !matches!(vue.cours.stade, Stade::AssignationDelivree | Stade::Audience) {
        return;
    }
    suite.extend(absence(vue));
    match vue.cours.procedure.audience {
        None => suite.push(demander_la_date(vue)),
        Some(audience) if vue.horloge.atteint(audience) => {
            suite.push(connaitre_l_issue(audience, "l'audience est passée", vue));
        }
        Some(audience) => avant(audience, vue, suite),
    }
}

fn demander_la_date(vue: &Vue<'_>) -> Etape {
    let depuis = vue.cours.procedure.assignation.map_or(vue.connu_le, |n| n.jugee_le);
    vue.a_faire(
        "demander_la_date_d_audience",
        SECRETARIAT,
        "demander la date de l'audience à l'étude",
    )
    .car("l'assignation reçue ne donne pas la date de l'audience")
    .dans("date_audience", depuis)
}

fn avant(audience: Date, vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    suite.extend(reprendre_le_loyer(audience, vue));
    let dsf = &vue.cours.dsf;
    if dsf.transmis_le.is_some() {
        suite.push(connaitre_l_issue(audience, "le diagnostic est transmis", vue));
        return;
    }
    // Une audience renvoyée n'est connue que du jour du renvoi.
    let connue_le = vue
        .cours
        .procedure
        .audience_tenue_le
        .max(vue.cours.procedure.assignation.map(|n| n.recue_le));
    match dernier_jour_transmission(audience, vue.territoire) {
        Ok(limite) if connue_le.is_none_or(|le| limite.valeur >= le) => {
            diagnostic::etapes(audience, &limite, vue, suite);
        }
        _ => suite.push(connaitre_l_issue(
            audience,
            "l'audience est trop proche ou passée pour un diagnostic préalable",
            vue,
        )),
    }
}

fn connaitre_l_issue(audience: Date, pourquoi: &str, vue: &Vue<'_>) -> Etape {
    vue.a_faire(
        "connaitre_l_issue_de_l_audience",
        vue.service,
        format!("connaître l'issue de l'audience du {}", Jour(audience)),
    )
    .car(pourquoi)
    .dans("issue_audience", audience)
}

/// Le juge ne donne de délais qu'au ménage qui a repris son loyer.
fn reprendre_le_loyer(audience: Date, vue: &Vue<'_>) -> Option<Etape> {
    let assignation = vue.cours.procedure.assignation?;
    if vue.cours.procedure.hors_impaye.is_some() || vue.solde() {
        return None;
    }
    let avant_le = veille(audience);
    if avant_le < assignation.recue_le {
        return None;
    }
    Some(
        vue.a_faire(
            "delais_paiement_condition",
            vue.service,
            "aider le ménage à reprendre le paiement du loyer avant l'audience, et à s'y présenter",
        )
        .car(format!("audience du {}", Jour(audience)))
        .texte("delais_paiement_condition", audience)
        .avant(avant_le, assignation.recue_le),
    )
}

/// Le greffe signale l'absence : elle ouvre une prise de contact, jusqu'à ce que le ménage soit joint.
fn absence(vue: &Vue<'_>) -> Option<Etape> {
    let procedure = &vue.cours.procedure;
    let tenue_le = procedure.audience_tenue_le.filter(|_| procedure.present == Some(false))?;
    if vue.cours.joint_le.is_some_and(|le| le > tenue_le) {
        return None;
    }
    Some(
        vue.a_faire(
            "absence_a_l_audience",
            vue.service,
            "joindre le ménage absent à l'audience, par un autre moyen que les précédents",
        )
        .car(format!(
            "absent à l'audience du {} : ce moment est une alerte (charte, action 4)",
            Jour(tenue_le)
        ))
        .dans_apres("absence_audience", tenue_le),
    )
}
