//! Un dossier de soixante actes, déduit en entier : où il en est, et ce qui vient ensuite.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::partenaires::agent::Agent;
use ccapex::procedure::situation::situation;
use ccapex::profil::Profil;
use jiff::civil::{Date, date};
use stockage::base::Stockage;
use usages::actes::demande::Statut;
use usages::actes::fichier::Suite;
use usages::dossiers::ouvrir::ouvrir;
use usages::maison::Maison;

use super::atelier::Atelier;
use super::mesure::{But, Rapport, centile};

const BANC: &str = "derivation";

/// Une longue histoire, un acte par ligne : deux plans rompus, des délais, un diagnostic, un recours,
/// des mesures de surendettement, et le concours demandé.
const HISTOIRE: &str = include_str!("soixante-actes.jsonl");
/// Le jour où le concours demandé attend encore sa réponse, ou son silence.
const JOUR: Date = date(2026, 11, 21);

/// Une série assez longue pour que l'horloge la mesure, assez courte pour qu'un autre programme la coupe peu.
const SERIE: u32 = 50;
const SERIES: usize = 401;

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    let (dossier, actes) = dossier(atelier).await?;
    rapport.titre(&format!(
        "Dérivation d'un dossier de {actes} actes, médiane de {SERIES} séries de {SERIE}"
    ));
    let profil = Profil::integre("62").context("le profil du Pas-de-Calais")?;
    let tentatives = profil.tentatives_avant_sans_nouvelles();
    let mesures: [(&str, But, &dyn Fn()); 2] = [
        ("cours du dossier (Cours::de)", But::Aucun, &|| {
            black_box(Cours::de(black_box(&dossier), tentatives, &Horloge::au(JOUR)));
        }),
        ("cours, service et étapes (situation)", But::AuPlus(20_000), &|| {
            black_box(situation(black_box(&dossier), &profil, JOUR));
        }),
    ];
    for (quoi, but, deduire) in mesures {
        rapport.note(BANC, quoi, nanos_par_tour(deduire), "ns", but);
    }
    Ok(())
}

/// Le dossier, consigné par le vrai chemin puis relu.
async fn dossier(atelier: &Atelier) -> anyhow::Result<(Dossier, usize)> {
    let maison = Maison::new(Stockage::ephemere().await?)?;
    let agent = Agent::programme("62");
    let mut suite = Suite::default();
    let mut reference = String::new();
    for (numero, ligne) in (1..).zip(HISTOIRE.lines()) {
        let consignee =
            suite.consigner(&maison, &agent, numero, ligne, JOUR, atelier.maintenant).await?;
        let Some(consignee) = consignee else { continue };
        ensure!(
            consignee.reponse.statut == Statut::Consigne,
            "L'acte de la ligne {numero} n'est pas consigné : {}",
            consignee.reponse.en_mots()
        );
        reference = consignee.reponse.dossier.unwrap_or(reference);
    }
    let ouvert = ouvrir(&maison, &agent, &reference, JOUR, atelier.maintenant).await?;
    maison.stockage.fermer().await;
    Ok((ouvert.dossier, ouvert.journal.len()))
}

fn nanos_par_tour(tour: &dyn Fn()) -> u64 {
    let mut series: Vec<u64> = (0..SERIES)
        .map(|_| {
            let debut = Instant::now();
            (0..SERIE).for_each(|_| tour());
            u64::try_from((debut.elapsed() / SERIE).as_nanos()).unwrap_or(u64::MAX)
        })
        .collect();
    centile(&mut series, 500)
}

#[cfg(test)]
mod tests {
    use super::HISTOIRE;

    #[test]
    fn l_histoire_a_soixante_actes() {
        assert_eq!(HISTOIRE.lines().count(), 60);
    }
}
