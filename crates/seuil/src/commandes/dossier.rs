//! `seuil dossier` : un dossier, entier.

use std::process::ExitCode;

use ccapex::fait::{Acte, Fait};
use ccapex::partenaires::agent::Agent;
use ccapex::procedure::etape::Etape;
use ccapex::procedure::stade::stade_en_mots;
use droit::jour::Jour;
use jiff::civil::Date;
use serde_json::{Value, json};
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
    let ouvert =
        ouvrir(&maison, &agent, &demande.reference, aujourd_hui, horloge.maintenant()).await?;
    if commun.json {
        sortie::json(&en_json(&ouvert, aujourd_hui))?;
    } else {
        pour_une_personne(&ouvert, aujourd_hui);
    }
    Ok(ExitCode::SUCCESS)
}

fn en_json(ouvert: &DossierOuvert, aujourd_hui: Date) -> Value {
    let etape = |e: &Etape| {
        json!({
            "quoi": e.quoi, "qui": e.qui, "avant_le": e.avant_le, "regle": e.regle,
            "motifs": e.motifs, "en_retard": e.avant_le < aujourd_hui,
        })
    };
    let anomalies: Vec<_> = ouvert.notices.iter().flat_map(|n| &n.anomalies).collect();
    json!({
        "reference": ouvert.vue.reference,
        "stade": ouvert.situation.stade,
        "etats": [],
        "clos": ouvert.vue.clos_le.is_some(),
        "commune": ouvert.situation.commune,
        "sous_commission": ouvert.situation.sous_commission,
        "service": ouvert.situation.service,
        "service_provisoire": ouvert.situation.service_provisoire,
        "joint_a": ouvert.joint_a,
        "joints": ouvert.joints,
        "a_completer": ouvert.situation.a_completer,
        "prochaine_etape": ouvert.situation.etapes.first().map(etape),
        "echeances": ouvert.situation.etapes.iter().map(etape).collect::<Vec<_>>(),
        "anomalies": anomalies,
        "actes": actes(&ouvert.journal),
    })
}

/// Le journal, chaque fait avec ses champs et la correction qui l'annule.
fn actes(journal: &[Fait]) -> Vec<Value> {
    journal
        .iter()
        .map(|fait| {
            let mut acte: Value = serde_json::from_str(&fait.acte.ecrire()).unwrap_or_default();
            if let Some(champs) = acte.as_object_mut() {
                if let Some(Value::Object(contenu)) = champs.remove("contenu") {
                    champs.extend(contenu);
                }
                champs.insert("id".to_owned(), json!(fait.id));
                champs.insert("acte".to_owned(), json!(fait.acte.nom()));
                champs.insert("date".to_owned(), json!(fait.acte.jour()));
                champs.insert("enregistre_le".to_owned(), json!(fait.ecrit_le));
                let annule_par = journal.iter().find(
                    |autre| matches!(&autre.acte, Acte::Rectification(r) if r.annule == fait.rang),
                );
                champs.insert("annule_par".to_owned(), json!(annule_par.map(|a| &a.id)));
            }
            acte
        })
        .collect()
}

fn pour_une_personne(ouvert: &DossierOuvert, aujourd_hui: Date) {
    let vue = &ouvert.vue;
    sortie::ligne(&format!("{}  {}", vue.reference, vue.nom));
    sortie::ligne(&format!("  {}", vue.adresse));
    sortie::ligne(&format!(
        "  {} — sous-commission {}, service {}{}",
        stade_en_mots(ouvert.situation.stade),
        vue.sous_commission,
        vue.service,
        if vue.service_provisoire { " (provisoire)" } else { "" }
    ));
    for (rang, etape) in ouvert.situation.etapes.iter().enumerate() {
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
    for notice in &ouvert.notices {
        for anomalie in &notice.anomalies {
            sortie::ligne(&format!("  Irrégularité : {}", anomalie.motif));
        }
    }
    for fait in &ouvert.journal {
        sortie::ligne(&format!(
            "  {:>3}. {} {}",
            fait.rang,
            Jour(fait.acte.jour()),
            fait.acte.nom()
        ));
    }
}
