//! `seuil delai` : une règle, appliquée et expliquée.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use droit::catalogue;
use droit::demande::Entree;
use droit::jour::Jour;
use droit::resultat::Resultat;
use jiff::civil::Date;

use crate::horloge::Horloge;
use crate::ligne::{Commun, Delai};
use crate::sortie;

pub(crate) fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Delai,
) -> anyhow::Result<ExitCode> {
    let entree = Entree {
        depuis: jour(demande.depuis.as_deref(), "--depuis")?,
        audience: jour(demande.audience.as_deref(), "--audience")?,
        faits: paires(&demande.faits, "--fait")?,
        options: paires(&demande.options, "--option")?,
        commune: demande.commune,
        aujourd_hui: horloge.aujourd_hui(),
    };
    let resultat =
        catalogue::appliquer(&demande.regle, &entree).map_err(|refus| anyhow!("{refus}"))?;
    if commun.json {
        sortie::json(&resultat)?;
    } else {
        pour_une_personne(&resultat);
    }
    Ok(ExitCode::SUCCESS)
}

fn jour(texte: Option<&str>, option: &str) -> anyhow::Result<Option<Date>> {
    texte
        .map(|texte| {
            texte.parse::<Date>().map_err(|_| {
                anyhow!("« {texte} » n'est pas une date : {option} attend un jour qui existe, année-mois-jour. Exemple : {option} 2026-01-15")
            })
        })
        .transpose()
}

fn paires(textes: &[String], option: &str) -> anyhow::Result<BTreeMap<String, String>> {
    textes
        .iter()
        .map(|texte| {
            texte
                .split_once('=')
                .map(|(nom, valeur)| (nom.trim().to_owned(), valeur.trim().to_owned()))
                .with_context(|| format!("« {texte} » ne se lit pas : {option} attend NOM=VALEUR. Exemple : {option} date_bail=2024-05-01"))
        })
        .collect()
}

fn pour_une_personne(resultat: &Resultat) {
    sortie::ligne(resultat.regle);
    let ligne = |nom: &str, valeur: Option<String>| {
        if let Some(valeur) = valeur {
            sortie::ligne(&format!("  {nom:<24} {valeur}"));
        }
    };
    let jour = |date: Option<Date>| date.map(|d| Jour(d).to_string());
    ligne("valeur", resultat.valeur.clone());
    ligne("fin du délai", jour(resultat.brute));
    ligne("reportée au", jour(resultat.prorogee.filter(|p| Some(*p) != resultat.brute)));
    ligne("date retenue", jour(resultat.retenue));
    ligne("premier jour possible", jour(resultat.premier_jour_possible));
    ligne("dernier jour utile", jour(resultat.dernier_jour_utile));
    ligne("recevable", resultat.recevable.map(|oui| if oui { "oui" } else { "non" }.to_owned()));
    ligne("conclusion", resultat.conclusion.map(|c| c.to_string()));
    ligne("montant", resultat.montant.map(|m| m.to_string()));
    ligne(
        "confiance",
        Some(format!(
            "{}{}",
            resultat.confiance,
            if resultat.est_a_verifier() { " (à vérifier)" } else { "" }
        )),
    );
    for (nom, valeur) in &resultat.options {
        ligne("option", Some(format!("{nom}={valeur}")));
    }
    if let Some(version) = &resultat.version {
        let du = version.du.map_or_else(|| "date inconnue".to_owned(), |d| Jour(d).to_string());
        let au = version.au.map_or_else(|| "aujourd'hui".to_owned(), |d| Jour(d).to_string());
        ligne("version", Some(format!("du {du} à {au} — {}", version.source)));
    }
    for motif in &resultat.motifs {
        sortie::ligne(&format!("  · {motif}"));
    }
}
