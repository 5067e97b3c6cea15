//! Des actes écrits un par ligne, en JSON : chaque ligne a sa réponse, une ligne refusée n'arrête rien.

use std::collections::BTreeMap;

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::actes::consigner::consigner;
use crate::actes::demande::{Demande, Reponse, Statut, refus};
use crate::echec::Echec;
use crate::maison::Maison;

/// La réponse à une ligne.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LigneConsignee {
    /// Sa place dans le fichier, à partir de 1.
    pub ligne: u64,
    /// L'acte demandé, quand il se lit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub acte: String,
    /// Ce qu'elle devient.
    #[serde(flatten)]
    pub reponse: Reponse,
}

/// Un fichier qu'on consigne. Une ligne désigne le dossier, ou le fait, d'une ligne d'avant par « @ »
/// et son numéro : un fichier peut ouvrir un dossier et en écrire la suite.
#[derive(Debug, Default)]
pub struct Suite {
    ecrites: BTreeMap<u64, (String, Option<String>)>,
}

impl Suite {
    /// Consigne une ligne ; rien pour une ligne blanche.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Base`] quand la base est en panne : les lignes d'avant sont écrites.
    pub async fn consigner(
        &mut self,
        maison: &Maison,
        agent: &Agent,
        ligne: u64,
        texte: &str,
        aujourd_hui: Date,
        maintenant: Timestamp,
    ) -> Result<Option<LigneConsignee>, Echec> {
        let texte = texte.trim_start_matches('\u{feff}').trim();
        if texte.is_empty() {
            return Ok(None);
        }
        let demande = match self.demande(texte) {
            Ok(demande) => demande,
            Err(refus) => {
                let acte = serde_json::from_str::<Value>(texte)
                    .ok()
                    .and_then(|v| v.get("acte")?.as_str().map(str::to_owned))
                    .unwrap_or_default();
                return Ok(Some(LigneConsignee { ligne, acte, reponse: Reponse::refuse(refus) }));
            }
        };
        let reponse = consigner(maison, agent, &demande, aujourd_hui, maintenant).await?;
        if reponse.statut != Statut::Refuse
            && let Some(dossier) = &reponse.dossier
        {
            self.ecrites.insert(ligne, (dossier.clone(), reponse.id.clone()));
        }
        Ok(Some(LigneConsignee { ligne, acte: demande.acte, reponse }))
    }

    fn demande(&self, texte: &str) -> Result<Demande, Vec<ccapex::acte::lire::Refus>> {
        let mut objet: Map<String, Value> = serde_json::from_str(texte).map_err(|e| {
            vec![refus(
                "",
                format!("La ligne n'est pas un objet JSON (caractère {}). Écrivez un acte par ligne, entre accolades.", e.column()),
            )]
        })?;
        for champ in ["dossier", "annule", "avis", "autre"] {
            if let Some(Value::String(valeur)) = objet.get_mut(champ)
                && let Some(numero) = valeur.strip_prefix('@')
            {
                *valeur = self.designe(numero, champ).ok_or_else(|| {
                    vec![refus(
                        champ,
                        format!("« @{numero} » désigne une ligne d'avant qui n'a rien consigné. Corrigez-la d'abord, ou écrivez la référence."),
                    )]
                })?;
            }
        }
        Demande::de_objet(objet)
    }

    fn designe(&self, numero: &str, champ: &str) -> Option<String> {
        let (dossier, fait) = self.ecrites.get(&numero.parse().ok()?)?;
        if matches!(champ, "dossier" | "autre") { Some(dossier.clone()) } else { fait.clone() }
    }
}
