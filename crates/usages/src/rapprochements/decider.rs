//! Joindre deux dossiers, ou dire qu'ils sont deux ménages. L'un défait l'autre.

use ccapex::fait::{Acte, Geste, Rapprochement};
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::transaction::Lot;

use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue;

/// `dossier` et `autre` sont le même ménage : `dossier` se suit désormais dans `autre`.
///
/// # Erreurs
///
/// [`Echec::Refus`] pour un dossier joint à lui-même ou déjà joint ; [`Echec::Habilitation`] si l'un
/// des deux est hors du périmètre.
pub async fn joindre(
    maison: &Maison,
    agent: &Agent,
    dossier: &str,
    autre: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    // Le droit d'abord : une référence mal tapée se corrige, un refus se dit.
    par_reference(maison, agent, autre).await?.ecriture(agent)?;
    let (joint, cible) = deux(maison, agent, dossier, autre).await?;
    let relu = joint.charge.dossier();
    if let Some(deja) = relu.joint_a.or_else(|| cible.charge.dossier().joint_a) {
        let reference = maison.stockage.situation_par_id(deja).await?.reference;
        return Err(Echec::Refus(format!(
            "L'un de ces dossiers est déjà suivi dans le dossier {reference}. Séparez-les d'abord, ou joignez {reference}."
        )));
    }
    if joint.vue.nommes != cible.vue.nommes {
        return Err(Echec::Refus(
            "L'accès de ces deux dossiers n'est pas ouvert aux mêmes personnes : les joindre montrerait l'un par l'autre. Restreignez-les aux mêmes personnes, puis joignez-les."
                .to_owned(),
        ));
    }
    if !relu.joints.is_empty() {
        return Err(Echec::Refus(format!(
            "D'autres dossiers sont suivis dans {dossier}. Joignez plutôt {autre} à {dossier}."
        )));
    }
    ecrire(maison, agent, joint, cible, (Geste::JointA, Geste::Joint), aujourd_hui, maintenant)
        .await
}

/// `dossier` et `autre` sont deux ménages : la question est close, ou la jonction défaite.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] si l'un des deux est hors du périmètre.
pub async fn separer(
    maison: &Maison,
    agent: &Agent,
    dossier: &str,
    autre: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let (un, deux) = deux(maison, agent, dossier, autre).await?;
    ecrire(maison, agent, un, deux, (Geste::Separe, Geste::Separe), aujourd_hui, maintenant).await
}

async fn deux(maison: &Maison, agent: &Agent, un: &str, autre: &str) -> Result<(Lu, Lu), Echec> {
    if un.trim() == autre.trim() {
        return Err(Echec::Refus(
            "Ces deux références sont celles d'un même dossier. Donnez celle de l'autre dossier."
                .to_owned(),
        ));
    }
    Ok((par_reference(maison, agent, un).await?, par_reference(maison, agent, autre).await?))
}

async fn ecrire(
    maison: &Maison,
    agent: &Agent,
    mut un: Lu,
    mut autre: Lu,
    gestes: (Geste, Geste),
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let profil = maison.profil(&un.vue.profil)?;
    let (ecriture_un, ecriture_autre) = (un.ecriture(agent)?, autre.ecriture(agent)?);
    let mut lot = Lot::default();
    let (id_un, id_autre) = (un.vue.id, autre.vue.id);
    for (lu, geste, avec) in [(&mut un, gestes.0, id_autre), (&mut autre, gestes.1, id_un)] {
        let acte = Acte::Rapprochement(Rapprochement {
            geste,
            autre: avec,
            le: aujourd_hui,
            motifs: Vec::new(),
        });
        let fait = vue::fait(&lu.charge, acte, agent.id, maintenant);
        lot.faits.push(vue::ecrire(lu.vue.id, &fait));
        lu.charge.faits.push(fait);
    }
    // Celui qui accueille lit désormais le journal de l'autre ; celui qui s'en sépare ne le lit plus.
    autre.charge.joints.insert(id_un, un.charge.faits.clone());
    autre.charge.identites.extend(un.charge.identites.clone());
    un.charge.joints.insert(id_autre, autre.charge.faits.clone());
    un.charge.identites.extend(autre.charge.identites.clone());
    for lu in [&un, &autre] {
        if let Some(vues) = vue::vues(&lu.charge, &profil) {
            lot.courriers.extend(vues.courriers);
            lot.questions.extend(vues.questions);
            lot.dossiers.push((vues.dossier, Some(lu.vue.clone())));
        }
    }
    let dossiers = [(&ecriture_un, un.vue.rang), (&ecriture_autre, autre.vue.rang)];
    Ok(maison.stockage.ajouter(&dossiers, lot, "rapprochement", maintenant).await?)
}
