//! Joindre deux dossiers, dire qu'ils sont deux ménages, ou défaire ce qui vient d'être dit.

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Fait, Geste, Rapprochement, Rectification};
use ccapex::identifiants::{DossierId, NoticeId};
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
    joindre_sous(maison, agent, (dossier, autre), None, aujourd_hui, maintenant).await
}

/// Comme [`joindre`], sous le nom et l'adresse de l'un des deux dossiers : `nomme`, sa référence.
///
/// # Erreurs
///
/// Comme [`joindre`].
pub async fn joindre_sous(
    maison: &Maison,
    agent: &Agent,
    (dossier, autre): (&str, &str),
    nomme: Option<&str>,
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
    let identite = nomme.and_then(|nomme| {
        let lu = [&joint, &cible].into_iter().find(|lu| lu.vue.reference == nomme.trim())?;
        lu.charge.dossier().nommante().map(|n| n.notice)
    });
    let (joint_id, cible_id) = (joint.vue.id, cible.vue.id);
    let actes = (
        rapprochement(Geste::JointA, cible_id, aujourd_hui, None),
        rapprochement(Geste::Joint, joint_id, aujourd_hui, identite),
    );
    ecrire(maison, agent, (joint, cible), actes, maintenant).await
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
    let (un_id, deux_id) = (un.vue.id, deux.vue.id);
    let actes = (
        rapprochement(Geste::Separe, deux_id, aujourd_hui, None),
        rapprochement(Geste::Separe, un_id, aujourd_hui, None),
    );
    ecrire(maison, agent, (un, deux), actes, maintenant).await
}

/// Défait la dernière réponse donnée sur ces deux dossiers : la question posée avant elle se repose.
///
/// # Erreurs
///
/// [`Echec::Refus`] quand aucune réponse ne peut se défaire ainsi ; [`Echec::Habilitation`] si l'un des
/// deux est hors du périmètre.
pub async fn defaire(
    maison: &Maison,
    agent: &Agent,
    dossier: &str,
    autre: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let (un, autre) = deux(maison, agent, dossier, autre).await?;
    let (ici, la) = (reponses(&un, &autre), reponses(&autre, &un));
    let (Some((annule_ici, geste)), Some((annule_la, _))) = (ici.last(), la.last()) else {
        return Err(Echec::Refus(
            "Aucune réponse n'est à défaire entre ces deux dossiers : une autre personne l'a peut-être déjà fait. Ouvrez-les pour voir où ils en sont.".to_owned(),
        ));
    };
    // Rendre une jonction d'avant demanderait de revérifier ce que joindre vérifie.
    let rejoindrait = ici.len() > 1 && *geste == Geste::Separe;
    if rejoindrait {
        return Err(Echec::Refus(
            "Ces deux dossiers avaient été joints avant d'être séparés. S'ils sont le même ménage, joignez-les de nouveau.".to_owned(),
        ));
    }
    let rectification = |annule: i64| {
        let motif = "réponse à un rapprochement défaite".to_owned();
        Acte::Rectification(Rectification { annule, le: aujourd_hui, motif, coffre: None })
    };
    let actes = (rectification(*annule_ici), rectification(*annule_la));
    ecrire(maison, agent, (un, autre), actes, maintenant).await
}

/// Les réponses encore valables qu'une personne a données ici sur cet autre dossier, dans l'ordre.
fn reponses(ici: &Lu, autre: &Lu) -> Vec<(i64, Geste)> {
    let faits = &ici.charge.faits;
    let annules = Dossier::annules(faits);
    let reponse = |fait: &Fait| match &fait.acte {
        // Une notice détachée écrit pourquoi : se défaire d'elle n'est pas répondre à une question.
        Acte::Rapprochement(r)
            if r.autre == autre.vue.id && r.geste != Geste::Demande && r.motifs.is_empty() =>
        {
            Some((fait.rang, r.geste))
        }
        Acte::Rapprochement(_)
        | Acte::NoticeRecue(_)
        | Acte::Complement(_)
        | Acte::Courrier(_)
        | Acte::SituationConfirmee(_)
        | Acte::Consigne(_)
        | Acte::Rectification(_) => None,
    };
    faits.iter().filter(|fait| !annules.contains(&fait.rang)).filter_map(reponse).collect()
}

fn rapprochement(geste: Geste, autre: DossierId, le: Date, identite: Option<NoticeId>) -> Acte {
    Acte::Rapprochement(Rapprochement { geste, autre, le, motifs: Vec::new(), identite })
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

/// Écrit un acte dans chacun des deux dossiers, et range leurs vues, en une transaction.
async fn ecrire(
    maison: &Maison,
    agent: &Agent,
    (mut un, mut autre): (Lu, Lu),
    actes: (Acte, Acte),
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let profil = maison.profil(&un.vue.profil)?;
    let (ecriture_un, ecriture_autre) = (un.ecriture(agent)?, autre.ecriture(agent)?);
    let mut lot = Lot::default();
    let (id_un, id_autre) = (un.vue.id, autre.vue.id);
    let ecrits =
        [(&mut un, actes.0, ecriture_un.plume()), (&mut autre, actes.1, ecriture_autre.plume())];
    for (lu, acte, plume) in ecrits {
        let fait = vue::fait(&lu.charge, acte, plume, maintenant);
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
