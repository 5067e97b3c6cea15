//! `seuil consigner` : des actes, un par ligne, dans les dossiers.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use ccapex::partenaires::agent::Agent;
use usages::actes::demande::Statut;
use usages::actes::fichier::{LigneConsignee, Suite};

use crate::horloge::Horloge;
use crate::ligne::{Commun, Consigner};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Consigner,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let agent = Agent::programme(&maison.profil(&commun.profil)?.code);
    let mut suite = Suite::default();
    let mut compte = Compte::default();
    for (numero, ligne) in (1_u64..).zip(lignes(&demande.fichier)?) {
        // Une ligne qui n'est pas du texte est une ligne refusée, comme une autre.
        let texte = String::from_utf8_lossy(&ligne?).into_owned();
        let (jour, maintenant) = (horloge.aujourd_hui(), horloge.maintenant());
        let consignee = suite.consigner(&maison, &agent, numero, &texte, jour, maintenant).await?;
        let Some(consignee) = consignee else { continue };
        compte.note(&consignee);
        if commun.json {
            sortie::json(&consignee)?;
        } else {
            pour_une_personne(&consignee);
        }
    }
    if !commun.json {
        sortie::message(&compte.en_mots());
    }
    Ok(if compte.refusees == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

type Lignes = Box<dyn Iterator<Item = std::io::Result<Vec<u8>>>>;

/// Les lignes du fichier, l'une après l'autre ; « - » lit l'entrée.
fn lignes(fichier: &Path) -> anyhow::Result<Lignes> {
    if fichier == Path::new("-") {
        return Ok(Box::new(BufReader::new(stdin()).split(b'\n')));
    }
    let ouvert = File::open(fichier).with_context(|| {
        format!(
            "{} ne s'ouvre pas. Vérifiez le chemin et les droits, puis recommencez",
            fichier.display()
        )
    })?;
    Ok(Box::new(BufReader::new(ouvert).split(b'\n')))
}

#[derive(Default)]
struct Compte {
    consignees: u64,
    doublons: u64,
    refusees: u64,
}

impl Compte {
    fn note(&mut self, ligne: &LigneConsignee) {
        *match ligne.reponse.statut {
            Statut::Consigne => &mut self.consignees,
            Statut::Doublon => &mut self.doublons,
            Statut::Refuse => &mut self.refusees,
        } += 1;
    }

    fn en_mots(&self) -> String {
        let total = self.consignees + self.doublons + self.refusees;
        let accord = |n: u64| if n > 1 { "s" } else { "" };
        format!(
            "{total} acte{} : {} consigné{}, {} déjà au journal, {} refusé{}.",
            accord(total),
            self.consignees,
            accord(self.consignees),
            self.doublons,
            self.refusees,
            accord(self.refusees)
        )
    }
}

fn pour_une_personne(ligne: &LigneConsignee) {
    let reponse = &ligne.reponse;
    let dossier = reponse.dossier.as_deref().unwrap_or_default();
    let dit = match reponse.statut {
        Statut::Consigne => format!("{} est au journal du dossier {dossier}.", ligne.acte),
        Statut::Doublon => {
            format!("{} était déjà au journal du dossier {dossier} : rien n'a changé.", ligne.acte)
        }
        Statut::Refuse => format!("refusée. {}", reponse.en_mots()),
    };
    sortie::ligne(&format!("ligne {:>4} : {dit}", ligne.ligne));
    for anomalie in &reponse.anomalies {
        sortie::ligne(&format!("             irrégularité : {}", anomalie.motif));
    }
}
