//! Deux dossiers qui sont le même ménage, ou qui ne le sont pas.

use ccapex::fait::{Acte, Geste};
use serde_json::Value;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::{Demande, Reponse, refus};
use crate::dossiers::charger::{Lu, par_reference};
use crate::rapprochements::decider::{joindre, separer};

pub(super) async fn consigner(guichet: &Guichet<'_>, demande: &Demande) -> Result<Reponse, Arret> {
    let reference = demande.reference()?;
    demande.jour()?;
    let mot = |champ: &str| demande.champs.get(champ).and_then(Value::as_str).map(str::trim);
    let mut fautes = Vec::new();
    for champ in demande.champs.keys().filter(|c| !matches!(c.as_str(), "geste" | "autre")) {
        fautes.push(refus(
            champ,
            format!("L'acte « rapprochement » n'a pas de champ « {champ} ». Ses champs sont : geste, autre."),
        ));
    }
    let geste = mot("geste").filter(|geste| matches!(*geste, "joint" | "separe"));
    if geste.is_none() {
        fautes.push(refus("geste", "Il manque « geste » : « joint », c'est le même ménage, ou « separe », ce n'est pas lui."));
    }
    let autre = mot("autre").filter(|autre| !autre.is_empty());
    if autre.is_none() {
        fautes.push(refus("autre", "Il manque « autre » : la référence de l'autre dossier."));
    }
    let (Some(geste), Some(autre), true) = (geste, autre, fautes.is_empty()) else {
        return Err(Arret::Refus(fautes));
    };
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    let cible = par_reference(guichet.maison, guichet.agent, autre).await?;
    let attendu = if geste == "joint" { Geste::JointA } else { Geste::Separe };
    if deja(&lu, &cible, geste) {
        return Ok(Reponse::doublon(dernier(&lu, &cible, attendu), &lu.vue.reference, Vec::new()));
    }
    let Guichet { maison, agent, aujourd_hui, maintenant } = *guichet;
    if geste == "joint" {
        joindre(maison, agent, reference, autre, aujourd_hui, maintenant).await?;
    } else {
        separer(maison, agent, reference, autre, aujourd_hui, maintenant).await?;
    }
    let lu = par_reference(maison, agent, reference).await?;
    Ok(Reponse::consigne(dernier(&lu, &cible, attendu), &lu.vue.reference, Vec::new()))
}

fn deja(lu: &Lu, cible: &Lu, geste: &str) -> bool {
    let dossier = lu.charge.dossier();
    if geste == "joint" {
        dossier.joint_a == Some(cible.vue.id)
    } else {
        dossier.separes.contains(&cible.vue.id)
    }
}

fn dernier(lu: &Lu, cible: &Lu, geste: Geste) -> Option<String> {
    let meme = |acte: &Acte| matches!(acte, Acte::Rapprochement(r) if r.autre == cible.vue.id && r.geste == geste);
    lu.charge.faits.iter().rev().find(|f| meme(&f.acte)).map(|f| f.id.clone())
}
