//! Les dates d'un dossier, à leur place dans l'explication.

use droit::regles::treve::fin_de_la_treve;
use jiff::ToSpan;
use jiff::civil::Date;

use super::texte::{Attendu, Echeance, Explication};
use crate::cours::Cours;

/// Une date d'un dossier et ce qu'on en dit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateUtile {
    /// Laquelle.
    pub echeance: Echeance,
    /// La phrase qui la précède.
    pub annonce: &'static str,
    /// Le jour.
    pub jour: Date,
    /// Elle est passée.
    pub passee: bool,
}

/// Les dates que le dossier connaît, lues ce jour-là. Celles qu'il ignore restent dites en général.
#[must_use]
pub fn dates_utiles(texte: &Explication, cours: &Cours<'_>, jour: Date) -> Vec<DateUtile> {
    let connue = |attendu: &Attendu| {
        let le = date_du_dossier(attendu.echeance, cours, jour)?;
        let passee = le < jour;
        let annonce = if passee { attendu.passee } else { attendu.a_venir };
        Some(DateUtile { echeance: attendu.echeance, annonce, jour: le, passee })
    };
    texte.avant_quand.iter().filter_map(connue).collect()
}

fn date_du_dossier(echeance: Echeance, cours: &Cours<'_>, jour: Date) -> Option<Date> {
    let procedure = &cours.procedure;
    match echeance {
        Echeance::FinDuCommandement => procedure.cdp.and_then(|c| c.dernier_jour),
        Echeance::Audience => procedure.audience,
        Echeance::FinDesDelais => procedure.jugement.and_then(|j| j.fin_des_delais),
        Echeance::FinDuCql => procedure.cql.and_then(|c| c.dernier_jour),
        Echeance::FinDesDelaisDuJuge => procedure.jex.map(|(_, au)| au),
        Echeance::FinDeLaTreve => fin_de_la_treve(jour).ok().flatten(),
        Echeance::FinDuPlan => {
            cours.dette.plan.as_ref().map(|p| p.du.saturating_add(i64::from(p.echeances).months()))
        }
        Echeance::FinDuProtocole => cours.dette.pcs.map(|p| p.au),
        Echeance::Appel | Echeance::Meubles => None,
    }
}
