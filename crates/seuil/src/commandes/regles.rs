//! `seuil regles` : les règles en vigueur un jour donné, ou la raison de leur silence.

use std::process::ExitCode;

use droit::catalogue::{self, Regle, VersionLue};
use droit::jour::Jour;
use jiff::civil::Date;
use serde::Serialize;

use crate::horloge::Horloge;
use crate::ligne::{Commun, Regles};
use crate::sortie;

#[derive(Serialize)]
struct LigneDeRegle {
    regle: &'static str,
    titre: &'static str,
    regit: &'static str,
    rattachement: &'static str,
    valeur: Option<String>,
    du: Option<Date>,
    au: Option<Date>,
    source: Option<String>,
    confiance: &'static str,
    a_verifier: bool,
    verifie_le: Date,
    faits: &'static [&'static str],
    options: &'static [&'static str],
    /// Ce qu'on ajoute à `seuil delai REGLE` pour l'essayer.
    exemple: &'static str,
    inconnu: Option<String>,
}

pub(crate) fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: &Regles,
) -> anyhow::Result<ExitCode> {
    let jour = demande.au.unwrap_or_else(|| horloge.aujourd_hui());
    for regle in catalogue::regles() {
        let ligne = lue(regle, regle.le(jour).map_err(|sans| sans.to_string()));
        if commun.json {
            sortie::json(&ligne)?;
        } else {
            pour_une_personne(&ligne);
        }
    }
    if !commun.json {
        sortie::message(&format!(
            "Règles au {}. Une valeur « à vérifier » n'a pas été lue dans le texte en vigueur.",
            Jour(jour)
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn lue(regle: &'static Regle, version: Result<VersionLue, String>) -> LigneDeRegle {
    let (version, inconnu) = match version {
        Ok(version) => (Some(version), None),
        Err(raison) => (None, Some(raison)),
    };
    let certitude = version.as_ref().map(|v| v.source.certitude);
    LigneDeRegle {
        regle: regle.nom,
        titre: regle.titre,
        regit: regle.regit,
        rattachement: regle.rattachement,
        du: version.as_ref().and_then(|v| v.du),
        au: version.as_ref().and_then(|v| v.au),
        source: version.as_ref().map(|v| v.source.to_string()),
        valeur: version.map(|v| v.valeur),
        confiance: certitude.map_or("?", droit::source::Certitude::code),
        a_verifier: certitude.is_none_or(droit::source::Certitude::est_a_verifier),
        verifie_le: regle.verifie_le(),
        faits: regle.faits,
        options: regle.options,
        exemple: regle.exemple,
        inconnu,
    }
}

fn pour_une_personne(ligne: &LigneDeRegle) {
    let reserve = if ligne.a_verifier { "  [à vérifier]" } else { "" };
    sortie::ligne(&format!("{}{reserve}", ligne.regle));
    sortie::ligne(&format!("  {}", ligne.titre));
    match (&ligne.valeur, &ligne.inconnu) {
        (Some(valeur), _) => sortie::ligne(&format!("  {valeur}")),
        (None, Some(raison)) => sortie::ligne(&format!("  inconnu : {raison}")),
        (None, None) => {}
    }
    if let Some(source) = &ligne.source {
        let du = ligne.du.map_or_else(
            || "date de début non connue".to_owned(),
            |d| format!("depuis le {}", Jour(d)),
        );
        let au = ligne.au.map_or_else(String::new, |d| format!(", jusqu'au {}", Jour(d)));
        sortie::ligne(&format!("  {du}{au} — {source} (confiance {})", ligne.confiance));
    }
}
