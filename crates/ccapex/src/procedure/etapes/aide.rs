//! L'aide au logement : qui décide, la notification, la suspension, les garanties du loyer.

use droit::jour::Jour;
use droit::regles::aide::effet_de_la_suspension;
use jiff::civil::{Date, date};

use super::{SECRETARIAT, SOUS_COMMISSION, Vue};
use crate::acte::codes::{IssueDeDecisionSurAide, IssueDeGarantie, SortDeLAide};
use crate::notice::Nature;
use crate::procedure::etape::Etape;

/// Le jour à partir duquel un impayé signalé relève de la commission (décret n° 2026-84).
const LA_COMMISSION_DECIDE: Date = date(2027, 1, 1);

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    if vue.cours.stade.parti() {
        return;
    }
    suite.extend(decider(vue));
    suite.extend(retablir(vue));
    suite.extend(mobiliser_la_garantie(vue));
}

fn decider(vue: &Vue<'_>) -> Option<Etape> {
    let (signale_le, origine) = vue
        .dossier
        .en_vigueur()
        .filter(|n| n.nature == Nature::SignalementImpaye)
        .map(|n| (n.contenu.date.unwrap_or(n.recue_le), n.contenu.mot("origine")))
        .filter(|(le, _)| vue.horloge.atteint(*le))
        .max_by_key(|(le, _)| *le)?;
    let prise = vue.cours.dette.decision_aide.filter(|(_, le, _)| *le >= signale_le);
    if let Some((issue, le, notifiee_le)) = prise {
        return notifier(issue, le, notifiee_le, vue);
    }
    let apprise = vue.cours.dette.aide.is_some_and(|(_, le)| le >= signale_le);
    if vue.solde() || apprise {
        return None;
    }
    let demande = if signale_le >= LA_COMMISSION_DECIDE {
        vue.a_faire(
            "decideur_maintien_aide",
            SOUS_COMMISSION,
            "décider, à plusieurs et par écrit motivé, du maintien ou de la suspension de l'aide au logement",
        )
    } else {
        let payeur = origine.filter(|code| vue.profil.service(code).is_some());
        vue.a_faire(
            "decideur_maintien_aide",
            payeur.unwrap_or(SECRETARIAT),
            "connaître la décision de l'organisme payeur sur l'aide au logement",
        )
    };
    Some(
        demande
            .car(format!("impayé signalé le {}", Jour(signale_le)))
            .texte("decideur_maintien_aide", signale_le)
            .dans_apres("decision_aide", signale_le),
    )
}

/// Une décision de suspension ne vaut rien tant que l'organisme payeur ne l'a pas reçue.
fn notifier(
    issue: IssueDeDecisionSurAide,
    le: Date,
    notifiee_le: Option<Date>,
    vue: &Vue<'_>,
) -> Option<Etape> {
    let Some(notifiee_le) = notifiee_le else {
        return Some(
            vue.a_faire(
                "notifier_la_decision_sur_l_aide",
                SECRETARIAT,
                "notifier à l'organisme payeur et au ménage la décision sur l'aide au logement",
            )
            .car(format!("{}, décidée le {}", issue.libelle(), Jour(le)))
            .dans_apres("notifier_aide", le),
        );
    };
    if issue == IssueDeDecisionSurAide::Maintien {
        return None;
    }
    let effet = effet_de_la_suspension(notifiee_le).ok()?;
    if vue.horloge.passe(effet.valeur) {
        return None;
    }
    Some(
        vue.a_faire(
            "effet_suspension",
            vue.service,
            "préparer avec le ménage la perte de son aide au logement, ou de quoi la rétablir",
        )
        .selon(&effet.motifs)
        .avant(effet.valeur, notifiee_le),
    )
}

fn retablir(vue: &Vue<'_>) -> Option<Etape> {
    let (sort, le) = vue.cours.dette.aide?;
    if sort != SortDeLAide::Suspendue {
        return None;
    }
    Some(
        vue.a_faire(
            "retablir_l_aide",
            vue.service,
            "obtenir le rétablissement de l'aide au logement : plan, reprise du loyer, recours",
        )
        .car(format!(
            "aide suspendue le {} : ce moment est une alerte (charte, action 4)",
            Jour(le)
        ))
        .dans("retablir_aide", vue.travail_depuis(le)),
    )
}

fn mobiliser_la_garantie(vue: &Vue<'_>) -> Option<Etape> {
    let (code, _, le) =
        vue.cours.garanties.iter().find(|(_, etape, _)| *etape == IssueDeGarantie::Declaree)?;
    if vue.solde() || vue.cours.dette.reste.is_none() {
        return None;
    }
    Some(
        vue.a_faire(
            "mobiliser_la_garantie",
            vue.service,
            format!("vérifier que le bailleur a mobilisé la garantie du loyer ({code})"),
        )
        .car(format!("garantie déclarée le {} et pas encore mobilisée (charte, IV.2)", Jour(*le)))
        .dans_apres("garantie", *le),
    )
}
