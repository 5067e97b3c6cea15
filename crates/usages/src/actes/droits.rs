//! Qui consigne quoi : la mission de chacun sur chaque acte. Ce qui n'est pas écrit ici est refusé.

use ccapex::acte::gabarit::{Famille, gabarit};
use ccapex::acte::lire::Refus;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::{Agent, Role};

use crate::actes::demande::refus;

/// Vérifie que la mission de cette personne comprend cet acte.
pub(super) fn verifier(agent: &Agent, acte: &str) -> Result<(), Refus> {
    if permis(agent.role, acte) {
        return Ok(());
    }
    let nom = gabarit(acte)
        .map(|g| g.libelle)
        .or_else(|| Nature::de_code(acte).map(Nature::libelle))
        .unwrap_or(acte);
    Err(refus(
        "acte",
        format!(
            "Votre rôle ({}) ne permet pas de consigner « {nom} ». Demandez à une personne du secrétariat.",
            agent.role.libelle()
        ),
    ))
}

fn permis(role: Role, acte: &str) -> bool {
    match role {
        Role::SecretariatCentral | Role::SecretariatSousCommission => true,
        Role::ServiceSocial => {
            matches!(
                acte,
                "alerte"
                    | "signalement_impaye"
                    | "complement"
                    | "rectification"
                    | "audience"
                    | "alerte_reponse"
                    | "suite"
                    | "enquete_sociale"
                    | "entretien_derniere_chance"
                    | "place_siao"
            ) || de_la_famille(
                acte,
                &[Famille::Accompagnement, Famille::Dette, Famille::Diagnostic, Famille::Issue],
            )
        }
        Role::OrganismePayeur => {
            matches!(
                acte,
                "alerte"
                    | "signalement_impaye"
                    | "complement"
                    | "rectification"
                    | "alerte_reponse"
                    | "suite"
            ) || de_la_famille(
                acte,
                &[Famille::Accompagnement, Famille::Dette, Famille::Diagnostic],
            )
        }
        // Une étude envoie ses actes ; elle n'écrit pas l'histoire du ménage.
        Role::CommissaireDeJustice => {
            matches!(acte, "cdp" | "assignation" | "decision" | "cql" | "requisition_cfp")
        }
        Role::Administrateur | Role::Lecteur => false,
    }
}

fn de_la_famille(acte: &str, familles: &[Famille]) -> bool {
    gabarit(acte).is_some_and(|g| familles.contains(&g.famille))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chacun_consigne_ce_que_sa_mission_comprend_et_rien_d_autre() {
        use Role as R;
        #[rustfmt::skip]
        let cas = [
            (R::SecretariatCentral,        "decision_cfp",   true),
            (R::SecretariatSousCommission, "avis",           true),
            (R::ServiceSocial,             "contact",        true),
            (R::ServiceSocial,             "dsf_transmis",   true),
            (R::ServiceSocial,             "issue_menage",   true),
            (R::ServiceSocial,             "decision_cfp",   false),
            (R::ServiceSocial,             "avis",           false),
            (R::ServiceSocial,             "decision_aide",  false),
            (R::ServiceSocial,             "rapprochement",  false),
            (R::ServiceSocial,             "cdp",            false),
            (R::OrganismePayeur,           "aide_logement",  true),
            (R::OrganismePayeur,           "decision_aide",  false),
            (R::OrganismePayeur,           "expulsion",      false),
            (R::CommissaireDeJustice,      "assignation",    true),
            (R::CommissaireDeJustice,      "contact",        false),
            (R::CommissaireDeJustice,      "complement",     false),
            (R::CommissaireDeJustice,      "rectification",  false),
            (R::Administrateur,            "contact",        false),
            (R::Lecteur,                   "alerte",         false),
        ];
        for (role, acte, attendu) in cas {
            assert_eq!(permis(role, acte), attendu, "{} : {acte}", role.code());
        }
    }
}
