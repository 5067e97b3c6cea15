//! Détacher une notice d'un dossier qu'elle a rejoint : elle ouvre le sien.
//!
//! Défait une jonction faite à la réception. Joindre les deux dossiers la refait.

use ccapex::dossier::Suivie;
use ccapex::fait::{Acte, Fait, Geste, NoticeRecue, Rapprochement, Rectification};
use ccapex::identifiants::{DossierId, NoticeId, Reference};
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::notice::SuiteDeNotice;
use stockage::transaction::Lot;

use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::{self, Charge};

/// Détache une notice de son dossier. Rend la référence du dossier qu'elle ouvre.
///
/// # Erreurs
///
/// [`Echec::Refus`] si le dossier n'a pas cette notice, ou n'a qu'elle ; [`Echec::Habilitation`] hors
/// du périmètre.
pub async fn detacher(
    maison: &Maison,
    agent: &Agent,
    dossier: &str,
    notice: NoticeId,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<String, Echec> {
    let mut lu = par_reference(maison, agent, dossier).await?;
    let ecriture = lu.ecriture(agent)?;
    let profil = maison.profil(&lu.vue.profil)?;
    let (rang, suivie, courriers) = a_detacher(&lu, notice)?;
    let mut transaction = maison.stockage.ecriture_dans(&[(&ecriture, lu.vue.rang)]).await?;
    let id = DossierId(transaction.numeroter("dossier", 1).await?);
    let compteur = format!("dossier:{}:{}", profil.code, aujourd_hui.year());
    let numero = transaction.numeroter(&compteur, 1).await?;
    let reference = Reference::nouvelle(&profil.code, aujourd_hui.year(), numero).to_string();
    let mut neuf = Charge {
        id,
        reference: reference.clone(),
        faits: Vec::new(),
        joints: std::collections::BTreeMap::new(),
        identites: lu.charge.identites.clone(),
        veille: lu.charge.veille,
    };
    let separe = |autre| {
        let motifs = vec!["notice détachée par une personne".to_owned()];
        Acte::Rapprochement(Rapprochement {
            geste: Geste::Separe,
            autre,
            le: aujourd_hui,
            motifs,
            identite: None,
        })
    };
    let rectification = Acte::Rectification(Rectification {
        annule: rang,
        le: aujourd_hui,
        motif: format!("notice détachée : elle concerne un autre ménage, suivi dans {reference}"),
        coffre: None,
    });
    let mut lot = Lot::default();
    let mut ecrire = |charge: &mut Charge, acte: Acte| {
        let fait = vue::fait(charge, acte, ecriture.plume(), maintenant);
        lot.faits.push(vue::ecrire(charge.id, &fait));
        charge.faits.push(fait);
    };
    ecrire(&mut lu.charge, rectification);
    ecrire(&mut lu.charge, separe(id));
    ecrire(&mut neuf, ouverture(&suivie, &reference, courriers));
    ecrire(&mut neuf, separe(lu.vue.id));
    for (charge, avant) in [(&lu.charge, Some(lu.vue.clone())), (&neuf, None)] {
        if let Some(vues) = vue::vues(charge, &profil) {
            lot.suites.push(SuiteDeNotice {
                notice,
                sous_commission: vues.dossier.sous_commission.clone(),
                statut: suivie.statut.code().to_owned(),
                motif: suivie.motif.clone().unwrap_or_default(),
                dossier: Some(charge.id),
                rapprochement: "nouveau".to_owned(),
            });
            lot.courriers.extend(vues.courriers);
            lot.questions.extend(vues.questions);
            lot.dossiers.push((vues.dossier, avant));
        }
    }
    // La notice suit le dossier neuf : la dernière suite l'emporte.
    lot.suites.drain(..lot.suites.len().saturating_sub(1));
    transaction.inserer(lot).await?;
    transaction.valider().await?;
    Ok(reference)
}

/// Le rang du fait qui l'a reçue, ce qu'elle dit aujourd'hui, et ses lettres pas encore parties.
fn a_detacher(lu: &Lu, notice: NoticeId) -> Result<(i64, Suivie, Vec<String>), Echec> {
    let propre = ccapex::dossier::Dossier::relire(&lu.charge.faits);
    let recue_par =
        |fait: &&Fait| matches!(&fait.acte, Acte::NoticeRecue(recue) if recue.notice == notice);
    let fait = lu.charge.faits.iter().find(recue_par);
    let suivie = propre.notices.iter().find(|n| n.notice == notice);
    let (Some(fait), Some(suivie)) = (fait, suivie) else {
        return Err(Echec::Refus(
            "Cette notice n'est pas dans ce dossier, ou en a déjà été détachée. Rouvrez le dossier pour voir où il en est.".to_owned(),
        ));
    };
    if propre.notices.len() < 2 {
        return Err(Echec::Refus(
            "Ce dossier n'a que cette notice : la détacher n'en laisserait aucune. Si le ménage n'est pas le bon, corrigez la notice.".to_owned(),
        ));
    }
    let courriers = propre
        .lettres
        .iter()
        .filter(|((de, modele), lettre)| {
            *de == notice && lettre.etape == "prepare" && !modele.starts_with("relance_")
        })
        .map(|((_, modele), _)| modele.clone())
        .collect();
    Ok((fait.rang, suivie.clone(), courriers))
}

fn ouverture(suivie: &Suivie, reference: &str, courriers: Vec<String>) -> Acte {
    Acte::NoticeRecue(Box::new(NoticeRecue {
        notice: suivie.notice,
        coffre: (suivie.coffre != suivie.notice).then_some(suivie.coffre),
        nature: Some(suivie.nature),
        ouvre: Some(reference.to_owned()),
        recue_le: suivie.recue_le,
        emetteur: suivie.emetteur.clone(),
        reference: suivie.reference.clone(),
        statut: suivie.statut,
        motif: suivie.motif.clone(),
        corrige: None,
        courriers,
        jointe_car: Vec::new(),
        contenu: suivie.contenu.clone(),
    }))
}
