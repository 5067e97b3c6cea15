//! Annuler un fait : il reste au journal, barré et lisible, et tout ce qui s'en déduisait suit.

use std::collections::BTreeMap;

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Rectification};
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::actes::consigner::{Arret, Guichet, consigner as consigner_un_acte};
use crate::actes::demande::{Demande, Reponse, refus};
use crate::actes::propre::ajouter;
use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::maison::Maison;

/// Annule un fait d'un dossier, avec son motif. Annuler une rectification rétablit le fait.
///
/// # Erreurs
///
/// [`Echec::Base`] quand la base est en panne ; ce qui est à corriger est dans la réponse.
pub async fn rectifier(
    maison: &Maison,
    agent: &Agent,
    dossier: &str,
    fait: &str,
    motif: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Reponse, Echec> {
    let mut champs = Map::new();
    champs.insert("annule".to_owned(), json!(fait));
    champs.insert("motif".to_owned(), json!(motif));
    let demande = Demande {
        dossier: Some(dossier.to_owned()),
        acte: "rectification".to_owned(),
        champs,
        ..Demande::default()
    };
    consigner_un_acte(maison, agent, &demande, aujourd_hui, maintenant).await
}

pub(super) async fn consigner(guichet: &Guichet<'_>, demande: &Demande) -> Result<Reponse, Arret> {
    let reference = demande.reference()?;
    let le = demande.jour()?.unwrap_or(guichet.aujourd_hui);
    let mot = |champ: &str| {
        demande.champs.get(champ).and_then(Value::as_str).map(str::trim).filter(|m| !m.is_empty())
    };
    let mut fautes = Vec::new();
    for champ in demande.champs.keys().filter(|c| !matches!(c.as_str(), "annule" | "motif")) {
        fautes.push(refus(
            champ,
            format!("L'acte « rectification » n'a pas de champ « {champ} ». Ses champs sont : date, annule, motif."),
        ));
    }
    if mot("annule").is_none() {
        fautes.push(refus("annule", "Il manque « annule » : l'identifiant du fait à annuler, donné par « seuil dossier --json »."));
    }
    if mot("motif").is_none() {
        fautes.push(refus(
            "motif",
            "Il manque « motif » : pourquoi ce fait n'aurait pas dû être écrit.",
        ));
    }
    let (Some(annule), Some(motif), true) = (mot("annule"), mot("motif"), fautes.is_empty()) else {
        return Err(Arret::Refus(fautes));
    };
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    lu.consigner(guichet.agent, "rectification")?;
    let reference = lu.vue.reference.clone();
    let Some(fait) = lu.charge.faits.iter().find(|f| f.id == annule) else {
        return Err(refus(
            "annule",
            format!("Le fait « {annule} » n'est pas dans le journal du dossier {reference}. « seuil dossier {reference} --json » donne l'identifiant de chacun."),
        )
        .into());
    };
    if let Some(deja) = deja_annule(&lu, fait.rang) {
        return Ok(Reponse::doublon(Some(deja), &reference, Vec::new()));
    }
    if !guichet.agent.tient_le_secretariat() && !guichet.agent.ecrit_pour(fait.agent) {
        return Err(refus(
            "annule",
            "Ce fait a été écrit par quelqu'un d'autre : demandez au secrétariat de le rectifier.",
        )
        .into());
    }
    if matches!(fait.acte, Acte::Rapprochement(_)) {
        return Err(refus("annule", "Un rapprochement se défait par le geste contraire : consignez l'acte « rapprochement » avec « joint » ou « separe ».").into());
    }
    let dossier = Dossier::relire(&lu.charge.faits);
    let derniere_notice =
        dossier.en_vigueur().count() == 1 && dossier.en_vigueur().any(|n| n.rang == fait.rang);
    if derniere_notice {
        return Err(refus(
            "annule",
            "C'est la seule notice du dossier : sans elle, il n'aurait plus ni ménage ni logement. Consignez d'abord la notice exacte, ou corrigez celle-ci par l'acte « complement ».",
        )
        .into());
    }
    let rang = fait.rang;
    let textes = BTreeMap::from([("motif".to_owned(), motif.to_owned())]);
    let (fait, _) = ajouter(guichet, lu, "rectification", &textes, |coffre| {
        Acte::Rectification(Rectification { annule: rang, le, motif: String::new(), coffre })
    })
    .await?;
    Ok(Reponse::consigne(Some(fait), &reference, Vec::new()))
}

/// La rectification encore valable qui annule ce fait.
fn deja_annule(lu: &Lu, rang: i64) -> Option<String> {
    let mut annules = std::collections::BTreeSet::new();
    let mut trouvee = None;
    for fait in lu.charge.faits.iter().rev() {
        if let Acte::Rectification(r) = &fait.acte
            && !annules.contains(&fait.rang)
        {
            annules.insert(r.annule);
            if r.annule == rang {
                trouvee = Some(fait.id.clone());
            }
        }
    }
    trouvee
}
