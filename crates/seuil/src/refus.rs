//! Une ligne de commande qui ne se comprend pas : ce qui ne va pas, et quoi faire.

use std::error::Error as _;
use std::num::ParseIntError;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Ce refus en français ; rien quand il n'y a rien à refuser : l'aide ou la version sont demandées.
#[expect(clippy::wildcard_enum_match_arm, reason = "la bibliothèque se réserve d'en ajouter")]
pub(crate) fn en_francais(refus: &Error) -> Option<String> {
    let dit = |quoi| refus.get(quoi).map(en_mots).unwrap_or_default();
    let (argument, valeur) = (dit(ContextKind::InvalidArg), dit(ContextKind::InvalidValue));
    let phrase = match refus.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::MissingRequiredArgument => format!("Il manque {argument}."),
        ErrorKind::MissingSubcommand => "Il manque une commande.".to_owned(),
        ErrorKind::UnknownArgument => {
            let proche = vouliez_vous(&dit(ContextKind::SuggestedArg));
            format!("« {argument} » n'est pas attendu ici.{proche}")
        }
        ErrorKind::InvalidSubcommand => {
            let proche = vouliez_vous(&dit(ContextKind::SuggestedSubcommand));
            format!("La commande « {} » n'existe pas.{proche}", dit(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if valeur.is_empty() => {
            format!("Il manque une valeur à {argument}.")
        }
        ErrorKind::InvalidValue => format!(
            "« {valeur} » n'est pas une valeur de {argument}. Il y a : {}.",
            dit(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            format!("« {valeur} » ne se lit pas pour {argument}.{}", pourquoi(refus))
        }
        ErrorKind::ArgumentConflict => {
            let autre = dit(ContextKind::PriorArg);
            if autre == argument || autre.is_empty() {
                format!("{argument} ne se donne qu'une fois.")
            } else {
                format!("{argument} ne va pas avec {autre}.")
            }
        }
        ErrorKind::InvalidUtf8 => "Un mot de la ligne n'est pas du texte (UTF-8).".to_owned(),
        _ => format!("{argument} n'a pas les valeurs attendues."),
    };
    let usage = dit(ContextKind::Usage).replacen("Usage:", "Usage :", 1);
    let usage = if usage.is_empty() { usage } else { format!("\n\n{}", usage.trim()) };
    Some(format!(
        "{phrase}{usage}\n\nRien n'a été fait. Avec --help, le programme dit ce qu'il attend."
    ))
}

fn vouliez_vous(proche: &str) -> String {
    if proche.is_empty() { String::new() } else { format!(" Vouliez-vous « {proche} » ?") }
}

/// La raison, quand c'est ce programme qui la donne : une bibliothèque la dirait en anglais.
fn pourquoi(refus: &Error) -> String {
    let raison = refus.source().filter(|s| !s.is::<jiff::Error>() && !s.is::<ParseIntError>());
    raison.map(|raison| format!(" {raison}")).unwrap_or_default()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "la bibliothèque se réserve d'en ajouter")]
fn en_mots(valeur: &ContextValue) -> String {
    match valeur {
        ContextValue::String(un) => un.clone(),
        ContextValue::Strings(plusieurs) => plusieurs.join(", "),
        ContextValue::StyledStrs(plusieurs) => {
            plusieurs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        autre => autre.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::ligne::Ligne;

    fn dit(mots: &[&str]) -> Option<String> {
        let refus = Ligne::try_parse_from([&["seuil"], mots].concat()).err()?;
        en_francais(&refus)
    }

    #[test]
    fn une_ligne_refusee_dit_quoi_faire_en_francais() {
        for (mots, attendu) in [
            (&["delai"][..], "Il manque <REGLE>."),
            (&["--truc"], "« --truc » n'est pas attendu ici."),
            (&["demoo"], "La commande « demoo » n'existe pas. Vouliez-vous « demo » ?"),
            (
                &["echeances", "--a-la-date", "hier"],
                "« hier » ne se lit pas pour --a-la-date <AAAA-MM-JJ>.",
            ),
            (&["banc", "vitesse"], "« vitesse » n'est pas une valeur de "),
            (&["echeances", "--base"], "Il manque une valeur à --base <BASE>."),
        ] {
            let dit = dit(mots).unwrap_or_default();
            assert!(dit.starts_with(attendu), "{mots:?} : {dit}");
            assert!(dit.ends_with("Avec --help, le programme dit ce qu'il attend."), "{dit}");
            for anglais in ["error", "Usage:", "tip", "For more", "required", "digit"] {
                assert!(!dit.contains(anglais), "{mots:?} : {dit}");
            }
        }
    }

    #[test]
    fn demander_l_aide_n_est_pas_une_faute() {
        assert_eq!(dit(&["--help"]), None);
        assert_eq!(dit(&["delai", "--help"]), None);
        assert_eq!(dit(&["--version"]), None);
    }
}
