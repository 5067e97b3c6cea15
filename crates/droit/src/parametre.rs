//! Un paramètre de droit est une histoire : des valeurs, chacune avec sa période et son texte.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::jour::Jour;
use crate::source::Source;

/// Le jour où l'étude juridique a été faite, et les textes relus.
pub const ETUDE_DU: Date = date(2026, 11, 21);

/// Le début d'une règle dont l'étude ne date pas la naissance (« depuis toujours »).
///
/// S'affiche comme une absence de date, jamais comme un jour.
pub const DEBUT_NON_DATE: Date = date(1, 1, 1);

/// Une valeur et la période où un texte la fixe. Les deux jours sont compris.
///
/// Sert aussi aux données d'un territoire (arrêté, règlement intérieur), lues d'un fichier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version<T> {
    /// Premier jour, compris.
    pub du: Date,
    /// Dernier jour, compris ; absent tant que la valeur est en vigueur.
    #[serde(default)]
    pub au: Option<Date>,
    /// Ce que le texte fixe.
    pub valeur: T,
    /// Le texte.
    pub source: Source,
}

impl<T> Version<T> {
    /// Une valeur encore en vigueur.
    pub const fn depuis(du: Date, valeur: T, source: Source) -> Self {
        Self { du, au: None, valeur, source }
    }

    /// Une valeur abrogée. Les deux jours sont compris.
    pub const fn entre(du: Date, au: Date, valeur: T, source: Source) -> Self {
        Self { du, au: Some(au), valeur, source }
    }

    /// La version vaut ce jour-là, bornes comprises.
    pub fn couvre(&self, jour: Date) -> bool {
        self.du <= jour && self.au.is_none_or(|au| jour <= au)
    }
}

/// Une période où l'on sait qu'on ne sait pas, et pourquoi. Les deux jours sont compris.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lacune {
    /// Premier jour de l'ignorance.
    pub du: Date,
    /// Dernier jour de l'ignorance ; absent si elle dure encore.
    pub au: Option<Date>,
    /// Pourquoi la valeur manque.
    pub raison: &'static str,
}

impl Lacune {
    /// Ce qui précède la première version, quand l'étude n'est pas remontée plus haut.
    pub const fn jusqu_au(au: Date, raison: &'static str) -> Self {
        Self { du: DEBUT_NON_DATE, au: Some(au), raison }
    }

    /// Ce qui suit la dernière version connue.
    pub const fn depuis(du: Date, raison: &'static str) -> Self {
        Self { du, au: None, raison }
    }

    fn couvre(&self, jour: Date) -> bool {
        self.du <= jour && self.au.is_none_or(|au| jour <= au)
    }
}

/// L'histoire d'une valeur fixée par le droit.
///
/// Invariant, vérifié par les tests : versions et lacunes, ensemble, couvrent tous les jours,
/// sans trou ni chevauchement.
#[derive(Debug)]
pub struct Parametre<T: 'static> {
    /// Le nom de la règle dans l'étude juridique.
    pub nom: &'static str,
    /// Dernier jour où une personne a relu les textes et trouvé la liste complète.
    pub verifie_le: Date,
    /// Les valeurs, de la plus ancienne à la plus récente.
    pub versions: &'static [Version<T>],
    /// Les périodes sans valeur connue, chacune avec sa raison.
    pub lacunes: &'static [Lacune],
}

impl<T> Parametre<T> {
    /// La version applicable ce jour-là.
    ///
    /// # Erreurs
    ///
    /// [`SansVersion`] hors de la période connue, avec la raison déclarée : on ne prend jamais la
    /// valeur la plus proche.
    ///
    /// ```
    /// use droit::parametre::{ETUDE_DU, Lacune, Parametre, Version};
    /// use droit::source::Source;
    /// use jiff::civil::date;
    ///
    /// static SEUIL: Parametre<u8> = Parametre {
    ///     nom: "seuil",
    ///     verifie_le: ETUDE_DU,
    ///     versions: &[Version::depuis(date(2023, 7, 29), 2, Source::rapportee("loi n° 2023-668", "10"))],
    ///     lacunes: &[Lacune::jusqu_au(date(2023, 7, 28), "fixé par arrêté préfectoral")],
    /// };
    ///
    /// assert_eq!(SEUIL.en_vigueur(date(2023, 7, 29)).unwrap().valeur, 2);
    /// assert!(SEUIL.en_vigueur(date(2023, 7, 28)).is_err());
    /// ```
    pub fn en_vigueur(&self, jour: Date) -> Result<&'static Version<T>, SansVersion> {
        self.versions.iter().find(|v| v.couvre(jour)).ok_or_else(|| SansVersion {
            parametre: self.nom,
            jour,
            raison: self
                .lacunes
                .iter()
                .find(|lacune| lacune.couvre(jour))
                .map_or("aucun texte connu ne couvre ce jour", |lacune| lacune.raison),
        })
    }
}

/// Aucune valeur connue ce jour-là.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Aucune valeur connue pour « {parametre} » au {} : {raison}. Vérifiez la date ; si elle est juste, faites compléter la règle par un juriste.",
    Jour(*.jour)
)]
pub struct SansVersion {
    /// Le nom de la règle.
    pub parametre: &'static str,
    /// Le jour demandé.
    pub jour: Date,
    /// Pourquoi la valeur manque.
    pub raison: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_version_de_territoire_se_lit_d_un_fichier() {
        let texte = r#"{"du":"2016-03-16","valeur":6,
            "source":{"texte":"arrêté préfectoral","article":"1","certitude":"B"}}"#;
        let version: Version<u8> = serde_json::from_str(texte).unwrap();
        assert_eq!((version.valeur, version.au), (6, None));
        assert!(version.couvre(date(2016, 3, 16)));
        assert!(!version.couvre(date(2016, 3, 15)));
    }
}
