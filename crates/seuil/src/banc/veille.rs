//! La veille de chaque jour, un mois durant, sur un million de dossiers ouverts.

use std::time::Instant;

use ccapex::partenaires::agent::Agent;
use jiff::ToSpan as _;
use usages::veille::{Veillee, veiller};

use super::atelier::{Atelier, Base};
use super::machine::{oublier_le_pic, pic_de_memoire};
use super::mesure::{But, Rapport, millis, par_seconde};

const BANC: &str = "veille";
const JOURS: i32 = 31;
/// Le but vaut pour cette taille : une base plus petite ne l'atteint pas, elle n'est pas jugée.
const DOSSIERS_DU_BUT: u64 = 1_000_000;

/// Une veille, le jour d'après le remplissage, et le temps qu'elle a pris.
struct Nuit {
    rang: i32,
    veillee: Veillee,
    millis: u64,
}

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    let base = atelier.copie_avancee("veille.db", rapport).await?;
    let ouverts = ouverts(&base, atelier).await?;
    rapport.titre(&format!("Veille quotidienne de {ouverts} dossiers ouverts, {JOURS} jours"));
    rapport.note(BANC, "dossiers ouverts", ouverts, "dossiers", But::Aucun);
    oublier_le_pic();
    let mut nuits = Vec::new();
    for rang in 1..=JOURS {
        nuits.push(nuit(&base, atelier, rang).await?);
    }
    let pic = pic_de_memoire();
    let but = if ouverts < DOSSIERS_DU_BUT { But::Aucun } else { But::AuPlus(60_000) };
    nuits.sort_by_key(|nuit| nuit.veillee.relus);
    for (quoi, nuit) in
        [("le jour médian", nuits.get(nuits.len() / 2)), ("le jour le plus chargé", nuits.last())]
    {
        if let Some(nuit) = nuit {
            noter(rapport, &format!("{quoi} (J+{})", nuit.rang), nuit, but);
        }
    }
    let relus: u64 = nuits.iter().map(|nuit| nuit.veillee.relus).sum();
    let total: u64 = nuits.iter().map(|nuit| nuit.millis).sum();
    rapport.note(BANC, "un mois de veilles", total, "ms", But::Aucun);
    rapport.note(BANC, "un mois de veilles, relus", relus, "dossiers", But::Aucun);
    let debit = par_seconde(relus, std::time::Duration::from_millis(total));
    rapport.note(BANC, "débit de relecture", debit, "dossiers/s", But::Aucun);
    if let Some(pic) = pic {
        rapport.note(BANC, "mémoire au plus haut", pic, "Mo", But::AuPlus(500));
    }
    atelier.jeter(base).await
}

async fn nuit(base: &Base, atelier: &Atelier, rang: i32) -> anyhow::Result<Nuit> {
    let jour = atelier.aujourd_hui.saturating_add(rang.days());
    let debut = Instant::now();
    let veillee = veiller(&base.maison, "62", jour).await?;
    Ok(Nuit { rang, veillee, millis: millis(debut.elapsed()) })
}

fn noter(rapport: &Rapport, quoi: &str, nuit: &Nuit, but: But) {
    let veillee = &nuit.veillee;
    rapport.note(BANC, &format!("veille, {quoi}"), nuit.millis, "ms", but);
    for (nombre, sort) in [
        (veillee.relus, "relus"),
        (veillee.stades, "au stade changé"),
        (veillee.changes, "à l'étape, aux listes ou au service changés"),
    ] {
        rapport.note(BANC, &format!("… {sort}"), nombre, "dossiers", But::Aucun);
    }
}

async fn ouverts(base: &Base, atelier: &Atelier) -> anyhow::Result<u64> {
    let perimetre = Agent::programme("62").perimetre();
    let jour = atelier.aujourd_hui;
    let nombres = base.maison.stockage.compteurs(&perimetre, jour, jour).await?;
    Ok(u64::try_from(nombres.ouverts)?)
}
