//! La situation d'un dossier : où, à qui, à quel stade, et quoi ensuite.

use jiff::civil::Date;

use crate::acte::codes::IssueDePriseEnCharge;
use crate::cours::etat::EtatParallele;
use crate::cours::horloge::Horloge;
use crate::cours::{Cloture, Cours};
use crate::dossier::{Dossier, Suivie};
use crate::notice::Nature;
use crate::procedure::etape::Etape;
use crate::procedure::etapes::etapes;
use crate::procedure::stade::JOINT;
use crate::profil::Profil;
use crate::signalement::examen::{Contexte, examiner};
use crate::signalement::statut::Statut;

/// Ce qu'on affiche d'un dossier et ce qu'on cherche : tout se déduit du journal, du profil et du jour.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// Code INSEE de la commune du logement ; vide si aucune notice ne la donne.
    pub commune: String,
    /// Code de la sous-commission ; vide hors du département.
    pub sous_commission: String,
    /// Le service en charge. Jamais vide.
    pub service: String,
    /// Le service n'est que celui par défaut.
    pub service_provisoire: bool,
    /// Les questions dont la réponse peut changer le service ou donner une date.
    pub a_completer: Vec<&'static str>,
    /// Le stade de la procédure.
    pub stade: &'static str,
    /// Depuis quand.
    pub depuis: Option<Date>,
    /// Ce qui court à côté de la procédure.
    pub etats: Vec<EtatParallele>,
    /// La fin du dossier, s'il est clos.
    pub clos: Option<Cloture>,
    /// La réponse donnée à la dernière notice.
    pub statut: Statut,
    /// Son motif.
    pub motif: String,
    /// La file de travail où le dossier attend, s'il en attend une.
    pub file: &'static str,
    /// Fin du délai du dernier commandement.
    pub fin_delai: Option<Date>,
    /// Les étapes ouvertes, la prochaine d'abord. Vide pour un dossier clos, et pour lui seul.
    pub etapes: Vec<Etape>,
    /// Le premier jour où le temps seul changera quelque chose ici.
    pub prochain_changement: Option<Date>,
}

/// La situation d'un dossier, ce jour-là.
#[must_use]
pub fn situation(dossier: &Dossier, profil: &Profil, aujourd_hui: Date) -> Situation {
    let horloge = Horloge::au(aujourd_hui);
    let cours = Cours::de(dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    situation_du_cours(dossier, &cours, profil, &horloge)
}

/// La situation d'un dossier dont on connaît déjà le cours.
#[must_use]
pub fn situation_du_cours(
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> Situation {
    let mut situation = Situation {
        commune: String::new(),
        sous_commission: String::new(),
        service: "secretariat".to_owned(),
        service_provisoire: false,
        a_completer: Vec::new(),
        stade: if dossier.joint_a.is_some() { JOINT } else { cours.stade.code() },
        depuis: cours.depuis,
        etats: cours.etats.iter().copied().collect(),
        clos: cours.clos.clone(),
        statut: Statut::Recu,
        motif: String::new(),
        file: "suivi",
        fin_delai: None,
        etapes: Vec::new(),
        prochain_changement: None,
    };
    let mut contexte = Contexte::default();
    let mut incomplete = false;
    let mut examinables = Vec::with_capacity(dossier.notices.len());
    for notice in dossier.en_vigueur() {
        examinables.push((notice, contexte));
        contexte.apprend(notice);
        incomplete |= notice.statut == Statut::Incomplet;
        if let Some(commune) = notice.contenu.commune.as_ref() {
            situation.commune.clone_from(commune);
        }
        situation.statut = notice.statut;
        situation.motif = notice.motif.clone().unwrap_or_default();
    }
    repartir(&mut situation, &examinables, profil);
    confier(&mut situation, cours);
    situation.file = match (dossier.joint_a, incomplete, situation.service_provisoire) {
        (Some(_), _, _) => "joint",
        (None, true, _) => "a_completer",
        (None, false, true) => "a_orienter",
        (None, false, false) => "suivi",
    };
    if situation.clos.is_none() {
        situation.etapes =
            etapes(dossier, cours, &situation.service, profil, &situation.commune, horloge);
    }
    situation.prochain_changement = horloge.prochain();
    situation
}

/// Le lieu, le service et la fin du délai d'après la dernière notice qui les donne.
///
/// De la plus récente à la plus ancienne : un examen coûte, et la dernière suffit le plus souvent.
fn repartir(situation: &mut Situation, examinables: &[(&Suivie, Contexte)], profil: &Profil) {
    let mut service_connu = false;
    for (rang, (notice, contexte)) in examinables.iter().rev().enumerate() {
        let fin_attendue = notice.nature == Nature::Cdp && situation.fin_delai.is_none();
        let utile = rang == 0 || !service_connu || situation.sous_commission.is_empty();
        if !utile && !fin_attendue {
            continue;
        }
        let examen =
            examiner(notice.nature, &notice.contenu, true, profil, notice.jugee_le, *contexte);
        if rang == 0 {
            situation.a_completer = examen.a_completer;
        }
        if let Some(service) = examen.service.filter(|_| !service_connu) {
            situation.service = service;
            situation.service_provisoire = examen.service_provisoire;
            service_connu = true;
        }
        if let Some(code) = examen.sous_commission.filter(|_| situation.sous_commission.is_empty())
        {
            situation.sous_commission = code;
        }
        situation.fin_delai = situation.fin_delai.or(examen.fin_delai.map(|fin| fin.retenue));
    }
}

/// Une personne qui a confié le ménage à un service l'emporte sur la table de répartition.
///
/// Un refus, ou une prise en charge terminée, rend le ménage au secrétariat, qui le confie de nouveau.
fn confier(situation: &mut Situation, cours: &Cours<'_>) {
    let Some(derniere) = cours.prises_en_charge.last() else { return };
    match derniere.issue {
        IssueDePriseEnCharge::Acceptee | IssueDePriseEnCharge::Proposee => {
            situation.service.clone_from(&derniere.service);
            situation.service_provisoire = false;
        }
        IssueDePriseEnCharge::Refusee | IssueDePriseEnCharge::Terminee => {
            if derniere.service == situation.service {
                "secretariat".clone_into(&mut situation.service);
                situation.service_provisoire = false;
            }
        }
    }
}
