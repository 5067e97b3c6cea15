//! Un fichier de commandements traité en entier, et le même contenu recopié sans rien décider.

use std::time::Instant;

use super::atelier::Atelier;
use super::machine::{oublier_le_pic, pic_de_memoire};
use super::mesure::{But, Rapport, millis, par_seconde, pour_cent};

const BANC: &str = "reception";

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    rapport.titre(&format!("Réception de {} commandements, base neuve", atelier.lignes));
    let mut base = atelier.base_neuve("reception.db").await?;
    oublier_le_pic();
    let bilan = atelier.commandements(&mut base, atelier.lignes).await?;
    let pic = pic_de_memoire();
    let debit = par_seconde(bilan.lignes, bilan.duree);
    rapport.note(BANC, "durée", millis(bilan.duree), "ms", But::Aucun);
    rapport.note(BANC, "débit", debit, "lignes/s", But::AuMoins(5_000));
    if let Some(pic) = pic {
        rapport.note(BANC, "mémoire au plus haut", pic, "Mo", But::AuPlus(500));
    }
    for (quoi, nombre) in [
        ("éligibles", bilan.eligibles),
        ("incomplètes", bilan.incomplets),
        ("doublons", bilan.doublons),
        ("jointes à un dossier connu", bilan.rejoints),
        ("avec une question", bilan.questions),
    ] {
        rapport.note(
            BANC,
            &format!("lignes {quoi}"),
            pour_cent(nombre, bilan.lignes),
            "%",
            But::Aucun,
        );
    }
    let copie = atelier.base_neuve("recopie.db").await?;
    let debut = Instant::now();
    let recopie = base.maison.stockage.recopier(&copie.maison.stockage).await?;
    let lecture = debut.elapsed().saturating_sub(recopie.ecriture);
    rapport.note(BANC, "lignes des tables recopiées", recopie.lignes, "lignes", But::Aucun);
    rapport.note(
        BANC,
        "insertion nue des mêmes lignes",
        millis(recopie.ecriture),
        "ms",
        But::Aucun,
    );
    rapport.note(BANC, "lecture des mêmes lignes", millis(lecture), "ms", But::Aucun);
    let part = pour_cent(millis(recopie.ecriture), millis(bilan.duree));
    rapport.note(
        BANC,
        "vitesse, rapportée à celle de l'insertion nue",
        part,
        "%",
        But::AuMoins(25),
    );
    atelier.jeter(copie).await?;
    atelier.jeter(base).await
}
