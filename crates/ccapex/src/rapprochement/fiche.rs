//! La fiche : ce qui, d'une notice, sert à reconnaître un ménage.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::notice::Identite;
use crate::rapprochement::adresse::decoupe;
use crate::texte::{CIVILITES, cle};

/// Un ménage et son logement, ramenés à ce qui se compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fiche {
    /// Code INSEE de la commune.
    #[serde(rename = "c")]
    pub commune: String,
    /// Numéro dans la voie, avec son indice : « 12bis ». Vide s'il n'est pas écrit.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub numero: String,
    /// Type de voie, en toutes lettres. Vide s'il n'est pas écrit.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub type_de_voie: String,
    /// Mots de la voie, sans articles, dans l'ordre.
    #[serde(rename = "v", default, skip_serializing_if = "String::is_empty")]
    pub voie: String,
    /// Logement dans l'immeuble : « appartement:12 batiment:a ». Vide s'il n'est pas écrit.
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub logement: String,
    /// Nom.
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    pub nom: String,
    /// Prénom.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub prenom: String,
    /// Date de naissance.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub naissance: Option<Date>,
    /// Les mots du nom du bailleur, triés.
    #[serde(rename = "b", default, skip_serializing_if = "String::is_empty")]
    pub bailleur: String,
}

impl Fiche {
    /// La fiche d'une identité, dans une commune connue.
    #[must_use]
    pub fn nouvelle(identite: &Identite, commune: &str) -> Self {
        let adresse = decoupe(&identite.adresse);
        Self {
            commune: commune.to_owned(),
            numero: adresse.numero,
            type_de_voie: adresse.type_de_voie,
            voie: adresse.voie,
            logement: adresse.logement,
            nom: sans_civilite(&cle(&identite.nom)),
            prenom: sans_civilite(&cle(&identite.prenom)),
            naissance: identite.naissance,
            bailleur: bailleur(&identite.bailleur_nom),
        }
    }

    /// Le numéro sans son indice : « 12 » pour « 12bis ».
    #[must_use]
    pub fn chiffres_du_numero(&self) -> &str {
        self.numero.trim_end_matches(|c: char| !c.is_ascii_digit())
    }

    /// Les mots du nom et du prénom, triés : l'ordre des deux ne compte pas.
    #[must_use]
    pub fn mots_du_nom(&self) -> Vec<&str> {
        let mut mots: Vec<&str> = self.nom.split(' ').chain(self.prenom.split(' ')).collect();
        mots.retain(|m| !m.is_empty());
        mots.sort_unstable();
        mots
    }
}

fn sans_civilite(nom: &str) -> String {
    let mots: Vec<&str> = nom.split(' ').filter(|mot| !CIVILITES.contains(mot)).collect();
    if mots.is_empty() { nom.to_owned() } else { mots.join(" ") }
}

/// « M. Jean Hervé » et « HERVE JEAN » sont le même bailleur.
fn bailleur(nom: &str) -> String {
    let nom = sans_civilite(&cle(nom));
    let mut mots: Vec<&str> = nom.split(' ').collect();
    mots.sort_unstable();
    mots.join(" ")
}
