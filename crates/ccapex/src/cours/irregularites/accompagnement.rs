//! Diagnostic, protocole, surendettement, aide au logement, relogement, issue.

use droit::jour::Jour;
use droit::regles::aide::effet_de_la_suspension;
use droit::regles::diagnostic::{dernier_jour_transmission, entretien_avant_le};
use droit::regles::impaye::{Impaye, constitue};
use droit::regles::protocole::{Signature, protocole_de};
use droit::reponse::Reponse;
use jiff::civil::{Date, date};

use super::{Avant, ordre};
use crate::acte::codes::{Avancee, IssueDeDecisionSurAide, IssueDuMenage, SortDeLAide};
use crate::acte::{Demarche, Quoi};
use crate::cours::etat::Stade;
use crate::cours::loi::echeance;
use crate::cours::{Cours, EtatDEngagement, Suivi};
use crate::notice::{BailleurType, Contenu};
use crate::profil::Profil;
use crate::signalement::anomalies::Anomalie;

pub(super) fn acte(avant: &Avant<'_>, quoi: &Quoi, jour: Date) -> Vec<Anomalie> {
    let dette = &avant.cours.dette;
    #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes sont jugés ailleurs")]
    let trouvee = match quoi {
        Quoi::DsfRendezVous(_) => entretien(avant, jour),
        Quoi::DsfTransmis(_) => transmission(avant, jour),
        Quoi::Pcs { duree_mois } => return protocole(avant, *duree_mois, jour),
        Quoi::PcsDenonce {} | Quoi::PcsRespecte {} if dette.pcs.is_none() => Some(ordre(format!(
            "fin d'un protocole de cohésion sociale le {}, sans protocole connu",
            Jour(jour)
        ))),
        Quoi::PlanRompu {} | Quoi::PlanTermine {} | Quoi::EcheancePlan { .. }
            if dette.plan.is_none() && avant.cours.stade != Stade::DelaisAccordes =>
        {
            Some(ordre(format!("suite d'un plan le {}, sans plan connu", Jour(jour))))
        }
        Quoi::AlerteReponse { code, .. }
            if !avant.cours.alertes.iter().any(|alerte| alerte.code == *code) =>
        {
            Some(ordre(format!(
                "réponse du {} à une alerte « {} » que personne n'a levée",
                Jour(jour),
                code.libelle()
            )))
        }
        Quoi::NouveauBail { .. } => nouveau_bail(avant, jour),
        Quoi::Surendettement(demarche) => suspension(avant, demarche, jour),
        Quoi::Dalo(demarche) => relogement(avant, demarche, jour),
        Quoi::AideLogement { etape: SortDeLAide::Suspendue } => suspension_de_l_aide(avant, jour),
        Quoi::DecisionAide { notifiee_le, .. } => return decision_aide(avant, *notifiee_le, jour),
        _ => None,
    };
    trouvee.into_iter().collect()
}

/// Un signalement d'impayé que son propre contenu dit trop tôt. Ce qu'on ne sait pas ne dit rien.
pub(super) fn pas_encore_constitue(contenu: &Contenu, jour: Date) -> Option<Anomalie> {
    let qui = contenu.mot("origine")?;
    if !matches!(qui, "caf" | "msa" | "bailleur") {
        return None;
    }
    // Avant 2027 le loyer se compte net de l'aide versée au bailleur, dont on ignore le montant.
    let au_locataire = contenu.mot("aide_versee_a").is_some_and(|a| a.starts_with("locataire"));
    if jour < REFORME && !au_locataire {
        return None;
    }
    let impaye = Impaye {
        loyer_hors_charges: contenu.loyer_hors_charges,
        charges: contenu.charges,
        aide_au_bailleur: None,
        dette: contenu.montant_dette,
        depuis: contenu.impaye_depuis,
    };
    let jugee = constitue(&impaye, jour, jour).ok()?;
    if jugee.valeur != Reponse::Non {
        return None;
    }
    let constats: Vec<&str> = jugee.motifs.iter().map(|m| m.constat.as_str()).collect();
    Anomalie::selon(
        "impaye_definition",
        jour,
        format!("impayé signalé le {} : {}", Jour(jour), constats.join(" ; ")),
        "le signalement est gardé et le ménage suivi ; la procédure d'impayé de l'organisme payeur ne s'ouvre qu'une fois l'impayé constitué",
    )
}

fn entretien(avant: &Avant<'_>, jour: Date) -> Option<Anomalie> {
    let dsf = &avant.cours.dsf;
    // Seul le premier entretien proposé a un délai.
    let demande_le = dsf.demande_le.filter(|_| dsf.rendez_vous.is_empty())?;
    let limite = entretien_avant_le(demande_le, avant.territoire).ok()?.valeur;
    if jour <= limite {
        return None;
    }
    Anomalie::selon(
        "dsf_entretien",
        demande_le,
        format!(
            "premier entretien du diagnostic le {} : organisme saisi le {}, il fallait le proposer au plus tard le {}",
            Jour(jour),
            Jour(demande_le),
            Jour(limite)
        ),
        "le diagnostic reste dû au juge ; le retard est à expliquer, et l'entretien à tenir avant l'audience",
    )
}

fn transmission(avant: &Avant<'_>, jour: Date) -> Option<Anomalie> {
    let audience = avant.cours.procedure.audience?;
    let limite = dernier_jour_transmission(audience, avant.territoire).ok()?.valeur;
    if jour <= limite {
        return None;
    }
    Anomalie::selon(
        "dsf_transmission",
        audience,
        format!(
            "diagnostic transmis le {} pour l'audience du {} : le dernier jour était le {}",
            Jour(jour),
            Jour(audience),
            Jour(limite)
        ),
        "le juge peut statuer sans lui ; demandez un renvoi, ou portez le diagnostic à l'audience",
    )
}

fn protocole(avant: &Avant<'_>, mois: u16, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    let obstacle = match avant.bailleur {
        BailleurType::PersonnePhysique | BailleurType::SciFamiliale => {
            Some(format!("avec un bailleur privé ({})", avant.bailleur.libelle()))
        }
        // Une personne morale peut être une société d'économie mixte.
        BailleurType::PersonneMorale
        | BailleurType::BailleurSocial
        | BailleurType::Ambigu
        | BailleurType::Inconnu => None,
    };
    let bail_resilie = avant.cours.stade >= Stade::ExpulsionOrdonnee;
    let obstacle = obstacle.or_else(|| {
        (!bail_resilie).then(|| "sans décision de résiliation du bail connue".to_owned())
    });
    if let Some(obstacle) = obstacle {
        trouvees.extend(Anomalie::selon(
            "pcs_champ",
            jour,
            format!("protocole de cohésion sociale signé le {} {obstacle}", Jour(jour)),
            "ce n'est pas un protocole de cohésion sociale : il ne suspend ni l'expulsion ni ne rouvre l'aide au logement ; un plan d'apurement est possible",
        ));
    }
    let signature = match (avant.cours.dette.pcs, avant.dette_effacee_le) {
        (Some(pcs), _) if pcs.etat == EtatDEngagement::EnCours => {
            Signature::Renouvellement { du: pcs.du, au: pcs.au }
        }
        (_, Some(le)) => Signature::ApresEffacement { le },
        (_, None) => Signature::Premiere,
    };
    if let Ok(juge) = protocole_de(jour, mois, signature)
        && juge.valeur.0 == Reponse::Non
    {
        let constats: Vec<&str> = juge.motifs.iter().map(|m| m.constat.as_str()).collect();
        trouvees.extend(Anomalie::selon(
            "pcs_duree",
            jour,
            format!("protocole de cohésion sociale signé le {} pour {}", Jour(jour), constats.join(" ; ")),
            "la date signée est gardée ; au-delà de la durée permise, le protocole ne protège plus le ménage : il faut le refaire",
        ));
    }
    trouvees
}

fn nouveau_bail(avant: &Avant<'_>, jour: Date) -> Option<Anomalie> {
    let EtatDEngagement::Tenu(respecte_le) = avant.cours.dette.pcs?.etat else { return None };
    let limite = echeance("pcs_nouveau_bail", respecte_le, &avant.commune)?.jour;
    if jour <= limite {
        return None;
    }
    nouveau_bail_en_retard(respecte_le, limite, Some(jour))
}

/// Le bail promis au terme d'un protocole respecté, signé en retard ou pas encore.
pub(super) fn nouveau_bail_en_retard(
    respecte_le: Date,
    limite: Date,
    signe_le: Option<Date>,
) -> Option<Anomalie> {
    let sort = match signe_le {
        Some(signe_le) => format!("nouveau bail signé le {} seulement", Jour(signe_le)),
        None => "aucun nouveau bail n'est connu".to_owned(),
    };
    Anomalie::selon(
        "pcs_nouveau_bail",
        respecte_le,
        format!(
            "protocole respecté le {} : {sort}, il était dû au plus tard le {}",
            Jour(respecte_le),
            Jour(limite)
        ),
        "le ménage a droit à un bail : rappelez-le au bailleur",
    )
}

fn suspension(avant: &Avant<'_>, demarche: &Demarche, jour: Date) -> Option<Anomalie> {
    const REGLE: &str = "surendettement_suspension_expulsion";
    if demarche.etape != Avancee::SuspensionExpulsion {
        return None;
    }
    let plafond = echeance(REGLE, jour, &avant.commune)?.jour;
    if let Some(jusqu_au) = demarche.jusqu_au.filter(|jusqu_au| *jusqu_au > plafond) {
        return Anomalie::selon(
            REGLE,
            jour,
            format!(
                "expulsion suspendue le {} jusqu'au {} : deux ans au plus, jusqu'au {}",
                Jour(jour),
                Jour(jusqu_au),
                Jour(plafond)
            ),
            "la suspension cesse au bout de deux ans, ou plus tôt avec le plan ou les mesures",
        );
    }
    let avant_recevabilite = avant
        .cours
        .demarches
        .surendettement
        .as_ref()
        .is_some_and(|suivi| suivi.demarche.etape == Avancee::Depose);
    if !avant_recevabilite {
        return None;
    }
    Anomalie::selon(
        REGLE,
        jour,
        format!("expulsion suspendue le {}, avant que le dossier soit dit recevable", Jour(jour)),
        "le juge ne suspend l'expulsion qu'après la recevabilité : vérifiez l'ordonnance, elle est gardée telle quelle",
    )
}

fn relogement(avant: &Avant<'_>, demarche: &Demarche, jour: Date) -> Option<Anomalie> {
    if !matches!(demarche.etape, Avancee::Offre | Avancee::Relogement) {
        return None;
    }
    let Some(Suivi { le: reconnu_le, demarche: reconnu, .. }) = &avant.cours.demarches.dalo else {
        return None;
    };
    if reconnu.etape != Avancee::Prioritaire {
        return None;
    }
    let limite = echeance("dalo_relogement", *reconnu_le, &avant.commune)?.jour;
    if jour <= limite {
        return None;
    }
    Anomalie::selon(
        "dalo_relogement",
        *reconnu_le,
        format!(
            "offre de logement du {} : ménage reconnu prioritaire le {}, elle était due au plus tard le {}",
            Jour(jour),
            Jour(*reconnu_le),
            Jour(limite)
        ),
        "passé ce jour, le ménage pouvait saisir le tribunal administratif pendant quatre mois",
    )
}

/// Qui décide de l'aide dépend du jour où l'impayé a été signalé.
fn decideur(avant: &Avant<'_>, jour: Date) -> (bool, Date) {
    let signale_le = avant.impaye_signale_le.unwrap_or(jour);
    (signale_le >= REFORME, signale_le)
}

/// Le décret n° 2026-84 entre en vigueur.
const REFORME: Date = date(2027, 1, 1);

fn suspension_de_l_aide(avant: &Avant<'_>, jour: Date) -> Option<Anomalie> {
    let (commission, signale_le) = decideur(avant, jour);
    if !commission || jour < REFORME {
        return None;
    }
    let Some((IssueDeDecisionSurAide::Suspension, _, notifiee_le)) =
        avant.cours.dette.decision_aide
    else {
        return Anomalie::selon(
            "decideur_maintien_aide",
            signale_le,
            format!(
                "aide au logement suspendue le {} sans décision de suspension de la commission",
                Jour(jour)
            ),
            "l'aide est maintenue tant que la commission n'a pas décidé : demandez à l'organisme payeur de la rétablir",
        );
    };
    let effet = effet_de_la_suspension(notifiee_le?).ok()?.valeur;
    if jour >= effet {
        return None;
    }
    Anomalie::selon(
        "effet_suspension",
        jour,
        format!(
            "aide au logement suspendue le {}, avant l'effet de la décision : le {}",
            Jour(jour),
            Jour(effet)
        ),
        "l'aide est due jusque-là : demandez à l'organisme payeur de la verser",
    )
}

fn decision_aide(avant: &Avant<'_>, notifiee_le: Option<Date>, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    let (commission, signale_le) = decideur(avant, jour);
    if !commission {
        trouvees.extend(Anomalie::selon(
            "decideur_maintien_aide",
            signale_le,
            format!(
                "décision de la commission sur l'aide le {}, pour un impayé du régime d'avant 2027 : l'organisme payeur décide encore",
                Jour(jour)
            ),
            "la décision vaut avis à l'organisme payeur, qui décide ; elle n'a pas d'effet sur le versement par elle-même",
        ));
    }
    if let Some(notifiee_le) = notifiee_le.filter(|le| *le < jour) {
        trouvees.push(ordre(format!(
            "décision sur l'aide du {} notifiée le {}, avant d'être prise",
            Jour(jour),
            Jour(notifiee_le)
        )));
    }
    trouvees
}

/// « Sans nouvelles » ne se dit qu'après les tentatives que le profil exige.
pub(super) fn issue(
    quoi: &Quoi,
    jour: Date,
    cours: &Cours<'_>,
    profil: &Profil,
) -> Option<Anomalie> {
    if !matches!(quoi, Quoi::IssueMenage { issue: IssueDuMenage::SansNouvelles }) {
        return None;
    }
    let exigees = profil.tentatives_avant_sans_nouvelles();
    let connues = cours.tentatives.range(..=jour).count();
    (connues < usize::from(exigees)).then(|| Anomalie {
        regle: "tentatives_avant_sans_nouvelles",
        motif: format!(
            "« sans nouvelles » le {} après {connues} jour{} de tentatives : le profil en exige {exigees}",
            Jour(jour),
            if connues > 1 { "s" } else { "" }
        ),
        consequence: "le dossier reste ouvert : il se clôt « sans nouvelles » après assez de tentatives datées",
    })
}
