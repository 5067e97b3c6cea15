//! `seuil recevoir` : des fichiers de notices, reçus comme par la page de réception.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::{Statut, motif_en_mots};
use tableur::correspondance::Correspondance;
use usages::reception::resultat::Reponse;
use usages::reception::{Fichier, Recu, recevoir};

use crate::horloge::Horloge;
use crate::ligne::{Commun, Recevoir};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Recevoir,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let depot = Agent::programme(&commun.profil).peut_deposer()?;
    let correspondance = demande.correspondance.as_deref().map(lire_correspondance).transpose()?;
    let nature = demande.nature.as_deref().and_then(Nature::de_code);
    let mut code = ExitCode::SUCCESS;
    for chemin in &demande.fichiers {
        let nom = chemin.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let octets = match std::fs::read(chemin) {
            Ok(octets) => octets,
            Err(erreur) => {
                sortie::erreur(&format!(
                    "{} ne s'ouvre pas ({erreur}). Vérifiez le chemin et les droits, puis recommencez.",
                    chemin.display()
                ));
                code = ExitCode::FAILURE;
                continue;
            }
        };
        let fichier = Fichier {
            nom: nom.clone(),
            octets: octets.into(),
            nature,
            emetteur: demande.emetteur.clone(),
            correspondance: correspondance.clone(),
        };
        let progres = sortie::barre(&nom, "lignes");
        let mut compte = Compte::default();
        let recu = recevoir(
            &maison,
            &depot,
            fichier,
            horloge.aujourd_hui(),
            horloge.maintenant(),
            |reponses| {
                progres.inc(u64::try_from(reponses.len()).unwrap_or_default());
                for reponse in reponses {
                    compte.note(&reponse);
                    if commun.json {
                        drop(sortie::json(&reponse));
                    } else {
                        pour_une_personne(&reponse);
                    }
                }
            },
        )
        .await?;
        progres.finish_and_clear();
        match recu {
            Recu::Lu(bilan) => {
                for avertissement in &bilan.avertissements {
                    sortie::message(&format!("{nom} : {avertissement}"));
                }
                if !commun.json {
                    sortie::message(&format!("{nom} : {}", compte.en_mots()));
                }
            }
            Recu::Refuse(refuse, _) => {
                code = ExitCode::FAILURE;
                if commun.json {
                    sortie::json(&refuse)?;
                } else {
                    sortie::erreur(&format!(
                        "{} : {} Le fichier est gardé.",
                        refuse.ou, refuse.motif
                    ));
                }
            }
        }
    }
    Ok(code)
}

fn lire_correspondance(chemin: &Path) -> anyhow::Result<Correspondance> {
    let texte = std::fs::read_to_string(chemin)
        .with_context(|| format!("La correspondance {} ne s'ouvre pas", chemin.display()))?;
    serde_json::from_str(&texte).map_err(|erreur| {
        anyhow!(
            "La correspondance {} ne se lit pas ({erreur}). Elle associe des en-têtes à des champs, par exemple {{\"Preneur\": \"locataire_nom\"}}.",
            chemin.display()
        )
    })
}

/// Combien de lignes de chaque réponse.
#[derive(Default)]
struct Compte {
    par_statut: std::collections::BTreeMap<Statut, u64>,
}

impl Compte {
    fn note(&mut self, reponse: &Reponse) {
        *self.par_statut.entry(reponse.statut).or_default() += 1;
    }

    fn en_mots(&self) -> String {
        let total: u64 = self.par_statut.values().sum();
        let details: Vec<String> = Statut::TOUS
            .into_iter()
            .filter_map(|s| {
                self.par_statut.get(&s).map(|n| format!("{n} {}", s.libelle().to_lowercase()))
            })
            .collect();
        format!("{total} lignes — {}", details.join(", "))
    }
}

fn pour_une_personne(reponse: &Reponse) {
    let motif =
        reponse.motif.as_deref().map_or_else(String::new, |m| format!(" ({})", motif_en_mots(m)));
    let dossier = reponse.dossier.as_deref().unwrap_or("sans dossier");
    let service = reponse.service.as_deref().map_or_else(String::new, |s| format!(" → {s}"));
    sortie::ligne(&format!(
        "ligne {:>5}  {:<14} {}{motif}  {dossier}{service}",
        reponse.ligne,
        reponse.reference.as_deref().unwrap_or("sans référence"),
        reponse.statut.libelle(),
    ));
    for anomalie in &reponse.anomalies {
        sortie::ligne(&format!("             irrégularité : {}", anomalie.motif));
    }
}
