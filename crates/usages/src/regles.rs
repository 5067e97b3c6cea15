//! Les règles de droit, telles qu'on les donne à un jour : une ligne par règle.

use droit::catalogue::{Regle, VersionLue, regles};
use droit::source::Certitude;
use jiff::civil::Date;
use serde::Serialize;

/// Une règle, lue à un jour ; ou la raison de son silence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegleLue {
    /// Son nom.
    pub regle: &'static str,
    /// Son titre.
    pub titre: &'static str,
    /// Ce qu'elle régit.
    pub regit: &'static str,
    /// La date qui choisit sa version.
    pub rattachement: &'static str,
    /// Sa valeur, en français.
    pub valeur: Option<String>,
    /// Premier jour de sa version.
    pub du: Option<Date>,
    /// Dernier jour de sa version.
    pub au: Option<Date>,
    /// Le texte.
    pub source: Option<String>,
    /// La confiance : `A`, `B`, `C` ou `?`.
    pub confiance: &'static str,
    /// La valeur n'a pas été lue dans le texte en vigueur.
    pub a_verifier: bool,
    /// Dernier jour où une personne a relu les textes.
    pub verifie_le: Date,
    /// Les faits qu'elle utilise.
    pub faits: &'static [&'static str],
    /// Les options qui peuvent changer sa réponse.
    pub options: &'static [&'static str],
    /// Ce qu'on ajoute à `seuil delai REGLE` pour l'essayer.
    pub exemple: &'static str,
    /// Pourquoi elle n'a pas de valeur ce jour-là.
    pub inconnu: Option<String>,
}

/// Toutes les règles, ce jour-là.
pub fn au(jour: Date) -> impl Iterator<Item = RegleLue> {
    regles().map(move |regle| lue(regle, regle.le(jour).map_err(|sans| sans.to_string())))
}

fn lue(regle: &'static Regle, version: Result<VersionLue, String>) -> RegleLue {
    let (version, inconnu) = match version {
        Ok(version) => (Some(version), None),
        Err(raison) => (None, Some(raison)),
    };
    let certitude = version.as_ref().map(|v| v.source.certitude);
    RegleLue {
        regle: regle.nom,
        titre: regle.titre,
        regit: regle.regit,
        rattachement: regle.rattachement,
        du: version.as_ref().and_then(|v| v.du),
        au: version.as_ref().and_then(|v| v.au),
        source: version.as_ref().map(|v| v.source.to_string()),
        valeur: version.map(|v| v.valeur),
        confiance: certitude.map_or("?", Certitude::code),
        a_verifier: certitude.is_none_or(Certitude::est_a_verifier),
        verifie_le: regle.verifie_le(),
        faits: regle.faits,
        options: regle.options,
        exemple: regle.exemple,
        inconnu,
    }
}
