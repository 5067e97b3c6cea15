//! La dette avant le juge : le commandement, la recherche d'un plan, la dette modeste.

use droit::delai::Report;
use droit::jour::Jour;
use droit::montant::Montant;
use droit::regles::saisine::fin_de_l_attente;
use jiff::civil::Date;

use super::{SECRETARIAT, Vue};
use crate::cours::etat::Stade;
use crate::cours::{Commandement, EtatDEngagement};
use crate::notice::Nature;
use crate::procedure::etape::Etape;
use crate::signalement::fin_du_delai::fin_du_delai;
use crate::signalement::statut::Statut;

/// Sous cette somme, la charte demande une solution dans tous les cas (II.3).
const DETTE_MODESTE: Montant = Montant::euros(2_000);

/// Les noms que prend la recherche d'un plan.
const RECHERCHES: [&str; 3] =
    ["chercher_un_plan", "dette_inferieure_a_2000", "renegocier_apres_rupture"];

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let (stade, depuis) = (vue.cours.stade, vue.cours.depuis.unwrap_or(vue.connu_le));
    if vue.solde() || stade.parti() {
        return;
    }
    let avant = suite.len();
    if stade == Stade::ImpayeNaissant {
        suite.extend(signaler_a_l_organisme_payeur(depuis, vue));
    }
    if matches!(stade, Stade::ImpayeNaissant | Stade::ImpayeConstitueAide) {
        suite.extend(chercher_un_plan(depuis, vue));
    }
    if matches!(stade, Stade::CdpSignifie | Stade::ClauseAcquise)
        && let Some(cdp) = &vue.cours.procedure.cdp
    {
        suite.extend(apres_le_commandement(cdp, vue));
    }
    suite.extend(attente_du_bailleur(vue));
    let cherche_deja = suite[avant..].iter().any(|e| RECHERCHES.contains(&e.regle));
    if !cherche_deja && modeste(vue) && stade > Stade::ImpayeConstitueAide && !vue.engage() {
        let depuis = vue.cours.dette.reste.map_or(depuis, |(le, _)| le);
        suite.extend(chercher_un_plan(depuis, vue));
    }
}

fn modeste(vue: &Vue<'_>) -> bool {
    vue.cours.dette.reste.is_some_and(|(_, m)| m > Montant::default() && m < DETTE_MODESTE)
}

/// La dette n'est pas réglée, et rien ne la règle encore.
fn chercher_un_plan(depuis: Date, vue: &Vue<'_>) -> Option<Etape> {
    if vue.engage() {
        return None;
    }
    let rompu = vue.cours.dette.plan.as_ref().and_then(|plan| match plan.etat {
        EtatDEngagement::Rompu(le) => Some(le),
        EtatDEngagement::EnCours | EtatDEngagement::Tenu(_) => None,
    });
    let (regle, quoi, car) = if let Some(le) = rompu {
        (
            "renegocier_apres_rupture",
            "renégocier un plan avec le ménage et le bailleur, à la mesure de ses ressources",
            format!(
                "plan rompu le {} : le bailleur reste ouvert à la conciliation (charte, IV.3)",
                Jour(le)
            ),
        )
    } else if modeste(vue) {
        (
            "dette_inferieure_a_2000",
            "trouver une solution de paiement : la dette est inférieure à 2 000 €",
            "toute dette de moins de 2 000 € doit trouver une solution (charte, II.3)".to_owned(),
        )
    } else {
        (
            "chercher_un_plan",
            "chercher avec le ménage et le bailleur un plan d'apurement, une aide du FSL, une garantie",
            "un plan se cherche à l'amiable avant toute procédure (charte, IV.2)".to_owned(),
        )
    };
    let depuis = vue.travail_depuis(rompu.map_or(depuis, |le| le.max(depuis)));
    Some(vue.a_faire(regle, vue.service, quoi).car(car).dans("plan", depuis))
}

/// Un logement aidé : le bailleur a un délai pour signaler l'impayé à la CAF ou à la MSA.
fn signaler_a_l_organisme_payeur(depuis: Date, vue: &Vue<'_>) -> Option<Etape> {
    let aide = vue.dossier.en_vigueur().any(|n| n.contenu.aide_logement == Some(true));
    if !aide || vue.cours.dette.aide.is_some() {
        return None;
    }
    Some(
        vue.a_faire(
            "signalement_impaye_bailleur",
            SECRETARIAT,
            "vérifier que le bailleur a signalé l'impayé à l'organisme payeur",
        )
        .car(
            "le ménage reçoit une aide au logement ; délai compté de l'impayé tel qu'on le connaît",
        )
        .selon_la_loi("signalement_impaye_bailleur", depuis, "plan"),
    )
}

fn apres_le_commandement(cdp: &Commandement<'_>, vue: &Vue<'_>) -> Option<Etape> {
    let suite_en_justice = vue.dossier.en_vigueur().any(|n| {
        n.nature.est_judiciaire() && n.contenu.date.is_none_or(|le| le >= cdp.signifie_le)
    });
    if cdp.notice.statut == Statut::Incomplet || suite_en_justice {
        return None;
    }
    let appris = cdp.notice.jugee_le.max(cdp.signifie_le);
    let Some(fin) = fin_du_delai(Nature::Cdp, &cdp.notice.contenu).ok() else {
        return chercher_un_plan(appris, vue);
    };
    let possible_le = fin.valeur.premier_jour_possible;
    let releve = vue.cours.dette.reste.filter(|(le, _)| *le >= possible_le);
    Some(match releve {
        None if vue.engage() => return None,
        None => vue
            .a_faire(
                "delai_commandement_de_payer",
                vue.service,
                "vérifier si la dette est réglée à la fin du délai du commandement",
            )
            .car(format!("commandement du {}", Jour(cdp.signifie_le)))
            .selon(&fin.motifs)
            .avant(possible_le, cdp.signifie_le),
        Some((le, _)) => {
            let mut etape = chercher_un_plan(le.max(appris), vue)?;
            etape.motifs.push(format!(
                "le bailleur peut assigner depuis le {} : un plan l'évite",
                Jour(possible_le)
            ));
            etape
        }
    })
}

/// Le bailleur a saisi la commission : il ne peut assigner qu'après deux mois, à mettre à profit.
fn attente_du_bailleur(vue: &Vue<'_>) -> Option<Etape> {
    let saisie_le = vue.cours.procedure.saisine_bailleur_le?;
    if vue.cours.stade >= Stade::AssignationDelivree || vue.engage() {
        return None;
    }
    let fin = fin_de_l_attente(saisie_le, Report::Aucun, vue.territoire).ok()?;
    if vue.horloge.passe(fin.valeur.retenue) {
        return None;
    }
    Some(
        vue.a_faire(
            "delai_saisine_ccapex_personne_morale",
            vue.service,
            "trouver une solution avant que le bailleur puisse assigner",
        )
        .selon(&fin.motifs)
        .avant(fin.valeur.retenue, saisie_le),
    )
}
