//! Du délai expiré à l'expulsion : la solution, la demande de concours, la réponse, l'exécution.

use droit::calendrier::lendemain;
use droit::jour::Jour;
use droit::regles::force_publique::refus_implicite;
use droit::regles::responsabilite::{RefusDuConcours, debut};
use jiff::civil::Date;

use super::{PREFET, SECRETARIAT, SOUS_COMMISSION, Vue};
use crate::acte::Quoi;
use crate::acte::codes::{IssueDIndemnisation, IssueDeCfp};
use crate::cours::Cfp;
use crate::cours::etat::{EtatParallele, Stade};
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    suite.extend(indemnisation(vue));
    // Le protocole suspend tout : ses propres étapes le suivent.
    if vue.cours.est(EtatParallele::Pcs) {
        return;
    }
    let depuis = vue.cours.depuis.unwrap_or(vue.connu_le);
    match (vue.cours.stade, vue.cours.procedure.cfp) {
        (Stade::DelaiCqlExpire, _) => suite.push(solution(depuis, vue)),
        (Stade::CfpDemande, Some(cfp)) => demande(&cfp, depuis, vue, suite),
        (Stade::CfpAccorde, Some(cfp)) => accord(&cfp, depuis, vue, suite),
        (Stade::CfpRefuse, Some(cfp)) => suite.push(refus(&cfp, depuis, vue)),
        _ => {}
    }
}

/// Le délai pour partir est passé : le ménage n'est plus protégé que par la trêve.
fn solution(expire_le: Date, vue: &Vue<'_>) -> Etape {
    let acte = vue.cours.procedure.cql.map_or(expire_le, |cql| cql.signifie_le);
    let mut demande = vue
        .a_faire(
            "solution_avant_la_force_publique",
            vue.service,
            "trouver une solution avant la force publique : relogement, DALO, SIAO, délais du juge",
        )
        .car(format!(
            "le délai pour quitter les lieux a expiré : expulsion possible depuis le {}",
            Jour(expire_le)
        ));
    if let Some(fin) = treve(vue) {
        demande = demande.car(format!("la trêve hivernale protège encore jusqu'au {}", Jour(fin)));
    }
    let depuis = vue.travail_depuis(expire_le).max(vue.appris(acte));
    demande.dans("relogement", depuis)
}

fn treve(vue: &Vue<'_>) -> Option<Date> {
    vue.cours.est(EtatParallele::TreveActive).then(|| vue.horloge.fin_de_la_treve()).flatten()
}

/// Ce que le préfet réunit avant de décider (charte, IV.3).
const PIECES: [(&str, &str); 5] = [
    (
        "avis_maire",
        "obtenir l'avis motivé du maire et du CCAS sur le concours de la force publique",
    ),
    (
        "entretien_derniere_chance",
        "faire tenir par la mairie ou le CCAS l'entretien de la dernière chance",
    ),
    ("renseignement_police", "obtenir le renseignement de la police ou de la gendarmerie"),
    ("enquete_sociale", "faire l'enquête sociale sur le ménage"),
    ("place_siao", "s'assurer auprès du SIAO d'une place pour le ménage"),
];

fn demande(cfp: &Cfp, depuis: Date, vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let demande_le = cfp.demande_le.unwrap_or(depuis);
    if cfp.sans_voie_electronique {
        suite.push(
            vue.a_faire(
                "canal_cfp",
                SECRETARIAT,
                "dire à l'étude que sa demande est sans effet : il faut la refaire par la voie électronique",
            )
            .car(format!("concours demandé le {} par une autre voie", Jour(demande_le)))
            .texte("canal_cfp", demande_le)
            .dans_apres("instruction_cfp", demande_le),
        );
        return;
    }
    let decider = vue.a_faire(
        "delai_reponse_cfp",
        PREFET,
        "décider du concours de la force publique avant que le silence ne vaille refus",
    );
    suite.push(match refus_implicite(demande_le) {
        Ok(silence) => decider.selon(&silence.motifs).avant(silence.valeur.retenue, demande_le),
        Err(_) => decider
            .car(format!("concours demandé le {}", Jour(demande_le)))
            .dans_apres("reexamen_cfp", demande_le),
    });
    for (nom, quoi) in PIECES {
        let recue = vue.cours.procedure.instruction.iter().rev().find(|(piece, ..)| *piece == nom);
        if recue.is_some_and(|(_, _, avis)| avis.as_deref() != Some("demande")) {
            continue;
        }
        let qui = match nom {
            "renseignement_police" | "place_siao" => PREFET,
            "enquete_sociale" => vue.service_ou(Some("departement")),
            _ => SECRETARIAT,
        };
        suite.push(
            vue.a_faire(nom, qui, quoi)
                .car(format!(
                    "concours demandé le {} : pièce de l'instruction (charte, IV.3, étape 2)",
                    Jour(demande_le)
                ))
                .dans_apres("instruction_cfp", demande_le),
        );
    }
    if !vue.cours.avis.iter().any(|a| a.le >= demande_le) {
        suite.push(
            vue.a_faire(
                "information_ccapex_cfp",
                SOUS_COMMISSION,
                "rendre l'avis de la sous-commission sur le concours de la force publique",
            )
            .car(format!("concours demandé le {}", Jour(demande_le)))
            .texte("information_ccapex_cfp", demande_le)
            .dans_apres("avis_cfp", demande_le),
        );
    }
}

/// Le concours est accordé : une solution avant l'exécution, puis ce qu'elle a donné.
fn accord(cfp: &Cfp, depuis: Date, vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let accorde_le = cfp.decision.map_or(depuis, |(_, le)| le);
    let du_jour = vue.dossier.actes.iter().rev().filter(|a| a.consigne.date == accorde_le);
    let effet = du_jour.map(|a| &a.consigne.quoi).find_map(|quoi| {
        let Quoi::DecisionCfp { issue: IssueDeCfp::Accord, date_effet, .. } = quoi else {
            return None;
        };
        *date_effet
    });
    let effet = effet.filter(|effet| *effet > accorde_le);
    let mut demande = vue
        .a_faire(
            "solution_avant_l_execution",
            vue.service,
            "trouver au ménage un hébergement ou un logement avant l'exécution de l'expulsion",
        )
        .car(format!(
            "concours accordé le {} : l'expulsion est accompagnée (charte, IV.3, étape 3)",
            Jour(accorde_le)
        ));
    let fin_de_treve = treve(vue);
    if let Some(effet) = effet {
        demande = demande.car(format!("l'accord prend effet le {}", Jour(effet)));
    }
    if let Some(fin) = fin_de_treve {
        demande = demande.car(format!(
            "la trêve hivernale protège jusqu'au {} (CPCE, art. L. 412-6)",
            Jour(fin)
        ));
    }
    let executable_le = effet.max(fin_de_treve.map(lendemain));
    suite.push(match effet.max(fin_de_treve) {
        Some(le) => demande.avant(le, accorde_le),
        None => demande.dans("solution_cfp", vue.travail_depuis(accorde_le)),
    });
    suite.push(
        vue.a_faire(
            "suivre_l_execution",
            SECRETARIAT,
            "savoir si l'expulsion a eu lieu, si le ménage est parti ou si l'accord est retiré",
        )
        .car(format!("concours accordé le {}", Jour(accorde_le)))
        .dans("suivre_cfp", executable_le.unwrap_or(accorde_le).max(vue.appris(accorde_le))),
    );
}

/// Refusé, par écrit ou par silence : le ménage est encore là, et l'État paie le bailleur.
fn refus(cfp: &Cfp, depuis: Date, vue: &Vue<'_>) -> Etape {
    let mut demande = vue.a_faire(
        "reexaminer_le_refus",
        PREFET,
        "réexaminer le refus du concours : solution pour le ménage, indemnisation du bailleur, nouvelle demande",
    );
    let refus = match (cfp.decision, cfp.demande_le) {
        (Some((_, le)), _) => Some(RefusDuConcours::Expres(le)),
        (None, demande_le) => demande_le.map(|demande_le| RefusDuConcours::Silence { demande_le }),
    };
    let fin_du_sursis = vue.cours.procedure.jex.map(|(_, au)| au);
    demande = match refus.and_then(|refus| debut(refus, fin_du_sursis).ok()) {
        Some(debut) => demande.selon(&debut.motifs),
        None => demande.car(format!("concours refusé le {}", Jour(depuis))),
    };
    let claim = vue.cours.procedure.indemnisation.map(|(_, le, _)| le);
    let piece = vue.cours.procedure.instruction.iter().map(|(_, le, _)| *le).max();
    let dernier = claim.max(piece).map_or(depuis, |le| le.max(depuis));
    demande.dans("reexamen_cfp", vue.travail_depuis(dernier))
}

/// Deux mois de silence sur la demande du bailleur valent rejet.
fn indemnisation(vue: &Vue<'_>) -> Option<Etape> {
    let (etape, le, _) = vue.cours.procedure.indemnisation?;
    if etape != IssueDIndemnisation::Demande || !vue.cours.est(EtatParallele::IndemnisationEtat) {
        return None;
    }
    Some(
        vue.a_faire(
            "indemnisation_silence",
            PREFET,
            "répondre à la demande d'indemnisation du bailleur",
        )
        .car(format!("demande d'indemnisation du {}", Jour(le)))
        .selon_la_loi("indemnisation_silence", le, "reexamen_cfp"),
    )
}
