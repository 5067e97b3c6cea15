//! Les actes qu'on consigne d'ordinaire à chaque stade : ils viennent en premier.

use ccapex::cours::etat::Stade;

/// Les actes de ce stade, du plus attendu au moins attendu.
pub(super) fn usuels(stade: Stade) -> &'static [&'static str] {
    match stade {
        Stade::BailEnCours | Stade::ImpayeNaissant | Stade::ImpayeConstitueAide => &[
            "contact",
            "dette",
            "plan_apurement",
            "fsl",
            "aide_logement",
            "prise_en_charge",
            "cdp",
        ],
        Stade::CdpSignifie | Stade::ClauseAcquise => {
            &["contact", "dette", "plan_apurement", "prise_en_charge", "fsl", "assignation"]
        }
        Stade::AssignationDelivree => &[
            "contact",
            "dsf_demande",
            "dsf_rendez_vous",
            "porte_close",
            "dsf_transmis",
            "audience",
            "decision",
        ],
        Stade::Audience => &["decision", "audience", "contact", "dette"],
        Stade::DelaisAccordes => {
            &["echeance_plan", "dette", "plan_apurement", "plan_rompu", "contact", "alerte"]
        }
        Stade::RejetDemande => &["contact", "dette", "plan_apurement", "assignation"],
        Stade::ExpulsionOrdonnee => {
            &["signification_jugement", "contact", "appel", "pcs", "dalo", "cql"]
        }
        Stade::JugementSignifie => &["cql", "contact", "appel", "pcs", "dalo", "surendettement"],
        Stade::CqlSignifie | Stade::DelaiCqlExpire => &[
            "contact",
            "decision_jex",
            "dalo",
            "place_siao",
            "tentative_expulsion",
            "requisition_cfp",
        ],
        Stade::CfpDemande => &[
            "avis_maire",
            "entretien_derniere_chance",
            "enquete_sociale",
            "place_siao",
            "avis",
            "decision_cfp",
        ],
        Stade::CfpAccorde => &[
            "notification_cfp",
            "contact",
            "place_siao",
            "dalo",
            "depart",
            "expulsion",
            "relogement",
        ],
        Stade::CfpRefuse => {
            &["indemnisation", "contact", "dalo", "relogement", "requisition_cfp", "decision_cfp"]
        }
        Stade::DepartVolontaire | Stade::CongeDepart | Stade::ExpulsionRealisee => {
            &["issue_menage", "relogement", "hebergement", "contact", "indemnisation", "dette"]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actes::sorte::Sorte;

    #[test]
    fn chaque_acte_usuel_existe() {
        for stade in Stade::TOUS {
            for acte in usuels(*stade) {
                assert!(Sorte::de(acte).is_some(), "{acte} au stade {}", stade.libelle());
            }
        }
    }
}
