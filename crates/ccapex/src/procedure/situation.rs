//! La situation d'un dossier : où, à qui, à quel stade, et quoi ensuite.

use jiff::civil::Date;

use crate::dossier::Dossier;
use crate::procedure::etape::{Etape, a_examiner, etapes};
use crate::procedure::stade::stade;
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
    /// La réponse donnée à la dernière notice.
    pub statut: Statut,
    /// Son motif.
    pub motif: String,
    /// La file de travail où le dossier attend, s'il en attend une.
    pub file: &'static str,
    /// Fin du délai du dernier commandement.
    pub fin_delai: Option<Date>,
    /// Les étapes ouvertes, la prochaine d'abord. Jamais vide.
    pub etapes: Vec<Etape>,
}

/// La situation d'un dossier, ce jour-là.
#[must_use]
pub fn situation(dossier: &Dossier, profil: &Profil, aujourd_hui: Date) -> Situation {
    let mut situation = Situation {
        commune: String::new(),
        sous_commission: String::new(),
        service: "secretariat".to_owned(),
        service_provisoire: false,
        a_completer: Vec::new(),
        stade: "bail_en_cours",
        statut: Statut::Recu,
        motif: String::new(),
        file: "suivi",
        fin_delai: None,
        etapes: Vec::new(),
    };
    let mut contexte = Contexte::default();
    let mut incomplete = false;
    for notice in dossier.en_vigueur() {
        let examen =
            examiner(notice.nature, &notice.contenu, true, profil, notice.jugee_le, contexte);
        contexte.apprend(notice);
        incomplete |= notice.statut == Statut::Incomplet;
        if let Some(commune) = notice.contenu.commune.as_ref() {
            situation.commune.clone_from(commune);
        }
        if let Some(sous_commission) = examen.sous_commission {
            situation.sous_commission = sous_commission;
        }
        if let Some(service) = examen.service {
            situation.service = service;
            situation.service_provisoire = examen.service_provisoire;
        }
        situation.a_completer = examen.a_completer;
        situation.fin_delai = examen.fin_delai.map(|fin| fin.retenue).or(situation.fin_delai);
        situation.statut = notice.statut;
        situation.motif = notice.motif.clone().unwrap_or_default();
    }
    if let Some(prise) = &dossier.prise_en_charge
        && prise.issue == "acceptee"
    {
        situation.service.clone_from(&prise.service);
        situation.service_provisoire = false;
    }
    situation.stade = if dossier.joint_a.is_some() { "joint" } else { stade(dossier, aujourd_hui) };
    situation.file = match (dossier.joint_a, incomplete, situation.service_provisoire) {
        (Some(_), _, _) => "joint",
        (None, true, _) => "a_completer",
        (None, false, true) => "a_orienter",
        (None, false, false) => "suivi",
    };
    situation.etapes = etapes(dossier, &situation.service, profil, &situation.commune);
    if situation.etapes.is_empty() {
        situation.etapes.push(a_examiner(dossier.dernier_fait_le.unwrap_or(aujourd_hui)));
    }
    situation
}
