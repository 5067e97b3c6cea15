//! Jouer les scènes : chaque acte est consigné le jour où il a été su, par la personne qui l'a su.

use std::collections::BTreeMap;

use anyhow::{anyhow, bail};
use ccapex::partenaires::agent::Role;
use droit::montant::Montant;
use jiff::civil::{Date, time};
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Map, Value, json};
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Statut};
use usages::maison::Maison;

use super::comptes::Compte;
use super::diagnostic::rediger;
use super::scenes::{ActeDeScene, Scene};
use crate::banc::notices::noms;
use crate::banc::notices::tirage::Tirage;
use crate::horloge::Horloge;

/// L'étude qui délivre les actes des scènes.
const ETUDE: &str = "SCP Hanot Bécu";
/// Les lettres que prépare une notice : modèle, destinataire.
const INTERVENTIONS: [(&str, &str); 4] = [
    ("intervention_bailleur", "bailleur"),
    ("intervention_locataire", "locataire"),
    ("intervention_maire", "maire"),
    ("intervention_ccas", "ccas"),
];
/// Le commandement d'une personne morale n'a pas à être signalé : le ménage, lui, est averti.
const HORS_CHAMP: [(&str, &str); 2] =
    [("hors_champ_commissaire", "emetteur"), ("sensibilisation_locataire", "locataire")];
/// Un usage du hasard à nous : les ménages du banc n'en changent pas.
const MENAGES: u64 = 62;

/// Un dossier ouvert par une scène.
#[derive(Clone, Debug, Default)]
pub(super) struct Joue {
    pub(super) reference: Option<String>,
    /// Le dernier fait de chaque acte, par son nom.
    faits: BTreeMap<String, String>,
}

/// Joue toutes les scènes, dans l'ordre des jours. Rend le dossier de chacune.
pub(super) async fn jouer(
    maison: &Maison,
    comptes: &[Compte],
    scenes: &[Scene],
    horloge: &Horloge,
) -> anyhow::Result<Vec<Joue>> {
    let aujourd_hui = horloge.aujourd_hui();
    let mut actes = Vec::new();
    for (rang, scene) in scenes.iter().enumerate() {
        actes.extend(scene.actes(aujourd_hui)?.into_iter().map(|acte| (rang, acte)));
    }
    actes.sort_by_key(|(rang, acte)| (acte.su, *rang));
    let mut joues = vec![Joue::default(); scenes.len()];
    for (rang, acte) in actes {
        let (Some(scene), Some(joue)) = (scenes.get(rang), joues.get_mut(rang)) else { continue };
        let compte = comptes
            .iter()
            .find(|c| c.identifiant == acte.qui && c.agent.profil == scene.profil)
            .ok_or_else(|| anyhow!("{} : aucun compte « {} »", scene.titre, acte.qui))?;
        let quand = instant(acte.su, rang, horloge);
        if acte.acte == "dsf_redige" {
            let reference = joue.reference.as_deref().unwrap_or_default();
            rediger(maison, &compte.agent, reference, scene, &acte, aujourd_hui, quand).await?;
            continue;
        }
        for demande in demandes(scene, rang, joue, &acte, aujourd_hui) {
            let mut reponse = consigner(maison, &compte.agent, &demande, acte.su, quand).await?;
            if reponse.statut == Statut::Refuse && demande.acte == "prise_en_charge" {
                // Un service ne voit que ce qui lui est confié : le secrétariat le lui propose d'abord.
                let secretariat = secretariat(comptes, &scene.profil)?;
                let proposition = proposition(&demande);
                consigner(maison, &secretariat.agent, &proposition, acte.su, quand).await?;
                reponse = consigner(maison, &compte.agent, &demande, acte.su, quand).await?;
            }
            if reponse.statut == Statut::Refuse {
                bail!(
                    "La scène « {} » est refusée à l'acte « {} » du {} : {}",
                    scene.titre,
                    acte.acte,
                    acte.le,
                    reponse.en_mots()
                );
            }
            joue.reference = reponse.dossier;
            if let Some(fait) = reponse.id {
                joue.faits.insert(demande.acte, fait);
            }
        }
    }
    Ok(joues)
}

fn secretariat<'c>(comptes: &'c [Compte], profil: &str) -> anyhow::Result<&'c Compte> {
    comptes
        .iter()
        .find(|c| c.agent.role == Role::SecretariatCentral && c.agent.profil == profil)
        .ok_or_else(|| anyhow!("Aucun secrétariat dans le profil {profil}"))
}

/// La même prise en charge, proposée seulement.
fn proposition(demande: &Demande) -> Demande {
    let mut champs = demande.champs.clone();
    champs.insert("issue".to_owned(), json!("proposee"));
    champs.remove("motif");
    Demande { champs, ..demande.clone() }
}

/// À une heure de bureau, chaque scène à la sienne ; le jour même, maintenant.
fn instant(su: Date, rang: usize, horloge: &Horloge) -> Timestamp {
    if su >= horloge.aujourd_hui() {
        return horloge.maintenant();
    }
    let minutes = i64::try_from(rang).unwrap_or_default() * 7;
    let heure = su.to_datetime(time(8, 30, 0, 0)).saturating_add(minutes.minutes());
    heure.to_zoned(horloge.fuseau()).map_or(horloge.maintenant(), |zone| zone.timestamp())
}

/// Ce qu'un acte de scène demande de consigner : un acte, ou une ligne par lettre.
fn demandes(
    scene: &Scene,
    rang: usize,
    joue: &Joue,
    acte: &ActeDeScene,
    aujourd_hui: Date,
) -> Vec<Demande> {
    let demande = |nom: &str, champs: Map<String, Value>| Demande {
        dossier: joue.reference.clone(),
        menage: joue.reference.is_none().then(|| menage(scene, rang, aujourd_hui)),
        acte: nom.to_owned(),
        date: Some(acte.le.to_string()),
        champs,
    };
    if acte.acte != "lettres" {
        let mut champs = acte.champs.clone();
        for valeur in champs.values_mut() {
            let designe = valeur.as_str().and_then(|v| v.strip_prefix('@'));
            if let Some(fait) = designe.and_then(|nom| joue.faits.get(nom)) {
                *valeur = json!(fait);
            }
        }
        if matches!(
            acte.acte.as_str(),
            "cdp" | "assignation" | "decision" | "cql" | "requisition_cfp"
        ) {
            champs.insert("etude".to_owned(), json!(ETUDE));
        }
        return vec![demande(&acte.acte, champs)];
    }
    let lettres = match (joue.faits.contains_key("cql"), scene.bailleur.as_str()) {
        // Un commandement de quitter les lieux n'écrit pas au bailleur : c'est lui qui le fait délivrer.
        (true, _) => &INTERVENTIONS[1..],
        (false, "personne_physique") => &INTERVENTIONS[..],
        (false, _) => &HORS_CHAMP[..],
    };
    lettres
        .iter()
        .map(|(modele, destinataire)| {
            let mut champs = acte.champs.clone();
            champs.insert("modele".to_owned(), json!(modele));
            champs.insert("destinataire".to_owned(), json!(destinataire));
            demande("courrier", champs)
        })
        .collect()
}

/// Le ménage d'une scène : un nom et une adresse assemblés, les mêmes à chaque démonstration.
fn menage(scene: &Scene, rang: usize, aujourd_hui: Date) -> Map<String, Value> {
    let mut tirage = Tirage::de(MENAGES, rang as u64);
    let bail = scene.bail(aujourd_hui);
    let naissance = bail.saturating_sub((tirage.entre(24, 60) * 365 + tirage.entre(0, 364)).days());
    let numero = tirage.entre(1, 120);
    let voie = noms::voie(MENAGES, tirage.sous(1_000));
    let centimes = |euros: i64| json!(Montant::euros(euros).en_centimes());
    let mut champs = json!({
        "locataire_nom": noms::nom(&mut tirage),
        "locataire_prenom": noms::prenom(&mut tirage),
        "locataire_date_naissance": naissance.to_string(),
        "logement_adresse": format!("{numero} {voie}"),
        "commune": scene.commune,
        "bailleur_nom": nom_du_bailleur(&scene.bailleur, &mut tirage),
        "bailleur_type": scene.bailleur,
        "date_bail": bail.to_string(),
        "loyer_hors_charges": centimes(scene.loyer),
        "charges": centimes(tirage.entre(25, 90)),
        "aide_logement": scene.aide,
        "nombre_adultes": tirage.entre(1, 2),
        "nombre_enfants": scene.enfants,
        "montant_dette": scene.dette.map(centimes),
    });
    champs.as_object_mut().map(std::mem::take).unwrap_or_default()
}

/// L'organisme du compte « bailleur ».
const BAILLEUR_SOCIAL: &str = "Pas-de-Calais habitat";

fn nom_du_bailleur(genre: &str, tirage: &mut Tirage) -> String {
    let nom = noms::nom(tirage);
    match genre {
        // Le bailleur qui a un compte : sa part n'est pas vide.
        "bailleur_social" => BAILLEUR_SOCIAL.to_owned(),
        "personne_morale" => format!("SARL {nom}"),
        _ => format!("{} {nom}", noms::prenom(tirage)),
    }
}
