//! Ce qu'il advient d'une lettre : l'une des nôtres, ou celle d'un autre service.

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Courrier};
use serde_json::Value;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::{Demande, Reponse, refus};
use crate::actes::propre::ajouter;
use crate::courriers::modeles::est_connu;
use crate::dossiers::charger::par_reference;

const ETAPES: [&str; 5] = ["prepare", "envoye", "imprime", "repondu", "retourne"];
const CODE_MAX: usize = 80;

pub(super) async fn consigner(guichet: &Guichet<'_>, demande: &Demande) -> Result<Reponse, Arret> {
    let reference = demande.reference()?;
    let le = demande.jour()?.unwrap_or(guichet.aujourd_hui);
    let mut fautes = Vec::new();
    for champ in demande.champs.keys() {
        if !matches!(champ.as_str(), "modele" | "destinataire" | "etape") {
            fautes.push(refus(
                champ,
                format!("L'acte « courrier » n'a pas de champ « {champ} ». Ses champs sont : date, modele, destinataire, etape."),
            ));
        }
    }
    let mut code = |champ: &str, quoi: &str| {
        let lu = demande.champs.get(champ).and_then(Value::as_str).map(str::trim);
        let lu = lu.filter(|c| !c.is_empty() && c.len() <= CODE_MAX);
        if lu.is_none() {
            fautes.push(refus(champ, format!("Il manque « {champ} » : {quoi}.")));
        }
        lu.unwrap_or_default().to_owned()
    };
    let modele = code("modele", "le modèle de la lettre, par exemple intervention_locataire");
    let destinataire = code("destinataire", "à qui elle est adressée, par exemple locataire");
    let etape =
        code("etape", "ce qu'elle devient, l'un de : prepare, envoye, imprime, repondu, retourne");
    if !etape.is_empty() && !ETAPES.contains(&etape.as_str()) {
        fautes.push(refus(
            "etape",
            format!(
                "« {etape} » n'est pas une étape d'une lettre. Écrivez l'un de : {}.",
                ETAPES.join(", ")
            ),
        ));
    }
    if !fautes.is_empty() {
        return Err(Arret::Refus(fautes));
    }
    let modele = nom_du_modele(&modele, &destinataire);
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    lu.ecriture(guichet.agent)?;
    let reference = lu.vue.reference.clone();
    let dossier = Dossier::relire(&lu.charge.faits);
    let deja_preparee =
        dossier.lettres.keys().rev().find(|(_, m)| *m == modele).map(|(notice, _)| *notice);
    let derniere = dossier.en_vigueur().next_back().map(|n| n.notice);
    let Some(notice) = deja_preparee.or(derniere) else {
        return Err(refus(
            "dossier",
            "Ce dossier n'a aucune notice : une lettre répond à une notice.",
        )
        .into());
    };
    let courrier = Courrier { modele, notice, etape, le };
    let deja = lu
        .charge
        .faits
        .iter()
        .rev()
        .find(|fait| matches!(&fait.acte, Acte::Courrier(connu) if *connu == courrier));
    if let Some(deja) = deja {
        return Ok(Reponse::doublon(Some(deja.id.clone()), &reference, Vec::new()));
    }
    let (fait, _) = ajouter(guichet, lu, "courrier", &std::collections::BTreeMap::new(), |_| {
        Acte::Courrier(courrier)
    })
    .await?;
    Ok(Reponse::consigne(Some(fait), &reference, Vec::new()))
}

/// Le nom de nos modèles porte leur destinataire ; celui d'un autre service le reçoit ici.
fn nom_du_modele(modele: &str, destinataire: &str) -> String {
    let avec = format!("{modele}_{destinataire}");
    if est_connu(modele) && !est_connu(&avec) { modele.to_owned() } else { avec }
}
