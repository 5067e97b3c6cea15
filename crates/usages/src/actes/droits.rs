//! Qui consigne quoi : la mission de chacun sur chaque acte. Ce qui n'est pas écrit ici est refusé.

use ccapex::acte::Quoi;
use ccapex::acte::codes::IssueDePriseEnCharge;
use ccapex::acte::gabarit::{Famille, gabarit};
use ccapex::acte::lire::{Lu as ActeLu, Refus};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::profil::{Profil, SERVICE_EN_CHARGE};

use crate::actes::demande::refus;
use crate::dossiers::charger::Lu;

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

/// Vérifie qu'un service ne répond que pour lui-même, et dit pourquoi il refuse ; le secrétariat note ce que chacun répond.
pub(super) fn au_nom_de_qui(
    agent: &Agent,
    lu: &Lu,
    acte: &ActeLu,
    profil: &Profil,
) -> Result<(), Refus> {
    if agent.tient_le_secretariat() {
        return Ok(());
    }
    let sien = agent.service.as_deref().unwrap_or_default();
    if let Quoi::PriseEnCharge { service, issue } = &acte.quoi {
        if service != sien {
            return Err(refus(
                "service",
                format!(
                    "Vous répondez pour « {} », non pour « {} ». Laissez ce service répondre, ou demandez au secrétariat de noter sa réponse.",
                    profil.nom_de(sien),
                    profil.nom_de(service)
                ),
            ));
        }
        if *issue == IssueDePriseEnCharge::Refusee && !acte.textes.contains_key("motif") {
            return Err(refus(
                "motif",
                "Un refus sans motif ne permet pas de chercher un autre service. Dites pourquoi en une phrase.",
            ));
        }
    }
    if let Quoi::AlerteReponse { destinataires, .. } = &acte.quoi {
        let en_charge = lu.vue.service == sien;
        if let Some(autre) = destinataires.iter().find(|d| !repond_pour(d, sien, en_charge)) {
            return Err(refus(
                "destinataires",
                format!(
                    "Vous répondez pour « {} », non pour « {} ». Gardez votre service seul ; le secrétariat note la réponse des autres.",
                    profil.nom_de(sien),
                    profil.nom_de(autre)
                ),
            ));
        }
        if destinataires.is_empty() && !en_charge {
            return Err(refus(
                "destinataires",
                format!(
                    "Une réponse sans nom vaudrait pour tous, et ce ménage est suivi par un autre service. Écrivez « {sien} » dans « destinataires »."
                ),
            ));
        }
    }
    Ok(())
}

fn repond_pour(qui: &str, sien: &str, en_charge: bool) -> bool {
    qui == sien
        || (en_charge && matches!(qui, SERVICE_EN_CHARGE | "service_social" | "organisme_payeur"))
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
