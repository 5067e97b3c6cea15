//! Les cas qu'un juriste relit : `cas/*.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use droit::catalogue::appliquer;
use droit::demande::{Entree, lire_jour};
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    cas: Vec<Cas>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cas {
    /// Le numéro du cas dans l'étude juridique.
    etude: Option<String>,
    dit: String,
    regle: String,
    depuis: Option<String>,
    audience: Option<String>,
    commune: Option<String>,
    #[serde(default)]
    faits: BTreeMap<String, String>,
    #[serde(default)]
    options: BTreeMap<String, String>,
    /// Les champs attendus dans la réponse ; les autres ne sont pas comparés.
    attendu: Option<Value>,
    /// Un mot du message, quand la règle demande autre chose.
    refus: Option<String>,
}

fn jour(texte: &str) -> Date {
    lire_jour("cas", texte).unwrap_or_else(|refus| panic!("{refus}"))
}

impl Cas {
    fn entree(&self) -> Entree {
        Entree {
            depuis: self.depuis.as_deref().map(jour),
            audience: self.audience.as_deref().map(jour),
            faits: self.faits.clone(),
            options: self.options.clone(),
            commune: self.commune.clone(),
            aujourd_hui: date(2026, 11, 21),
        }
    }

    /// Les écarts entre la réponse et l'attendu.
    fn ecarts(&self) -> Vec<String> {
        let nom = format!("{} {} ({})", self.etude.as_deref().unwrap_or("—"), self.dit, self.regle);
        match (appliquer(&self.regle, &self.entree()), &self.attendu, &self.refus) {
            (Ok(resultat), Some(attendu), None) => {
                let obtenu = serde_json::to_value(&resultat).expect("réponse écrite");
                comparer(&nom, attendu, &obtenu)
            }
            (Err(refus), None, Some(mot)) if refus.to_string().contains(mot) => vec![],
            (obtenu, _, _) => vec![format!("{nom} : {obtenu:?}")],
        }
    }
}

fn comparer(nom: &str, attendu: &Value, obtenu: &Value) -> Vec<String> {
    let Some(champs) = attendu.as_object() else {
        return if attendu == obtenu {
            vec![]
        } else {
            vec![format!("{nom} : attendu {attendu}, obtenu {obtenu}")]
        };
    };
    champs
        .iter()
        .flat_map(|(champ, attendu)| {
            comparer(&format!("{nom}, {champ}"), attendu, obtenu.get(champ).unwrap_or(&Value::Null))
        })
        .collect()
}

fn tous() -> Vec<Cas> {
    let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("cas");
    let mut chemins: Vec<_> = fs::read_dir(dossier)
        .expect("dossier des cas")
        .map(|f| f.expect("fichier").path())
        .collect();
    chemins.sort();
    chemins
        .into_iter()
        .flat_map(|chemin| {
            let texte = fs::read_to_string(&chemin).expect("fichier lisible");
            toml::from_str::<Fichier>(&texte)
                .unwrap_or_else(|defaut| panic!("{} : {defaut}", chemin.display()))
                .cas
        })
        .collect()
}

#[test]
fn chaque_cas_relu_par_un_juriste_recoit_sa_reponse() {
    let ecarts: Vec<String> = tous().iter().flat_map(Cas::ecarts).collect();
    assert!(ecarts.is_empty(), "{}", ecarts.join("\n"));
}

#[test]
fn tous_les_cas_de_l_etude_sont_la() {
    let presents: BTreeSet<String> = tous().into_iter().filter_map(|cas| cas.etude).collect();
    let attendus: BTreeSet<String> = (1..=91).step_by(2).map(|n| format!("O{n:02}")).collect();
    assert_eq!(presents, attendus);
}
