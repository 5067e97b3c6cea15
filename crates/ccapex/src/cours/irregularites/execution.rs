//! Du commandement de quitter les lieux à l'expulsion.

use droit::jour::Jour;
use droit::regles::force_publique::refus_implicite;
use droit::regles::treve::fin_de_la_treve;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Avant, depuis_2018, ordre, voie_sans_effet};
use crate::acte::Quoi;
use crate::acte::codes::{IssueDAppel, IssueDIndemnisation, IssueDeCfp, IssueDeDecision};
use crate::cours::etat::Stade;
use crate::notice::{Contenu, Nature};
use crate::signalement::anomalies::Anomalie;

/// Ce qu'on fait malgré un obstacle, en mots, et ce qui en suit.
#[derive(Clone, Copy)]
struct Mesure {
    nom: &'static str,
    consequence: &'static str,
}

const DEMANDE: Mesure = Mesure {
    nom: "concours demandé",
    consequence: "la demande vient trop tôt : elle ne peut pas être accordée tant que dure l'obstacle, et il faut la renouveler ensuite",
};
const ACCORD: Mesure = Mesure {
    nom: "concours accordé",
    consequence: "l'accord ne peut pas être exécuté tant que dure l'obstacle",
};
const TENTATIVE: Mesure = Mesure {
    nom: "tentative d'expulsion",
    consequence: "la tentative est irrégulière : elle ne peut pas fonder une demande de concours",
};
const EXPULSION: Mesure = Mesure {
    nom: "expulsion",
    consequence: "l'expulsion est irrégulière : le ménage peut demander réparation, et sa réintégration, au juge de l'exécution",
};

impl Mesure {
    fn constat(self, jour: Date, obstacle: &str) -> String {
        format!("{} le {} : {obstacle}", self.nom, Jour(jour))
    }

    fn selon(self, regle: &'static str, jour: Date, obstacle: &str) -> Option<Anomalie> {
        Anomalie::selon(regle, jour, self.constat(jour, obstacle), self.consequence)
    }
}

pub(super) fn quitter_les_lieux(avant: &Avant<'_>, contenu: &Contenu, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    if let Some(voie) = voie_sans_effet(contenu)
        && depuis_2018(jour).is_some()
    {
        trouvees.extend(Anomalie::selon(
            "canal_cql",
            jour,
            format!(
                "commandement de quitter les lieux du {} adressé au préfet {voie}, et non par voie électronique",
                Jour(jour)
            ),
            "cet envoi est sans effet : le délai de deux mois est suspendu jusqu'à l'avis électronique",
        ));
    }
    if let Some(notifie_le) = contenu.date_notification_prefet.filter(|le| *le > jour) {
        trouvees.extend(Anomalie::selon(
            "notification_cql_prefet",
            jour,
            format!(
                "commandement de quitter les lieux du {} notifié au préfet le {} seulement",
                Jour(jour),
                Jour(notifie_le)
            ),
            "le délai de deux mois est suspendu entre les deux dates : sa fin est repoussée d'autant",
        ));
    }
    let jugement = avant.cours.procedure.jugement;
    match (jugement, avant.cours.stade) {
        (Some(jugement), Stade::DelaisAccordes) => trouvees.extend(Anomalie::selon(
            "suspension_clause_resolutoire",
            jour,
            format!(
                "commandement de quitter les lieux du {}, alors que la décision du {} suspend la clause",
                Jour(jour),
                Jour(jugement.le)
            ),
            "il est sans effet tant que les délais sont respectés",
        )),
        (Some(jugement), Stade::RejetDemande) => trouvees.push(ordre(format!(
            "commandement de quitter les lieux du {}, alors que la décision du {} n'ordonne pas l'expulsion",
            Jour(jour),
            Jour(jugement.le)
        ))),
        _ => {
            if let Some(decide_le) = avant.seulement_apres(Nature::Decision, jour) {
                trouvees.push(ordre(format!(
                    "commandement de quitter les lieux du {}, avant la décision du {}",
                    Jour(jour),
                    Jour(decide_le)
                )));
            }
        }
    }
    trouvees
}

pub(super) fn demande(avant: &Avant<'_>, contenu: &Contenu, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    if let Some(voie) = voie_sans_effet(contenu)
        && depuis_2018(jour).is_some()
    {
        trouvees.extend(Anomalie::selon(
            "canal_cfp",
            jour,
            format!("concours demandé le {} {voie}, et non par voie électronique", Jour(jour)),
            "la demande est sans effet : les deux mois du préfet ne courent pas, il faut la refaire par voie électronique",
        ));
    }
    trouvees.extend(delai_pour_partir(avant, jour, DEMANDE));
    trouvees.extend(obstacles(avant, jour, DEMANDE));
    trouvees
}

pub(super) fn acte(avant: &Avant<'_>, quoi: &Quoi, jour: Date) -> Vec<Anomalie> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes sont jugés ailleurs")]
    match quoi {
        Quoi::TentativeExpulsion(_) => {
            let mut trouvees = jour_d_execution(avant, jour, TENTATIVE);
            trouvees.extend(treve(jour, TENTATIVE));
            trouvees.extend(delai_pour_partir(avant, jour, TENTATIVE));
            trouvees.extend(obstacles(avant, jour, TENTATIVE));
            trouvees
        }
        Quoi::DecisionCfp { issue, .. } => decision(avant, *issue, jour),
        Quoi::NotificationCfp { .. }
            if avant.cours.procedure.cfp.is_none_or(|cfp| cfp.decision.is_none()) =>
        {
            let sans = format!("notification du {}, sans décision à notifier", Jour(jour));
            vec![ordre(sans)]
        }
        Quoi::Expulsion { relogement_assure, voie_de_fait } => {
            expulsion(avant, jour, *relogement_assure == Some(true), *voie_de_fait == Some(true))
        }
        Quoi::Indemnisation { etape: IssueDIndemnisation::Demande, .. } => {
            indemnisation(avant, jour).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn decision(avant: &Avant<'_>, issue: IssueDeCfp, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    if let Some(demande_le) = avant.seulement_apres(Nature::RequisitionCfp, jour) {
        trouvees.push(ordre(format!(
            "décision sur le concours du {}, avant la demande du {}",
            Jour(jour),
            Jour(demande_le)
        )));
    }
    let derniere = avant.cours.procedure.cfp.and_then(|cfp| cfp.decision);
    if issue == IssueDeCfp::Revocation
        && derniere.is_none_or(|(issue, _)| issue != IssueDeCfp::Accord)
    {
        trouvees.push(ordre(format!("accord retiré le {}, sans accord connu", Jour(jour))));
    }
    if issue == IssueDeCfp::Accord {
        trouvees.extend(demande_caduque(avant, jour, ACCORD));
        trouvees.extend(obstacles(avant, jour, ACCORD));
    }
    trouvees
}

/// Un protocole dénoncé rend caduque la demande de concours qui le précède.
fn demande_caduque(avant: &Avant<'_>, jour: Date, mesure: Mesure) -> Option<Anomalie> {
    let (denonce_le, demande_le) = (avant.pcs_denonce_le?, avant.concours_demande_le?);
    if demande_le > denonce_le {
        return None;
    }
    Anomalie::selon(
        "responsabilite_etat_pcs",
        jour,
        mesure.constat(
            jour,
            &format!(
                "la demande du {} précède le protocole dénoncé le {}",
                Jour(demande_le),
                Jour(denonce_le)
            ),
        ),
        "une nouvelle demande de concours est nécessaire",
    )
}

fn expulsion(
    avant: &Avant<'_>,
    jour: Date,
    relogement_assure: bool,
    voie_de_fait: bool,
) -> Vec<Anomalie> {
    let procedure = &avant.cours.procedure;
    let mut trouvees = jour_d_execution(avant, jour, EXPULSION);
    if !relogement_assure && !voie_de_fait {
        trouvees.extend(treve(jour, EXPULSION));
    }
    // Pas de délai pour qui est entré par voie de fait (CPCE, art. L. 412-1).
    if !voie_de_fait {
        trouvees.extend(delai_pour_partir(avant, jour, EXPULSION));
    }
    trouvees.extend(obstacles(avant, jour, EXPULSION));
    if let Some(parti_le) = procedure.parti_le {
        trouvees.push(ordre(format!(
            "expulsion du {}, alors que le ménage est parti le {}",
            Jour(jour),
            Jour(parti_le)
        )));
    } else {
        trouvees.extend(demande_caduque(avant, jour, EXPULSION));
        trouvees.extend(sans_concours(avant, jour));
    }
    trouvees
}

fn sans_concours(avant: &Avant<'_>, jour: Date) -> Option<Anomalie> {
    let obstacle = match avant.cours.procedure.cfp.and_then(|cfp| cfp.decision) {
        Some((IssueDeCfp::Accord, _)) => {
            let effet = avant.accord_prend_effet_le.filter(|effet| *effet > jour)?;
            format!("l'accord du concours ne prend effet que le {}", Jour(effet))
        }
        Some((IssueDeCfp::Refus, le)) => format!("le concours a été refusé le {}", Jour(le)),
        Some((IssueDeCfp::Revocation, le)) => {
            format!("l'accord du concours a été retiré le {}", Jour(le))
        }
        None => "aucun accord du concours de la force publique n'est connu".to_owned(),
    };
    Anomalie::selon(
        "expulsion_sans_cfp",
        jour,
        EXPULSION.constat(jour, &obstacle),
        "forcer un ménage à partir sans le concours de l'État est un délit : vérifiez, puis informez le préfet",
    )
}

fn jour_d_execution(avant: &Avant<'_>, jour: Date, mesure: Mesure) -> Vec<Anomalie> {
    avant
        .jour_interdit(jour)
        .and_then(|pourquoi| {
            let obstacle = format!("un jour interdit ({pourquoi})");
            mesure.selon("execution_jours_heures", jour, &obstacle)
        })
        .into_iter()
        .collect()
}

fn treve(jour: Date, mesure: Mesure) -> Option<Anomalie> {
    let fin = fin_de_la_treve(jour).ok()??;
    mesure.selon(
        "treve_hivernale",
        jour,
        &format!("la trêve protège le ménage jusqu'au {} inclus", Jour(fin)),
    )
}

/// Le délai du commandement de quitter les lieux, ou l'absence de commandement.
fn delai_pour_partir(avant: &Avant<'_>, jour: Date, mesure: Mesure) -> Option<Anomalie> {
    let procedure = &avant.cours.procedure;
    let obstacle = match procedure.cql {
        Some(cql) => {
            let dernier = cql.dernier_jour.filter(|dernier| jour <= *dernier)?;
            format!(
                "le délai du commandement de quitter les lieux du {} court jusqu'au {} inclus",
                Jour(cql.signifie_le),
                Jour(dernier)
            )
        }
        // Un dossier peut commencer à n'importe quel stade : on ne s'étonne que si l'on suivait déjà la procédure.
        None => {
            procedure.jugement?;
            "aucun commandement de quitter les lieux n'est connu".to_owned()
        }
    };
    mesure.selon("delai_cql", jour, &obstacle)
}

/// Ce qui protège encore le ménage ce jour-là, hors trêve et délai du commandement.
fn obstacles(avant: &Avant<'_>, jour: Date, mesure: Mesure) -> Vec<Anomalie> {
    let cours = &avant.cours;
    let procedure = &cours.procedure;
    let mut trouves = Vec::new();
    if let Some((_, au)) = procedure.jex.filter(|(du, au)| *du <= jour && jour <= *au) {
        let obstacle =
            format!("les délais du juge de l'exécution courent jusqu'au {} inclus", Jour(au));
        trouves.extend(mesure.selon("delais_jex", jour, &obstacle));
    }
    if let Some(jugement) = procedure.jugement {
        let depart = jugement
            .delai_depart_mois
            .map(|mois| jugement.le.saturating_add(i64::from(mois).months()));
        if let Some(au) = depart.filter(|au| jour <= *au) {
            let obstacle = format!("le juge a laissé jusqu'au {} inclus pour partir", Jour(au));
            trouves.extend(mesure.selon("delais_jex", jour, &obstacle));
        }
        let payer = jugement.fin_des_delais.filter(|_| {
            jugement.issue == IssueDeDecision::Delais && cours.stade == Stade::DelaisAccordes
        });
        if let Some(au) = payer.filter(|au| jour <= *au) {
            let obstacle =
                format!("la clause est suspendue par les délais du juge jusqu'au {}", Jour(au));
            trouves.extend(mesure.selon("suspension_clause_resolutoire", jour, &obstacle));
        }
    }
    if let Some(au) = procedure.expulsion_suspendue_jusqu_au.filter(|au| jour <= *au) {
        let obstacle =
            format!("le juge du surendettement suspend l'expulsion jusqu'au {} inclus", Jour(au));
        trouves.extend(mesure.selon("surendettement_suspension_expulsion", jour, &obstacle));
    }
    let protege = cours.fin_de_protection_du_protocole().is_some_and(|fin| jour <= fin);
    if let Some(pcs) = cours.dette.pcs.filter(|_| protege) {
        let obstacle =
            format!("le protocole de cohésion sociale du {} suspend l'expulsion", Jour(pcs.du));
        trouves.extend(mesure.selon("pcs_effet", jour, &obstacle));
    }
    if let Some((le, Some(IssueDAppel::ArretExecution))) = procedure.appel {
        let obstacle =
            format!("le premier président a arrêté l'exécution du jugement le {}", Jour(le));
        trouves.extend(mesure.selon("execution_provisoire", jour, &obstacle));
    }
    trouves
}

fn indemnisation(avant: &Avant<'_>, jour: Date) -> Option<Anomalie> {
    let cfp = avant.cours.procedure.cfp;
    let demande_le = avant.concours_demande_le;
    let decide = cfp.is_some_and(|cfp| cfp.decision.is_some());
    let silence = demande_le.and_then(|le| refus_implicite(le).ok()).map(|c| c.valeur.retenue);
    if decide || silence.is_some_and(|silence| silence < jour) {
        return None;
    }
    let obstacle = match silence {
        Some(silence) => {
            format!("le préfet peut encore répondre jusqu'au {} inclus", Jour(silence))
        }
        None => "aucun refus du concours n'est connu".to_owned(),
    };
    Anomalie::selon(
        "responsabilite_etat_debut",
        jour,
        format!("indemnisation demandée le {} : {obstacle}", Jour(jour)),
        "rien n'est dû avant le refus du concours : la demande est prématurée",
    )
}
