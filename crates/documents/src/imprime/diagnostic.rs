//! Le diagnostic social et financier, pour le juge, la commission et les deux parties.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Contenu, Tete, paragraphes};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub tete: Tete,
    /// Le locataire et l'adresse du logement.
    pub menage: String,
    pub logement: String,
    /// Le jour de l'audience, s'il est connu.
    pub audience: Option<String>,
    pub envoi: Envoi,
    pub rubriques: Vec<Rubrique>,
    /// Ce qu'il reste à écrire. Vide quand le diagnostic est complet.
    pub manques: Vec<String>,
}

/// La transmission au juge et à la commission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envoi {
    /// Le dernier jour utile, et comment on l'obtient.
    pub avant_le: Option<(String, Vec<String>)>,
    /// Le jour de l'envoi, s'il a eu lieu, et sa preuve.
    pub transmis_le: Option<(String, String)>,
    /// Il a eu lieu après le dernier jour utile.
    pub tardif: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubrique {
    pub titre: String,
    pub champs: Vec<Champ>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Champ {
    pub libelle: String,
    pub valeur: String,
    /// Un paragraphe, et non une ligne.
    pub texte: bool,
}

#[derive(Serialize)]
struct RubriqueImprimee<'a> {
    titre: &'a str,
    lignes: Vec<(&'a str, &'a str)>,
    textes: Vec<(&'a str, Vec<String>)>,
}

impl Contenu for Diagnostic {
    fn tete(&self) -> &Tete {
        &self.tete
    }

    fn titre(&self) -> String {
        if self.manques.is_empty() {
            "Diagnostic social et financier".to_owned()
        } else {
            "Diagnostic social et financier (projet, à compléter)".to_owned()
        }
    }

    fn donnees(&self) -> Value {
        let rubriques: Vec<_> = self.rubriques.iter().map(imprimee).collect();
        json!({
            "menage": self.menage,
            "logement": self.logement,
            "audience": self.audience,
            "avant_le": self.envoi.avant_le.as_ref().map(|(jour, explication)| {
                json!({ "jour": jour, "explication": explication })
            }),
            "transmis_le": self.envoi.transmis_le.as_ref().map(|(jour, preuve)| {
                json!({ "jour": jour, "preuve": preuve })
            }),
            "tardif": self.envoi.tardif,
            "rubriques": rubriques,
            "manques": self.manques,
        })
    }
}

fn imprimee(rubrique: &Rubrique) -> RubriqueImprimee<'_> {
    let (textes, lignes): (Vec<&Champ>, Vec<&Champ>) =
        rubrique.champs.iter().partition(|c| c.texte);
    RubriqueImprimee {
        titre: &rubrique.titre,
        lignes: lignes.into_iter().map(|c| (c.libelle.as_str(), c.valeur.as_str())).collect(),
        textes: textes.into_iter().map(|c| (c.libelle.as_str(), paragraphes(&c.valeur))).collect(),
    }
}
