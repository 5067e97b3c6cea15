//! Qui consigne quoi : la mission de chacun ([`ccapex::partenaires::mission`]), et le refus en mots.

use ccapex::acte::Quoi;
use ccapex::acte::codes::IssueDePriseEnCharge;
use ccapex::acte::gabarit::gabarit;
use ccapex::acte::lire::{Lu as ActeLu, Refus};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::{Profil, SERVICE_EN_CHARGE};

use crate::actes::demande::refus;
use crate::dossiers::charger::Lu;

/// Vérifie que la mission de cette personne comprend cet acte.
pub(super) fn verifier(agent: &Agent, acte: &str) -> Result<(), Refus> {
    if agent.role.consigne(acte) {
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
    let sien = agent.noms().pop().unwrap_or_default();
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
        if let Some(autre) = destinataires
            .iter()
            .find(|d| !(agent.est(d) || (en_charge && repond_pour_le_service(d))))
        {
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

/// Le service en charge répond aussi à ce qui est demandé « au service », sans autre nom.
fn repond_pour_le_service(qui: &str) -> bool {
    matches!(qui, SERVICE_EN_CHARGE | "service_social" | "organisme_payeur")
}
