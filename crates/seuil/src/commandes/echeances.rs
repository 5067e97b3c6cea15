//! `seuil echeances` : ce qui est dû, le retard d'abord.

use std::process::ExitCode;

use ccapex::partenaires::agent::Agent;
use droit::jour::Jour;
use jiff::ToSpan as _;
use jiff::civil::Date;
use usages::echeances::{echeances_au, en_json};
use usages::formes::VueDossier;

use crate::horloge::Horloge;
use crate::ligne::{Commun, Echeances};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Echeances,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let profil = maison.profil(&commun.profil)?;
    let jour = horloge.du_territoire(&profil).aujourd_hui();
    let jusqu_au = demande.jusqu_au.unwrap_or_else(|| jour.saturating_add(7.days()));
    let agent = Agent::programme(&profil.code);
    let ecrire = |vue: &VueDossier| ecrire(commun, vue, jour);
    let lire = echeances_au(&maison, &profil.code, jour, jusqu_au, demande.service, ecrire);
    super::inscrit(&maison, &agent, horloge, "seuil echeances", lire).await?;
    Ok(ExitCode::SUCCESS)
}

fn ecrire(commun: &Commun, d: &VueDossier, jour: Date) -> anyhow::Result<()> {
    let en_retard = d.etape_avant_le.is_some_and(|le| le < jour);
    if commun.json {
        return sortie::json(&en_json(d, jour));
    }
    let le = d.etape_avant_le.map_or_else(String::new, |j| Jour(j).to_string());
    let retard = if en_retard { "EN RETARD " } else { "" };
    sortie::ligne(&format!("{le:<18} {retard}{}  {} — {}", d.reference, d.etape_qui, d.etape_quoi));
    Ok(())
}
