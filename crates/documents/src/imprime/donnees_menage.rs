//! Ce qu'on sait d'un ménage, à lui remettre : ce qui a été transmis, ce qui est arrivé, qui l'a lu.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Contenu, Tete, paragraphes};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DonneesDuMenage {
    pub tete: Tete,
    /// L'identité a été effacée, quand, pourquoi ; vide sinon.
    pub efface: String,
    pub notices: Vec<Recue>,
    pub actes: Vec<Ligne>,
    pub lettres: Vec<Ligne>,
    pub acces: Vec<Acces>,
}

/// Une notice reçue, et ce qu'elle dit des personnes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recue {
    pub titre: String,
    pub champs: Vec<(String, String)>,
}

/// Ce qui est arrivé un jour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    pub jour: String,
    pub quoi: String,
}

/// Qui a consulté le dossier, sans son nom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acces {
    pub quand: String,
    pub organisme: String,
    pub geste: String,
    pub finalite: String,
}

impl Contenu for DonneesDuMenage {
    fn tete(&self) -> &Tete {
        &self.tete
    }

    fn titre(&self) -> String {
        "Ce que nous savons de vous".to_owned()
    }

    fn donnees(&self) -> Value {
        // Un texte écrit par une personne peut être long : il se remet en entier.
        let lignes = |lignes: &[Ligne]| -> Vec<Value> {
            let ligne = |l: &Ligne| json!({ "jour": l.jour, "quoi": paragraphes(&l.quoi) });
            lignes.iter().map(ligne).collect()
        };
        let notices: Vec<Value> = self
            .notices
            .iter()
            .map(|recue| {
                let champs: Vec<Value> = recue
                    .champs
                    .iter()
                    .map(|(nom, valeur)| json!({ "nom": nom, "valeur": paragraphes(valeur) }))
                    .collect();
                json!({ "titre": recue.titre, "champs": champs })
            })
            .collect();
        json!({
            "efface": self.efface,
            "notices": notices,
            "actes": lignes(&self.actes),
            "lettres": lignes(&self.lettres),
            "acces": self.acces,
        })
    }
}
