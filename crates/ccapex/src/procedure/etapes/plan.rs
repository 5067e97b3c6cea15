//! Les engagements : chaque mensualité du plan, la fin du plan, le protocole de cohésion sociale.

use droit::jour::Jour;
use jiff::ToSpan;

use super::Vue;
use crate::cours::etat::Stade;
use crate::cours::{EtatDEngagement, Plan};
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    if vue.cours.stade.parti() {
        return;
    }
    if let Some(plan) = vue.cours.dette.plan.as_ref().filter(|p| p.etat == EtatDEngagement::EnCours)
    {
        suite.push(mensualite(plan, vue));
    }
    suite.extend(protocole(vue));
}

fn mensualite(plan: &Plan, vue: &Vue<'_>) -> Etape {
    let payee = plan.payees.iter().max();
    if let Some(manquee) = plan.manquees.iter().max()
        && payee.is_none_or(|payee| payee <= manquee)
    {
        return vue
            .a_faire(
                "risque_de_rupture",
                vue.service,
                "joindre le ménage et le bailleur avant que le plan ne soit rompu",
            )
            .car(format!(
                "mensualité du {} manquée : le risque de rupture d'un plan est une alerte (charte, action 4)",
                Jour(*manquee)
            ))
            .dans_apres("risque_de_rupture", *manquee);
    }
    let vues = plan.payees.len() + plan.manquees.len();
    let rang = u16::try_from(vues).unwrap_or(u16::MAX).saturating_add(1);
    let echeance = |rang: u16| plan.du.saturating_add(i64::from(rang).months());
    if rang <= plan.echeances {
        return vue
            .a_faire(
                "echeance_du_plan",
                vue.service,
                format!("vérifier que la mensualité {rang} sur {} est payée", plan.echeances),
            )
            .car(format!(
                "plan du {}, {} par mois : mensualité du {}",
                Jour(plan.du),
                plan.mensualite,
                Jour(echeance(rang))
            ))
            .dans("echeance_plan", echeance(rang).max(vue.appris(plan.du)));
    }
    vue.a_faire(
        "fin_du_plan",
        vue.service,
        "constater que le plan est allé à son terme et que la dette est réglée",
    )
    .car(format!("plan du {} : ses {} mensualités sont échues", Jour(plan.du), plan.echeances))
    .dans("issue", echeance(plan.echeances).max(vue.appris(plan.du)))
}

fn protocole(vue: &Vue<'_>) -> Option<Etape> {
    let pcs = vue.cours.dette.pcs?;
    let bail = |fini_le| {
        vue.a_faire(
            "pcs_nouveau_bail",
            vue.service,
            "obtenir la signature du nouveau bail, ou dire pourquoi le protocole n'a pas été respecté",
        )
        .car(format!("protocole de cohésion sociale du {}, fini le {}", Jour(pcs.du), Jour(fini_le)))
        .selon_la_loi("pcs_nouveau_bail", fini_le, "relogement")
    };
    let signe = |depuis| vue.cours.procedure.nouveau_bail_le.is_some_and(|le| le >= depuis);
    match pcs.etat {
        _ if signe(pcs.du) => None,
        EtatDEngagement::Tenu(le) => Some(bail(le)),
        EtatDEngagement::EnCours if vue.horloge.passe(pcs.au) => Some(bail(pcs.au)),
        EtatDEngagement::EnCours => Some(
            vue.a_faire(
                "pcs_duree",
                vue.service,
                "préparer la fin du protocole : nouveau bail s'il est respecté, sinon renouvellement",
            )
            .car(format!(
                "protocole de cohésion sociale du {} au {}",
                Jour(pcs.du),
                Jour(pcs.au)
            ))
            .texte("pcs_effet", pcs.du)
            .texte("pcs_duree", pcs.du)
            .avant(pcs.au, pcs.du),
        ),
        EtatDEngagement::Rompu(le) if vue.cours.stade >= Stade::ExpulsionOrdonnee => {
            // La suite de la procédure a ses propres étapes, dès qu'elle a repris.
            if vue.cours.depuis.is_some_and(|depuis| depuis > le) {
                return None;
            }
            Some(
                vue.a_faire(
                    "pcs_denonce",
                    vue.service,
                    "joindre le ménage : le protocole dénoncé, la procédure reprend",
                )
                .car("la force publique demande une nouvelle demande de concours (décret n° 2025-1052)")
                .dans("risque_de_rupture", vue.travail_depuis(le)),
            )
        }
        EtatDEngagement::Rompu(_) => None,
    }
}
