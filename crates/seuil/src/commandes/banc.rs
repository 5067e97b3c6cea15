//! `seuil banc` : les vitesses du programme, mesurées sur des notices engendrées.

use std::process::ExitCode;

use jiff::civil::date;

use crate::banc::{Atelier, Banc, Demande, Rapport};
use crate::horloge::Horloge;
use crate::ligne;

pub(crate) async fn executer(
    commun: &ligne::Commun,
    horloge: &Horloge,
    demande: ligne::Banc,
) -> anyhow::Result<ExitCode> {
    let rapport = Rapport::ouvrir(commun.json);
    let mut atelier = Atelier::ouvrir(&Demande {
        travail: demande.travail.as_deref(),
        lignes: demande.notices,
        dossiers: demande.dossiers,
        // Un jour fixe : les mêmes notices d'un mois à l'autre.
        aujourd_hui: commun.a_la_date.unwrap_or(date(2026, 11, 21)),
        maintenant: horloge.maintenant(),
    })?;
    for banc in Banc::TOUS {
        if demande.bancs.is_empty() || demande.bancs.contains(&banc) {
            banc.mesurer(&mut atelier, &rapport).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
