//! De quoi une notification parle.

use std::collections::BTreeSet;

use ccapex::acte::Quoi;
use ccapex::acte::codes::IssueDePriseEnCharge;
use ccapex::fait::{Acte, Fait};
use ccapex::partenaires::agent::Agent;

/// De quoi une notification parle, du plus pressant au moins pressant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sujet {
    /// Une alerte attend la réponse de cette personne.
    AlertePourMoi,
    /// L'échéance d'une étape qui lui revient est passée.
    EcheancePassee,
    /// Une personne propose ce ménage à son service.
    MenagePropose,
    /// La répartition confie ce ménage à son service.
    MenageConfie,
    /// Un service a refusé ou fini de suivre ce ménage.
    PriseEnChargeFinie,
    /// Un service a accepté ce ménage.
    PriseEnChargeAcceptee,
    /// Un destinataire a répondu à une alerte.
    ReponseAUneAlerte,
    /// Ce qui manquait à une notice est arrivé.
    NoticeCompletee,
    /// Une lettre est revenue, ou n'est pas partie.
    LettreRevenue,
    /// Le destinataire d'une lettre a répondu.
    ReponseAUneLettre,
}

impl Sujet {
    /// En mots, sans rien du ménage.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::AlertePourMoi => "Une alerte attend votre réponse",
            Self::EcheancePassee => "Une échéance est passée",
            Self::MenagePropose => "Un ménage vous est proposé",
            Self::MenageConfie => "Un ménage vous est confié",
            Self::PriseEnChargeFinie => "Un service a refusé ou fini de suivre le ménage",
            Self::PriseEnChargeAcceptee => "Un service a accepté le ménage",
            Self::ReponseAUneAlerte => "Une réponse est arrivée à une alerte",
            Self::NoticeCompletee => "Une notice incomplète a sa réponse",
            Self::LettreRevenue => "Une lettre est revenue ou n'est pas partie",
            Self::ReponseAUneLettre => "Une réponse est arrivée à une lettre",
        }
    }
}

/// Ce qu'un journal apprend à cette personne : ni ses propres actes, ni ceux qui sont annulés.
pub(crate) fn du_journal<'a>(
    faits: &'a [Fait],
    agent: &'a Agent,
) -> impl Iterator<Item = (&'a Fait, Sujet)> {
    let annules: BTreeSet<i64> = faits
        .iter()
        .filter_map(|fait| match &fait.acte {
            Acte::Rectification(rectification) => Some(rectification.annule),
            Acte::NoticeRecue(_)
            | Acte::Complement(_)
            | Acte::Rapprochement(_)
            | Acte::Courrier(_)
            | Acte::SituationConfirmee(_)
            | Acte::Consigne(_) => None,
        })
        .collect();
    faits
        .iter()
        .filter(move |fait| fait.agent != agent.id && !annules.contains(&fait.rang))
        .filter_map(move |fait| Some((fait, du_fait(fait, agent)?)))
}

fn du_fait(fait: &Fait, agent: &Agent) -> Option<Sujet> {
    let secretariat = agent.tient_le_secretariat();
    let pour_qui = |sujet, concerne: bool| concerne.then_some(sujet);
    match &fait.acte {
        Acte::NoticeRecue(notice) => {
            let confie = agent.service.is_some() && notice.ouvre.is_some();
            pour_qui(Sujet::MenageConfie, confie)
        }
        Acte::Complement(_) => pour_qui(Sujet::NoticeCompletee, secretariat),
        Acte::Courrier(courrier) => match courrier.etape.as_str() {
            "retourne" | "echec" => pour_qui(Sujet::LettreRevenue, secretariat),
            "repondu" => Some(Sujet::ReponseAUneLettre),
            _ => None,
        },
        Acte::Consigne(consigne) => du_consigne(&consigne.quoi, agent, secretariat),
        Acte::Rapprochement(_) | Acte::SituationConfirmee(_) | Acte::Rectification(_) => None,
    }
}

fn du_consigne(quoi: &Quoi, agent: &Agent, secretariat: bool) -> Option<Sujet> {
    if let Quoi::AlerteReponse { .. } = quoi {
        return Some(Sujet::ReponseAUneAlerte);
    }
    let Quoi::PriseEnCharge { service, issue } = quoi else { return None };
    match issue {
        IssueDePriseEnCharge::Proposee => agent.est(service).then_some(Sujet::MenagePropose),
        IssueDePriseEnCharge::Acceptee => secretariat.then_some(Sujet::PriseEnChargeAcceptee),
        IssueDePriseEnCharge::Refusee | IssueDePriseEnCharge::Terminee => {
            secretariat.then_some(Sujet::PriseEnChargeFinie)
        }
    }
}
