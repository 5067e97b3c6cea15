//! Les scènes : un ménage par scène, et ce qui lui est arrivé, daté du jour de la démonstration.
//!
//! Elles sont écrites dans `scenes/*.toml`. « j » compte les jours depuis celui de la démonstration,
//! « su » le jour où l'acte a été consigné quand ce n'est pas celui où il est arrivé.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};
use droit::calendrier::{Calendrier as _, Territoire};
use droit::regles::treve::protege;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use serde_json::{Map, Value};

const FICHIERS: [(&str, &str); 5] = [
    ("1-prevention.toml", include_str!("scenes/1-prevention.toml")),
    ("2-devant-le-juge.toml", include_str!("scenes/2-devant-le-juge.toml")),
    ("3-force-publique.toml", include_str!("scenes/3-force-publique.toml")),
    ("4-issues.toml", include_str!("scenes/4-issues.toml")),
    ("5-paris.toml", include_str!("scenes/5-paris.toml")),
];

/// Un ménage, et ce que son dossier montre. Les sommes sont en euros.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scene {
    /// Ce que la scène montre.
    pub(super) titre: String,
    #[serde(default = "pas_de_calais")]
    pub(super) profil: String,
    pub(super) commune: String,
    pub(super) loyer: i64,
    /// La dette du premier acte ; absente, la notice est incomplète.
    pub(super) dette: Option<i64>,
    /// Le jour du bail.
    pub(super) bail: i32,
    #[serde(default)]
    pub(super) aide: bool,
    #[serde(default)]
    pub(super) enfants: u8,
    #[serde(default = "personne_physique")]
    pub(super) bailleur: String,
    /// Annoncée au démarrage.
    #[serde(default)]
    pub(super) montre: bool,
    /// Ce jour doit tomber hors de la trêve : la scène entière recule d'autant.
    hors_treve: Option<i32>,
    /// La scène ne se joue que si elle commence ce jour-là ou après : le droit n'était pas celui-là.
    pas_avant: Option<Date>,
    /// La scène ne se joue que si elle commence ce jour-là ou avant.
    pas_apres: Option<Date>,
    /// Le diagnostic, rubrique par rubrique, tel qu'une personne l'écrit à l'écran.
    #[serde(default)]
    diagnostic: BTreeMap<String, Map<String, Value>>,
    actes: Vec<ActeEcrit>,
}

#[derive(Debug, Deserialize)]
struct ActeEcrit {
    j: i32,
    su: Option<i32>,
    qui: String,
    acte: String,
    /// Un dimanche, exprès.
    #[serde(default)]
    dimanche: bool,
    /// Permis hors de la trêve seulement : avant elle, s'il tombe dedans.
    #[serde(default)]
    hors_treve: bool,
    #[serde(flatten)]
    champs: Map<String, Value>,
}

/// Un acte daté.
#[derive(Debug)]
pub(super) struct ActeDeScene {
    /// Le jour où il est consigné.
    pub(super) su: Date,
    /// Le jour où il arrive.
    pub(super) le: Date,
    /// L'identifiant du compte qui le consigne.
    pub(super) qui: String,
    pub(super) acte: String,
    pub(super) champs: Map<String, Value>,
}

fn pas_de_calais() -> String {
    "62".to_owned()
}

fn personne_physique() -> String {
    "personne_physique".to_owned()
}

/// Les scènes qui se jouent ce jour-là, dans l'ordre de la procédure.
pub(super) fn scenes(aujourd_hui: Date) -> anyhow::Result<Vec<Scene>> {
    #[derive(Deserialize)]
    struct Fichier {
        scene: Vec<Scene>,
    }
    let mut scenes = Vec::new();
    for (nom, texte) in FICHIERS {
        let fichier: Fichier =
            toml::from_str(texte).with_context(|| format!("Le fichier de scènes {nom}"))?;
        scenes.extend(fichier.scene.into_iter().filter(|scene| scene.se_joue(aujourd_hui)));
    }
    Ok(scenes)
}

impl Scene {
    fn se_joue(&self, aujourd_hui: Date) -> bool {
        let jour = self.origine(aujourd_hui);
        let Some(debut) = self.actes.first().map(|acte| travaille(jour, acte.j)) else {
            return false;
        };
        self.pas_avant.is_none_or(|le| le <= debut) && self.pas_apres.is_none_or(|le| debut <= le)
    }

    /// Ce qu'une personne écrit dans une rubrique du diagnostic ; rien de plus que ce que le dossier
    /// propose si la scène n'en dit rien.
    pub(super) fn rubrique(
        &self,
        code: &str,
        aujourd_hui: Date,
    ) -> anyhow::Result<BTreeMap<String, String>> {
        let Some(champs) = self.diagnostic.get(code) else { return Ok(BTreeMap::new()) };
        let champs = dates(champs, self.origine(aujourd_hui))
            .with_context(|| format!("{} : rubrique {code}", self.titre))?;
        Ok(champs
            .into_iter()
            .filter_map(|(nom, valeur)| Some((nom, valeur.as_str()?.to_owned())))
            .collect())
    }

    /// Ses actes, datés pour une démonstration qui a lieu ce jour-là.
    pub(super) fn actes(&self, aujourd_hui: Date) -> anyhow::Result<Vec<ActeDeScene>> {
        let jour = self.origine(aujourd_hui);
        self.actes
            .iter()
            .map(|ecrit| {
                let le = if ecrit.dimanche {
                    dernier_dimanche(decale(jour, ecrit.j))
                } else if ecrit.hors_treve {
                    avant_la_treve(jour, ecrit.j)
                } else {
                    travaille(jour, ecrit.j)
                };
                let su = ecrit.su.map_or(le, |su| travaille(jour, su)).min(aujourd_hui);
                let champs = dates(&ecrit.champs, jour)
                    .with_context(|| format!("{} : {}", self.titre, ecrit.acte))?;
                let (qui, acte) = (ecrit.qui.clone(), ecrit.acte.clone());
                Ok(ActeDeScene { su, le, qui, acte, champs })
            })
            .collect()
    }

    /// Le jour du bail.
    pub(super) fn bail(&self, aujourd_hui: Date) -> Date {
        decale(self.origine(aujourd_hui), self.bail)
    }

    /// Le jour d'où la scène se compte : celui de la démonstration, ou un autre avant lui.
    fn origine(&self, aujourd_hui: Date) -> Date {
        let Some(hors_treve) = self.hors_treve else { return aujourd_hui };
        (0..HIVER)
            .map(|recul| decale(aujourd_hui, -recul))
            .find(|jour| !protege(travaille(*jour, hors_treve)).unwrap_or(false))
            .unwrap_or(aujourd_hui)
    }
}

/// Plus qu'aucune trêve n'a duré.
const HIVER: i32 = 250;

fn decale(jour: Date, ecart: i32) -> Date {
    jour.saturating_add(i64::from(ecart).days())
}

/// Le jour travaillé le plus proche : avant pour ce qui est passé, après pour ce qui vient.
fn travaille(jour: Date, ecart: i32) -> Date {
    let mut le = decale(jour, ecart);
    while Territoire::Metropole.non_ouvrable(le) && Date::MIN < le && le < Date::MAX {
        le = decale(le, if ecart <= 0 { -1 } else { 1 });
    }
    le
}

/// Le dernier jour travaillé où rien ne protège le ménage, ce jour-là au plus tard.
fn avant_la_treve(jour: Date, ecart: i32) -> Date {
    (0..HIVER)
        .map(|recul| travaille(jour, ecart - recul))
        .find(|le| !protege(*le).unwrap_or(false))
        .unwrap_or_else(|| travaille(jour, ecart))
}

fn dernier_dimanche(jour: Date) -> Date {
    decale(jour, -i32::from(jour.weekday().since(Weekday::Sunday)))
}

/// Les champs, où « j+40 » est devenu un jour.
fn dates(champs: &Map<String, Value>, jour: Date) -> anyhow::Result<Map<String, Value>> {
    champs
        .iter()
        .map(|(nom, valeur)| {
            let ecart = valeur
                .as_str()
                .and_then(|v| v.strip_prefix('j'))
                .filter(|v| v.starts_with(['+', '-']));
            let Some(ecart) = ecart else { return Ok((nom.clone(), valeur.clone())) };
            let ecart = ecart.parse().map_err(|_| anyhow!("« j{ecart} » n'est pas un jour"))?;
            Ok((nom.clone(), Value::String(travaille(jour, ecart).to_string())))
        })
        .collect()
}
