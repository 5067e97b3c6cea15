//! Les cas complexes : le programme propose et dit pourquoi, une personne décide.
//!
//! Un critère regarde ce qui est consigné. Il ne déduit rien de la santé de quelqu'un et ne note
//! personne : une fragilité n'existe ici que signalée par un partenaire.

use std::collections::BTreeSet;

use droit::jour::Jour;
use droit::source::Source;
use jiff::ToSpan;

use crate::acte::Quoi;
use crate::acte::codes::{
    Avancee, CodeDAlerte, IssueDeDispositif, IssueDeGarantie, IssueDePriseEnCharge,
};
use crate::acte::gabarit::SOLUTION_TROUVEE;
use crate::cours::etat::{EtatParallele, Stade};
use crate::cours::horloge::Horloge;
use crate::cours::{Cours, EtatDEngagement, Suivi};
use crate::dossier::Dossier;
use crate::profil::{ConditionDeComplexite as Condition, CritereDeComplexite, Profil};

/// Un critère rempli, proposé à la cellule technique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposition {
    /// Le code du critère, que la décision retient.
    pub critere: String,
    /// Son nom.
    pub nom: String,
    /// Les faits qui le remplissent.
    pub pourquoi: Vec<String>,
    /// Le texte qui le prévoit.
    pub source: Source,
    /// Emprunté à un autre territoire.
    pub a_valider: bool,
}

/// Les critères remplis dont aucune personne n'a encore décidé.
///
/// Une décision couvre les critères qu'elle nomme et ceux qui étaient remplis, d'après ce qu'on
/// savait alors : ensuite, seul un critère nouveau repropose le dossier.
#[must_use]
pub fn propositions(
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> Vec<Proposition> {
    if cours.clos.is_some() || dossier.joint_a.is_some() {
        return Vec::new();
    }
    let remplis = remplis(dossier, cours, profil, horloge);
    if remplis.is_empty() {
        return remplis;
    }
    let decides = decides(dossier, profil, horloge);
    remplis.into_iter().filter(|p| !decides.contains(&p.critere)).collect()
}

/// Les critères que la dernière décision couvre.
fn decides(dossier: &Dossier, profil: &Profil, horloge: &Horloge) -> BTreeSet<String> {
    let derniere = dossier
        .actes
        .iter()
        .enumerate()
        .filter(|(_, a)| matches!(a.consigne.quoi, Quoi::CasComplexe { .. }))
        .filter(|(_, a)| horloge.atteint(a.consigne.date))
        .max_by_key(|(place, a)| (a.consigne.date, *place));
    let Some((place, decision)) = derniere else { return BTreeSet::new() };
    let mut connu = dossier.clone();
    connu.notices.retain(|n| n.recue_le <= decision.consigne.consigne_le);
    connu.actes.truncate(place);
    let alors = Horloge::au(decision.consigne.date);
    let cours = Cours::de(&connu, profil.tentatives_avant_sans_nouvelles(), &alors);
    let remplis = remplis(&connu, &cours, profil, &alors).into_iter().map(|p| p.critere);
    let mut couverts: BTreeSet<String> = remplis.collect();
    if let Quoi::CasComplexe { criteres, .. } = &decision.consigne.quoi {
        couverts.extend(criteres.iter().cloned());
    }
    couverts
}

fn remplis(
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> Vec<Proposition> {
    profil
        .criteres
        .iter()
        .filter_map(|critere| {
            let pourquoi = pourquoi(critere, dossier, cours, profil, horloge);
            (!pourquoi.is_empty()).then(|| Proposition {
                critere: critere.code.clone(),
                nom: critere.nom.clone(),
                pourquoi,
                source: critere.source.clone(),
                a_valider: critere.a_valider,
            })
        })
        .collect()
}

/// Les faits qui remplissent un critère ; vide s'il ne l'est pas.
fn pourquoi(
    critere: &CritereDeComplexite,
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> Vec<String> {
    let au_moins = |seuil: &str, faits: Vec<String>| {
        if faits.len() >= usize::from(critere.seuil(seuil)) { faits } else { Vec::new() }
    };
    match critere.condition {
        Condition::SansTitreFragile => match fragilites(cours) {
            fragilites if sans_titre(dossier, cours) && !fragilites.is_empty() => {
                let mut faits = vec!["occupation sans droit ni titre".to_owned()];
                faits.extend(fragilites);
                faits
            }
            _ => Vec::new(),
        },
        Condition::JamaisDeReponse => {
            let inconnu = cours.joint_le.is_none() && !accepte(cours);
            let tentatives = cours
                .tentatives
                .iter()
                .map(|le| format!("tentative sans réponse le {}", Jour(*le)))
                .collect();
            if inconnu { au_moins("tentatives", tentatives) } else { Vec::new() }
        }
        Condition::FragiliteSignalee => fragilites(cours),
        Condition::Troubles => match cours.procedure.hors_impaye.as_deref() {
            Some("troubles") => vec!["procédure fondée sur des troubles de jouissance".to_owned()],
            _ => Vec::new(),
        },
        Condition::PlusieursActeurs => au_moins("acteurs", acteurs(cours, profil)),
        Condition::SituationBloquee => au_moins("impasses", impasses(cours, profil)),
        Condition::DaloSansOffre => dalo_sans_offre(cours, critere, horloge),
        Condition::ExpulsionSansSolution => expulsion_sans_solution(cours),
    }
}

fn sans_titre(dossier: &Dossier, cours: &Cours<'_>) -> bool {
    let occupation =
        dossier.en_vigueur().filter_map(|n| n.contenu.occupation.as_deref()).next_back();
    occupation == Some("sans_titre") || cours.procedure.hors_impaye.as_deref() == Some("sans_titre")
}

fn accepte(cours: &Cours<'_>) -> bool {
    cours.prises_en_charge.iter().any(|p| p.issue == IssueDePriseEnCharge::Acceptee)
}

/// Ce qu'un partenaire a signalé. La nature d'une mesure de protection n'est pas redite ici.
fn fragilites(cours: &Cours<'_>) -> Vec<String> {
    let signalees = cours
        .alertes
        .iter()
        .filter(|a| a.code == CodeDAlerte::DossierComplexe && a.par == "alerte")
        .map(|a| format!("cas signalé par un partenaire le {}", Jour(a.le)));
    let protegee = cours
        .protection
        .map(|(_, le)| format!("une mesure de protection court depuis le {}", Jour(le)));
    signalees.chain(protegee).collect()
}

/// Les acteurs engagés aujourd'hui, chacun une fois.
fn acteurs(cours: &Cours<'_>, profil: &Profil) -> Vec<String> {
    let mut acteurs = BTreeSet::new();
    for prise in &cours.prises_en_charge {
        let derniere = cours.reponse_de(&prise.service);
        if derniere.is_some_and(|d| d.issue == IssueDePriseEnCharge::Acceptee) {
            acteurs.insert(profil.nom_de(&prise.service).to_owned());
        }
    }
    if cours.est(EtatParallele::DsfEnCours) {
        acteurs.extend(cours.dsf.organisme.as_deref().map(|o| profil.nom_de(o).to_owned()));
    }
    let actifs = cours.dispositifs.iter().filter(|m| m.etape == IssueDeDispositif::Active);
    for mesure in actifs {
        let nom = profil.dispositifs.iter().find(|d| d.code == mesure.code).map(|d| &d.nom);
        acteurs.insert(nom.unwrap_or(&mesure.code).clone());
    }
    for (etat, organisme) in
        [(EtatParallele::FslMaintien, "fsl"), (EtatParallele::Surendettement, "surendettement")]
    {
        if cours.est(etat) {
            acteurs.insert(profil.nom_de(organisme).to_owned());
        }
    }
    if cours.est(EtatParallele::Dalo) {
        acteurs.insert("Commission de médiation".to_owned());
    }
    if cours.protection.is_some() {
        acteurs.insert("Personne chargée de la mesure de protection".to_owned());
    }
    for (code, etape, _) in &cours.garanties {
        if *etape == IssueDeGarantie::Mobilisee {
            acteurs.insert(format!("Garant ({code})"));
        }
    }
    acteurs.into_iter().collect()
}

/// Les voies essayées et fermées, dans l'ordre de l'étude.
fn impasses(cours: &Cours<'_>, profil: &Profil) -> Vec<String> {
    let mut impasses = Vec::new();
    let mut rompu = |quoi: &str, etat: Option<EtatDEngagement>| {
        if let Some(EtatDEngagement::Rompu(le)) = etat {
            impasses.push(format!("{quoi} le {}", Jour(le)));
        }
    };
    rompu("plan d'apurement rompu", cours.dette.plan.as_ref().map(|p| p.etat));
    rompu("protocole de cohésion sociale dénoncé", cours.dette.pcs.map(|p| p.etat));
    let refusee = |quoi: &str, suivi: &Option<Suivi>| {
        let suivi = suivi.as_ref()?;
        let etape = suivi.demarche.etape;
        matches!(etape, Avancee::Refus | Avancee::Rejet | Avancee::Irrecevable | Avancee::SansSuite)
            .then(|| format!("{quoi} : {} le {}", etape.libelle(), Jour(suivi.le)))
    };
    let demarches = &cours.demarches;
    impasses.extend(refusee("FSL", &demarches.fsl));
    impasses.extend(refusee("recours DALO", &demarches.dalo));
    impasses.extend(refusee("recours DAHO", &demarches.daho));
    impasses.extend(refusee("surendettement", &demarches.surendettement));
    if let Some(refus) = cours.prises_en_charge.last()
        && refus.issue == IssueDePriseEnCharge::Refusee
    {
        impasses.push(format!(
            "prise en charge refusée par « {} » le {}",
            profil.nom_de(&refus.service),
            Jour(refus.le)
        ));
    }
    for code in [CodeDAlerte::RefusMutation, CodeDAlerte::Deni] {
        if let Some(alerte) = cours.alertes.iter().rev().find(|a| a.code == code) {
            impasses.push(format!("{} le {}", code.libelle(), Jour(alerte.le)));
        }
    }
    impasses
}

fn dalo_sans_offre(
    cours: &Cours<'_>,
    critere: &CritereDeComplexite,
    horloge: &Horloge,
) -> Vec<String> {
    let Some(dalo) = cours.demarches.dalo.as_ref() else { return Vec::new() };
    let mois = critere.seuil("mois");
    let attente = dalo.le.saturating_add(i64::from(mois).months());
    if dalo.demarche.etape == Avancee::Prioritaire && horloge.passe(attente) {
        vec![format!(
            "reconnu prioritaire le {}, sans offre depuis plus de {mois} mois",
            Jour(dalo.le)
        )]
    } else {
        Vec::new()
    }
}

fn expulsion_sans_solution(cours: &Cours<'_>) -> Vec<String> {
    let derniere = cours.procedure.instruction.iter().rfind(|(acte, ..)| *acte == "place_siao");
    let place = derniere.is_some_and(|(_, _, dit)| dit.as_deref() == Some(SOLUTION_TROUVEE));
    let ailleurs =
        cours.est(EtatParallele::Relogement) || cours.est(EtatParallele::HebergementSiao);
    let accorde = cours.procedure.cfp.and_then(|cfp| cfp.decision);
    match accorde {
        Some((_, le)) if cours.stade == Stade::CfpAccorde && !place && !ailleurs => vec![
            format!("concours de la force publique accordé le {}", Jour(le)),
            "aucune place d'hébergement trouvée, aucun relogement noté".to_owned(),
        ],
        _ => Vec::new(),
    }
}
