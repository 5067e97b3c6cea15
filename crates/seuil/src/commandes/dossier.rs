//! `seuil dossier` : un dossier, entier.

use std::process::ExitCode;

use ccapex::partenaires::agent::Agent;
use ccapex::procedure::stade::stade_en_mots;
use droit::jour::Jour;
use jiff::civil::Date;
use usages::dossiers::en_json::en_json;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};

use crate::horloge::Horloge;
use crate::ligne::{Commun, Dossier};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Dossier,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let agent = Agent::programme(&maison.profil(&commun.profil)?.code);
    let aujourd_hui = horloge.aujourd_hui();
    let lire = ouvrir(&maison, &agent, &demande.reference, aujourd_hui, horloge.maintenant());
    let ouvert = super::inscrit(&maison, &agent, horloge, "seuil dossier", lire).await?;
    if commun.json {
        sortie::json(&en_json(&ouvert, aujourd_hui))?;
    } else {
        pour_une_personne(&ouvert, aujourd_hui);
    }
    Ok(ExitCode::SUCCESS)
}

fn pour_une_personne(ouvert: &DossierOuvert, aujourd_hui: Date) {
    let (vue, situation) = (&ouvert.vue, &ouvert.situation);
    sortie::ligne(&format!("{}  {}", vue.reference, vue.nom));
    sortie::ligne(&format!("  {}", vue.adresse));
    let depuis = situation.depuis.map_or_else(String::new, |d| format!(", depuis le {}", Jour(d)));
    sortie::ligne(&format!("  {}{depuis}", stade_en_mots(situation.stade)));
    if !situation.etats.is_empty() {
        let etats: Vec<&str> = situation.etats.iter().map(|e| e.libelle()).collect();
        sortie::ligne(&format!("  {}", etats.join(" · ")));
    }
    sortie::ligne(&format!(
        "  sous-commission {}, service {}{}",
        situation.sous_commission,
        situation.service,
        if situation.service_provisoire { " (provisoire)" } else { "" }
    ));
    if let Some(clos) = &situation.clos {
        sortie::ligne(&format!("  Clos le {} : {}", Jour(clos.le), clos.motif));
    }
    for (rang, etape) in situation.etapes.iter().enumerate() {
        let titre = if rang == 0 { "À faire" } else { "Puis" };
        let retard = if etape.avant_le < aujourd_hui { ", EN RETARD" } else { "" };
        sortie::ligne(&format!(
            "  {titre}, avant le {}{retard} : {} ({})",
            Jour(etape.avant_le),
            etape.quoi,
            etape.qui
        ));
        for motif in &etape.motifs {
            sortie::ligne(&format!("    · {motif}"));
        }
    }
    for suspension in &ouvert.frise.suspensions {
        let au = suspension.au.map_or_else(String::new, |au| format!(" au {}", Jour(au)));
        sortie::ligne(&format!(
            "  Suspension du {}{au} : {}",
            Jour(suspension.du),
            suspension.motif
        ));
    }
    sortie::ligne("  Dates :");
    for jalon in &ouvert.frise.jalons {
        sortie::ligne(&format!(
            "    {}  {} ({})",
            Jour(jalon.jour),
            jalon.titre,
            jalon.sorte.libelle()
        ));
        for anomalie in &jalon.anomalies {
            sortie::ligne(&format!("      irrégularité : {}", anomalie.motif));
        }
    }
}
