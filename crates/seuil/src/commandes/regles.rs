//! `seuil regles` : les règles en vigueur un jour donné, ou la raison de leur silence.

use std::process::ExitCode;

use droit::jour::Jour;
use usages::regles::{self, RegleLue};

use crate::horloge::Horloge;
use crate::ligne::{Commun, Regles};
use crate::sortie;

pub(crate) fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: &Regles,
) -> anyhow::Result<ExitCode> {
    let jour = demande.au.unwrap_or_else(|| horloge.aujourd_hui());
    for ligne in regles::au(jour) {
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

fn pour_une_personne(ligne: &RegleLue) {
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
