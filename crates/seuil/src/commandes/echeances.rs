//! `seuil echeances` : ce qui est dû, le retard d'abord.

use std::process::ExitCode;

use ccapex::partenaires::agent::Agent;
use droit::jour::Jour;
use jiff::ToSpan as _;
use serde_json::json;
use usages::echeances::echeances;

use crate::horloge::Horloge;
use crate::ligne::{Commun, Echeances};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Echeances,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let agent = Agent::programme(&maison.profil(&commun.profil)?.code);
    let aujourd_hui = horloge.aujourd_hui();
    let jusqu_au = demande.jusqu_au.unwrap_or_else(|| aujourd_hui.saturating_add(7.days()));
    let mut apres = None;
    loop {
        let page =
            echeances(&maison, &agent, jusqu_au, demande.service.clone(), apres, aujourd_hui)
                .await?
                .page;
        for d in &page.lignes {
            let en_retard = d.etape_avant_le.is_some_and(|jour| jour < aujourd_hui);
            if commun.json {
                sortie::json(&json!({
                    "dossier": d.reference,
                    "sous_commission": d.sous_commission,
                    "service": d.service,
                    "quoi": d.etape_quoi,
                    "qui": d.etape_qui,
                    "avant_le": d.etape_avant_le,
                    "regle": d.etape_regle,
                    "en_retard": en_retard,
                }))?;
            } else {
                let jour = d.etape_avant_le.map_or_else(String::new, |j| Jour(j).to_string());
                let retard = if en_retard { "EN RETARD " } else { "" };
                sortie::ligne(&format!(
                    "{jour:<18} {retard}{}  {} — {}",
                    d.reference, d.etape_qui, d.etape_quoi
                ));
            }
        }
        match page.suivant {
            Some(suivant) => apres = Some(suivant),
            None => return Ok(ExitCode::SUCCESS),
        }
    }
}
