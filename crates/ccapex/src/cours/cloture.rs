//! Ce qui clôt un dossier : l'issue du ménage, non celle de la procédure.

use jiff::civil::Date;

use crate::acte::Quoi;
use crate::acte::codes::{IssueDAccueil, IssueDuMenage};
use crate::acte::gabarit::{Famille, gabarit};
use crate::cours::etat::{EtatParallele, Stade};
use crate::cours::fil::{Arrive, Point};
use crate::cours::horloge::Horloge;
use crate::cours::{Cloture, Cours};

/// La fin du dossier ; rien tant qu'il est ouvert.
pub(super) fn cloture(
    cours: &Cours<'_>,
    points: &[Point<'_>],
    tentatives_exigees: u8,
    horloge: &Horloge,
) -> Option<Cloture> {
    if cours.est(EtatParallele::IndemnisationEtat) {
        return None;
    }
    par_l_issue(cours, points, tentatives_exigees)
        .or_else(|| par_le_reglement(cours, points))
        .filter(|cloture| horloge.atteint(cloture.le))
}

fn par_l_issue(cours: &Cours<'_>, points: &[Point<'_>], exigees: u8) -> Option<Cloture> {
    let (place, jour, issue) =
        points.iter().enumerate().rev().find_map(|(place, point)| match issue_de(point) {
            Some(issue) if issue_admise(cours, point.jour, issue, exigees) => {
                Some((place, point.jour, issue))
            }
            _ => None,
        })?;
    let repris = points[place..].iter().any(|p| p.jour > jour && rouvre(p));
    (!repris).then(|| Cloture {
        le: jour,
        issue,
        motif: format!("issue du ménage : {}", issue.libelle()),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "un seul acte dit l'issue")]
fn issue_de(point: &Point<'_>) -> Option<IssueDuMenage> {
    match point.quoi {
        Arrive::Acte(acte) => match acte.consigne.quoi {
            Quoi::IssueMenage { issue } => Some(issue),
            _ => None,
        },
        Arrive::Notice(_) => None,
    }
}

/// « Sans nouvelles » ne se dit qu'après assez de jours de tentatives.
pub(super) fn issue_admise(
    cours: &Cours<'_>,
    jour: Date,
    issue: IssueDuMenage,
    exigees: u8,
) -> bool {
    issue != IssueDuMenage::SansNouvelles
        || cours.tentatives.range(..=jour).count() >= usize::from(exigees)
}

/// Ce qui, arrivé après l'issue, rouvre le dossier : une nouvelle difficulté, pas un papier en retard.
#[expect(clippy::wildcard_enum_match_arm, reason = "la famille de l'acte décide")]
fn rouvre(point: &Point<'_>) -> bool {
    match point.quoi {
        Arrive::Notice(_) => true,
        Arrive::Acte(acte) => match &acte.consigne.quoi {
            Quoi::Contact { issue: IssueDAccueil::SansReponse, .. } | Quoi::Dette { .. } => false,
            quoi => gabarit(quoi.nom()).is_some_and(|g| {
                matches!(g.famille, Famille::Justice | Famille::ForcePublique | Famille::Diagnostic)
                    && !matches!(
                        quoi,
                        Quoi::Indemnisation { .. } | Quoi::Desistement {} | Quoi::Renonciation {}
                    )
            }),
        },
    }
}

/// La dette est réglée et le bail continue.
fn par_le_reglement(cours: &Cours<'_>, points: &[Point<'_>]) -> Option<Cloture> {
    let reglee_le = cours.dette.reglee_le?;
    let engage = cours.est(EtatParallele::PlanApurement) || cours.est(EtatParallele::Pcs);
    let autre_cause = cours.procedure.hors_impaye.is_some() || cours.procedure.conge_au.is_some();
    let doit_encore =
        cours.dette.reste.is_some_and(|(le, montant)| le >= reglee_le && montant.en_centimes() > 0);
    if cours.stade != Stade::BailEnCours || engage || autre_cause || doit_encore {
        return None;
    }
    // Une saisine ou une alerte venue depuis attend sa réponse.
    let reprise = points.iter().any(|p| matches!(p.quoi, Arrive::Notice(_)) && p.jour > reglee_le);
    (!reprise).then(|| Cloture {
        le: cours.depuis.map_or(reglee_le, |depuis| depuis.max(reglee_le)),
        issue: IssueDuMenage::Maintien,
        motif: "la dette est réglée et le bail continue".to_owned(),
    })
}
