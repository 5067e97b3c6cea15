//! Après la décision : délais à tenir, recours, signification, commandement de quitter les lieux.

use droit::delai::Report;
use droit::jour::Jour;
use droit::regles::appel::dernier_jour_d_appel;
use droit::regles::distance::Residence;
use droit::regles::quitter_les_lieux::{NonNotifie, fin_du_delai};
use jiff::civil::Date;

use super::Vue;
use crate::cours::Jugement;
use crate::cours::etat::{EtatParallele, Stade};
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let stade = vue.cours.stade;
    let depuis = vue.cours.depuis.unwrap_or(vue.connu_le);
    if (Stade::DelaisAccordes..=Stade::JugementSignifie).contains(&stade) {
        suite.extend(vue.cours.procedure.jugement.and_then(|j| suivre_la_decision(j, vue)));
    }
    match stade {
        Stade::DelaisAccordes => suite.push(delais_accordes(vue)),
        Stade::RejetDemande => suite.extend(apres_le_rejet(depuis, vue)),
        Stade::ExpulsionOrdonnee => {
            suite.extend(vue.cours.procedure.jugement.and_then(|j| non_avenu(j, vue)));
            suite.extend(preparer_le_relogement(depuis, vue));
        }
        Stade::JugementSignifie => suite.extend(preparer_le_relogement(depuis, vue)),
        // Le sursis du juge remplace le délai du commandement tant qu'il court.
        Stade::CqlSignifie if sursis(vue).is_some() => {}
        Stade::CqlSignifie => suite.push(quitter_les_lieux(depuis, vue)),
        Stade::BailEnCours
        | Stade::ImpayeNaissant
        | Stade::ImpayeConstitueAide
        | Stade::CdpSignifie
        | Stade::ClauseAcquise
        | Stade::AssignationDelivree
        | Stade::Audience
        | Stade::DelaiCqlExpire
        | Stade::CfpDemande
        | Stade::CfpAccorde
        | Stade::CfpRefuse
        | Stade::DepartVolontaire
        | Stade::CongeDepart
        | Stade::ExpulsionRealisee => {}
    }
    if stade.expulsable() {
        suite.extend(faire_appel(vue));
        suite.extend(sursis(vue));
        suite.extend(nouveau_bail_promis(vue));
    }
    if vue.cours.est(EtatParallele::Appel) && !stade.parti() {
        suite.extend(suivre_l_appel(vue));
    }
}

/// Jusqu'à ce que le ménage ait été joint sur la décision.
fn suivre_la_decision(jugement: Jugement, vue: &Vue<'_>) -> Option<Etape> {
    if vue.cours.joint_le.is_some_and(|le| le > jugement.le) {
        return None;
    }
    Some(
        vue.a_faire(
            "suivre_la_decision",
            vue.service,
            "joindre le ménage sur la décision : délais à respecter, recours, relogement",
        )
        .car(format!("décision du {} : {}", Jour(jugement.le), jugement.issue.libelle()))
        .dans_apres("suivre_decision", jugement.le),
    )
}

/// Chaque mois, une mensualité et le loyer ; à la fin, la clause n'a jamais joué.
fn delais_accordes(vue: &Vue<'_>) -> Etape {
    let jugement = vue.cours.procedure.jugement;
    let depuis = jugement.map_or(vue.connu_le, |j| j.le);
    if let Some(fin) = jugement.and_then(|j| j.fin_des_delais).filter(|fin| vue.horloge.passe(*fin))
    {
        return vue
            .a_faire(
                "fin_des_delais_de_paiement",
                vue.service,
                "constater la fin des délais : dette réglée et bail sauvé, ou reprise de la procédure",
            )
            .car(format!("délais accordés par le juge jusqu'au {}", Jour(fin)))
            .texte("suspension_clause_resolutoire", depuis)
            .dans("issue", fin.max(vue.appris(depuis)));
    }
    let decompte = vue.cours.dette.reste.map(|(le, _)| le);
    let mensualite = vue.cours.dette.plan.as_ref().and_then(|p| p.payees.iter().max().copied());
    let controle_le = decompte.max(mensualite).map_or(depuis, |le| le.max(depuis));
    vue.a_faire(
        "suspension_clause_resolutoire",
        vue.service,
        "vérifier que la mensualité fixée par le juge et le loyer courant sont payés",
    )
    .car(format!("délais accordés le {}", Jour(depuis)))
    .texte("suspension_clause_resolutoire", depuis)
    .dans_apres("verifier_delais", controle_le)
}

fn apres_le_rejet(depuis: Date, vue: &Vue<'_>) -> Option<Etape> {
    if vue.solde() || vue.engage() {
        return None;
    }
    Some(
        vue.a_faire(
            "apres_le_rejet",
            vue.service,
            "régler ce qui reste dû : le bailleur peut assigner de nouveau",
        )
        .car(format!("demande du bailleur rejetée, ou abandonnée, le {}", Jour(depuis)))
        .dans("apres_rejet", vue.travail_depuis(depuis)),
    )
}

/// Un jugement par défaut tombe s'il n'est pas signifié à temps.
fn non_avenu(jugement: Jugement, vue: &Vue<'_>) -> Option<Etape> {
    if jugement.par_defaut != Some(true) || vue.cours.procedure.signifie_le.is_some() {
        return None;
    }
    Some(
        vue.a_faire(
            "jugement_non_avenu",
            vue.service,
            "vérifier si le jugement a été signifié : sans cela, il tombe, et le ménage doit le savoir",
        )
        .car(format!("jugement par défaut du {}", Jour(jugement.le)))
        .selon_la_loi("jugement_non_avenu", jugement.le, "suivre_appel"),
    )
}

/// Rien n'est encore engagé pour loger le ménage ailleurs.
pub(super) fn preparer_le_relogement(depuis: Date, vue: &Vue<'_>) -> Option<Etape> {
    let engage = [EtatParallele::Dalo, EtatParallele::Pcs].iter().any(|e| vue.cours.est(*e));
    if engage || vue.solde() {
        return None;
    }
    let depuis = vue.travail_depuis(depuis);
    Some(
        vue.a_faire(
            "preparer_le_relogement",
            vue.service,
            "préparer une solution : demande de logement social, DALO, SIAO, protocole avec le bailleur",
        )
        .car("toute décision d'expulsion appelle une solution de relogement (charte, IV.3)")
        .texte("dalo_critere_expulsion", depuis)
        .dans("relogement", depuis),
    )
}

fn quitter_les_lieux(depuis: Date, vue: &Vue<'_>) -> Etape {
    let demande = vue.a_faire(
        "delai_cql",
        vue.service,
        "trouver une solution avant la fin du délai du commandement de quitter les lieux, ou demander des délais au juge de l'exécution",
    );
    let cql = vue.cours.procedure.cql;
    let fin = cql.and_then(|cql| {
        let lecture = NonNotifie::Suspend;
        fin_du_delai(cql.signifie_le, cql.notifie_le, lecture, Report::Aucun, vue.territoire).ok()
    });
    match fin {
        Some(fin) => demande.selon(&fin.motifs).avant(fin.valeur.retenue, depuis),
        None => demande
            .car(format!("commandement de quitter les lieux du {}", Jour(depuis)))
            .dans_apres("relogement", depuis),
    }
}

/// Le délai d'appel court : le ménage doit le savoir.
fn faire_appel(vue: &Vue<'_>) -> Option<Etape> {
    let procedure = &vue.cours.procedure;
    let signifie_le = procedure.signifie_le.filter(|_| procedure.appel.is_none())?;
    let fin = dernier_jour_d_appel(signifie_le, vue.territoire, Residence::France(vue.territoire))
        .ok()?;
    if vue.horloge.passe(fin.valeur.retenue) {
        return None;
    }
    Some(
        vue.a_faire(
            "delai_appel",
            vue.service,
            "dire au ménage qu'il peut faire appel, et où se faire aider",
        )
        .selon(&fin.motifs)
        .avant(fin.valeur.retenue, signifie_le),
    )
}

fn suivre_l_appel(vue: &Vue<'_>) -> Option<Etape> {
    let (le, _) = vue.cours.procedure.appel?;
    Some(
        vue.a_faire("suivre_l_appel", vue.service, "connaître la suite de l'appel")
            .car(format!("appel du {}", Jour(le)))
            .texte("execution_provisoire", le)
            .dans("suivre_appel", vue.travail_depuis(le)),
    )
}

/// Un juge a arrêté l'expulsion pour un temps : ce temps sert à trouver une solution.
fn sursis(vue: &Vue<'_>) -> Option<Etape> {
    let jex = vue.cours.procedure.jex.map(|(le, au)| ("delais_jex", le, au));
    let suspension = vue.cours.procedure.expulsion_suspendue_jusqu_au;
    let depuis = vue.cours.demarches.surendettement.as_ref().map_or(vue.connu_le, |s| s.le);
    let surendettement = suspension.map(|au| ("surendettement_suspension_expulsion", depuis, au));
    let (regle, accorde_le, au) =
        [jex, surendettement].into_iter().flatten().max_by_key(|s| s.2)?;
    if vue.horloge.passe(au) {
        return None;
    }
    Some(
        vue.a_faire(
            regle,
            vue.service,
            "trouver une solution avant la fin du sursis accordé par le juge",
        )
        .car(format!("expulsion suspendue par le juge jusqu'au {}", Jour(au)))
        .texte(regle, accorde_le)
        .avant(au, accorde_le),
    )
}

/// La dette est réglée, le bail est résilié : un an de paiement régulier, puis un nouveau bail.
fn nouveau_bail_promis(vue: &Vue<'_>) -> Option<Etape> {
    if !vue.solde() || vue.cours.dette.pcs.is_some() {
        return None;
    }
    let dette = &vue.cours.dette;
    let reglee_le = dette.reglee_le.or(dette.reste.map(|(le, _)| le))?;
    Some(
        vue.a_faire(
            "nouveau_bail_promis",
            vue.service,
            "obtenir du bailleur le nouveau bail promis après un an de loyer régulier",
        )
        .car(format!(
            "dette réglée le {} : le bailleur envisage un nouveau bail après un an de paiement régulier (charte, IV.3)",
            Jour(reglee_le)
        ))
        .dans_apres("nouveau_bail", reglee_le),
    )
}
