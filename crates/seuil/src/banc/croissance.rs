//! Le temps d'un même fichier, dans des bases de plus en plus grandes.

use super::atelier::{Atelier, GRANDE};
use super::mesure::{But, Rapport, millis, par_seconde, pour_cent};

const BANC: &str = "croissance";
const LIGNES: u64 = 10_000;

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    rapport.titre(&format!("{LIGNES} commandements de plus, selon la taille de la base"));
    let mut base = atelier.base_neuve(GRANDE).await?;
    let mut precedente: Option<(u64, u64)> = None;
    for taille in [atelier.dossiers / 100, atelier.dossiers / 10, atelier.dossiers] {
        atelier.remplir(&mut base, taille).await?;
        let depart = base.dossiers;
        let bilan = atelier.commandements(&mut base, LIGNES).await?;
        let duree = millis(bilan.duree);
        rapport.note(BANC, &format!("dans {depart} dossiers"), duree, "ms", But::Aucun);
        let debit = par_seconde(bilan.lignes, bilan.duree);
        rapport.note(
            BANC,
            &format!("dans {depart} dossiers, débit"),
            debit,
            "lignes/s",
            But::Aucun,
        );
        if let Some((avant, duree_avant)) = precedente {
            let (fois, lent) = (pour_cent(depart, avant), pour_cent(duree, duree_avant));
            let nom = format!("de {avant} à {depart} dossiers, temps multiplié par (en %)");
            rapport.note(BANC, &nom, lent, "%", But::AuPlus(fois));
        }
        precedente = Some((depart, duree));
    }
    atelier.garder(base);
    Ok(())
}
