//! Les modèles de lettres qu'un territoire met à la place de ceux du programme.

use std::collections::BTreeMap;

use super::champs::Racine;

/// Un modèle de lettre propre au territoire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeleDeLettre {
    /// Le nom du modèle remplacé : « intervention_locataire ».
    pub nom: String,
    /// La version, qui retrouve plus tard le texte envoyé : « 62-v1 ».
    pub version: String,
    /// Le texte du modèle.
    pub contenu: String,
}

/// Les modèles nommés par `[[lettre]]`, lus dans les fichiers qui ne sont pas des tables.
pub(super) fn lire(racine: &Racine<'_>, contenus: &BTreeMap<&str, &str>) -> Vec<ModeleDeLettre> {
    racine
        .liste("lettre", None)
        .iter()
        .map(|c| {
            let fichier = c.texte("fichier");
            let contenu = contenus.get(fichier.as_str());
            if contenu.is_none() {
                c.refuser(
                    "fichier",
                    format!("le fichier « {fichier} » manque"),
                    "Placez-le à côté des autres fichiers du profil.",
                );
            }
            ModeleDeLettre {
                nom: c.texte("nom"),
                version: c.texte("version"),
                contenu: contenu.copied().unwrap_or_default().to_owned(),
            }
        })
        .collect()
}
