//! Un acte qui n'est pas une notice : il va droit au journal de son dossier, ses textes au coffre.

use std::collections::BTreeMap;

use ccapex::acte::lire::{Lu as ActeLu, lire};
use ccapex::acte::{Consigne, Quoi};
use ccapex::dossier::Dossier;
use ccapex::fait::Acte;
use ccapex::identifiants::NoticeId;
use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Ecriture, Plume, Portee};
use jiff::civil::Date;

use crate::actes::apercevoir::Essai;
use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::{Demande, Reponse, refus};
use crate::actes::{droits, menage, restriction};
use crate::dossiers::charger::{Lu, hote, par_id, par_reference};
use crate::vue;

pub(super) async fn consigner(guichet: &Guichet<'_>, demande: &Demande) -> Result<Reponse, Arret> {
    let (date, mut acte) = lue(demande)?;
    let reference = match (&demande.dossier, &demande.menage) {
        (Some(reference), _) => reference.clone(),
        (None, Some(champs)) => menage::dossier(guichet, champs, date).await?,
        (None, None) => String::new(),
    };
    match verifiee(guichet, &reference, date, &mut acte).await? {
        Entree::Deja { lu, fait } => {
            let anomalies = guichet.anomalies(&lu, &fait)?;
            Ok(Reponse::doublon(Some(fait), &lu.vue.reference, anomalies))
        }
        Entree::Nouvelle(lu) => {
            let nom = acte.quoi.nom();
            let ecrit = |coffre| fait(guichet, date, acte.quoi.clone(), coffre);
            let mut lu = *lu;
            if restriction::touche_l_acces(&acte.quoi) {
                let joints = restriction::joints(guichet, &lu).await?;
                for joint in &joints {
                    let joint = par_id(guichet.maison, guichet.agent, *joint).await?;
                    ajouter(guichet, joint, nom, &acte.textes, ecrit).await?;
                }
                if !joints.is_empty() {
                    // Ce que les joints viennent d'apprendre a changé la vue de celui-ci.
                    lu = par_id(guichet.maison, guichet.agent, lu.vue.id).await?;
                }
            }
            let (fait, lu) = ajouter(guichet, lu, nom, &acte.textes, ecrit).await?;
            let anomalies = guichet.anomalies(&lu, &fait)?;
            Ok(Reponse::consigne(Some(fait), &lu.vue.reference, anomalies))
        }
    }
}

/// L'acte tel qu'il serait au journal d'un dossier désigné, sans l'y écrire.
pub(super) async fn essayer(guichet: &Guichet<'_>, demande: &Demande) -> Result<Essai, Arret> {
    let (date, mut acte) = lue(demande)?;
    let reference = demande.dossier.clone().unwrap_or_default();
    Ok(match verifiee(guichet, &reference, date, &mut acte).await? {
        Entree::Deja { .. } => Essai::Deja,
        Entree::Nouvelle(lu) => {
            let avant = lu.charge;
            let mut apres = avant.clone();
            let acte = fait(guichet, date, acte.quoi, None);
            apres.faits.push(vue::fait(
                &avant,
                acte,
                Plume::de(guichet.agent.id),
                guichet.maintenant,
            ));
            Essai::Change {
                profil: lu.vue.profil,
                entier: lu.lecture.portee() == Portee::Entier,
                avant: Box::new(avant),
                apres: Box::new(apres),
            }
        }
    })
}

fn fait(guichet: &Guichet<'_>, date: Date, quoi: Quoi, coffre: Option<NoticeId>) -> Acte {
    Acte::Consigne(Box::new(Consigne { date, consigne_le: guichet.aujourd_hui, coffre, quoi }))
}

/// La date et l'acte d'une demande complète ; sinon, tout ce qui est à corriger.
fn lue(demande: &Demande) -> Result<(Date, ActeLu), Arret> {
    let mut fautes = Vec::new();
    let lu = lire(&demande.acte, &demande.champs).map_err(|refus| fautes.extend(refus)).ok();
    let date = demande.jour_exige().map_err(|refus| fautes.push(refus)).ok();
    if demande.dossier.is_none() && demande.menage.is_none() {
        fautes.push(refus(
            "dossier",
            "Il manque « dossier », la référence du dossier, ou « menage », de quoi en ouvrir un.",
        ));
    }
    if demande.dossier.is_some() && demande.menage.is_some() {
        fautes.push(refus(
            "menage",
            "« dossier » et « menage » sont donnés tous les deux : gardez la référence du dossier, ou retirez-la pour que le ménage en ouvre un.",
        ));
    }
    match (lu, date, fautes.is_empty()) {
        (Some(lu), Some(date), true) => Ok((date, lu)),
        _ => Err(Arret::Refus(fautes)),
    }
}

/// Un acte que cette personne peut écrire dans ce dossier.
enum Entree {
    Nouvelle(Box<Lu>),
    /// Le même est déjà au journal.
    Deja {
        lu: Box<Lu>,
        fait: String,
    },
}

async fn verifiee(
    guichet: &Guichet<'_>,
    reference: &str,
    date: Date,
    acte: &mut ActeLu,
) -> Result<Entree, Arret> {
    let (maison, agent) = (guichet.maison, guichet.agent);
    let lu = par_reference(maison, agent, reference).await?;
    lu.consigner(agent, acte.quoi.nom())?;
    droits::au_nom_de_qui(agent, &lu, acte, &*maison.profil(&lu.vue.profil)?)?;
    restriction::nommer(guichet, &lu, acte).await?;
    if let Quoi::Suite { avis, .. } = &acte.quoi {
        refuser_sans_avis(&lu, avis)?;
    }
    let lu = Box::new(lu);
    Ok(match deja_consigne(&lu, date, &acte.quoi, &acte.textes) {
        Some(fait) => Entree::Deja { lu, fait },
        None => Entree::Nouvelle(lu),
    })
}

/// Une suite désigne l'avis auquel elle répond : sans lui, elle ne dirait rien à personne.
fn refuser_sans_avis(lu: &Lu, avis: &str) -> Result<(), Arret> {
    let connu = lu
        .charge
        .dossier()
        .actes
        .iter()
        .any(|a| a.id == avis && matches!(a.consigne.quoi, Quoi::Avis { .. }));
    if connu {
        return Ok(());
    }
    let reference = &lu.vue.reference;
    Err(refus(
        "avis",
        format!("« {avis} » n'est pas un avis du dossier {reference}, ou il a été annulé. « seuil dossier {reference} --json » donne l'identifiant de chacun."),
    )
    .into())
}

/// Le même acte, le même jour, avec les mêmes champs, déjà au journal et pas annulé.
fn deja_consigne(
    lu: &Lu,
    date: Date,
    quoi: &Quoi,
    textes: &BTreeMap<String, String>,
) -> Option<String> {
    let ecrits = |coffre: Option<NoticeId>| {
        coffre.and_then(|cle| lu.charge.identites.get(&cle)).map(|i| &i.textes)
    };
    Dossier::relire(&lu.charge.faits)
        .actes
        .into_iter()
        .find(|a| {
            a.consigne.date == date
                && a.consigne.quoi == *quoi
                && ecrits(a.consigne.coffre).map_or(textes.is_empty(), |connus| connus == textes)
        })
        .map(|a| a.id)
}

/// Qui écrit, et pour qui : corriger ce qu'a écrit une personne absente se fait pour elle.
fn plume(ecriture: &Ecriture, acte: &Acte, lu: &Lu, agent: &Agent) -> Plume {
    let plume = ecriture.plume();
    let Acte::Rectification(rectification) = acte else { return plume };
    let annule = lu.charge.faits.iter().find(|fait| fait.rang == rectification.annule);
    let absent = annule
        .map(|fait| fait.agent)
        .filter(|auteur| *auteur != agent.id && !agent.tient_le_secretariat())
        .filter(|auteur| agent.ecrit_pour(*auteur));
    Plume { pour: plume.pour.or(absent), ..plume }
}

/// Ajoute un fait, l'acte de ce nom, à un dossier, ses textes au coffre, et range sa vue. Rend l'identifiant du fait et le
/// dossier tel qu'il est désormais.
pub(super) async fn ajouter(
    guichet: &Guichet<'_>,
    mut lu: Lu,
    nom: &str,
    textes: &BTreeMap<String, String>,
    acte: impl FnOnce(Option<NoticeId>) -> Acte,
) -> Result<(String, Lu), Arret> {
    let Guichet { maison, agent, maintenant, .. } = *guichet;
    let ecriture = lu.consigner(agent, nom)?;
    let mut hote = hote(maison, agent, &lu).await?;
    let ecriture_hote = hote.as_ref().map(|hote| hote.consigner(agent, nom)).transpose()?;
    let profil = maison.profil(&lu.vue.profil)?;
    let mut preuves = vec![(&ecriture, lu.vue.rang)];
    if let (Some(hote), Some(ecriture)) = (&hote, &ecriture_hote) {
        preuves.push((ecriture, hote.vue.rang));
    }
    let mut transaction = maison.stockage.ecriture_dans(&preuves).await?;
    let mut lot = stockage::transaction::Lot::default();
    let mut coffre = None;
    if !textes.is_empty() {
        let cle = NoticeId(transaction.numeroter("notice", 1).await?);
        let identite = Identite { textes: textes.clone(), ..Identite::default() };
        lot.coffre.push((cle.0, serde_json::to_string(&identite).unwrap_or_default()));
        lu.charge.identites.insert(cle, identite);
        coffre = Some(cle);
    }
    let acte = acte(coffre);
    let plume = plume(&ecriture, &acte, &lu, agent);
    let fait = vue::fait(&lu.charge, acte, plume, maintenant);
    let id = fait.id.clone();
    lot.faits.push(vue::ecrire(lu.vue.id, &fait));
    lu.charge.faits.push(fait);
    if let Some(vues) = vue::vues(&lu.charge, &profil) {
        lot.courriers = vues.courriers;
        lot.questions = vues.questions;
        lot.dossiers.push((vues.dossier, Some(lu.vue.clone())));
    }
    if let Some(hote) = &mut hote {
        lot.dossiers.extend(hote.vue_avec(&lu, &profil));
    }
    transaction.noter(&ecriture, "consigner", maintenant);
    transaction.inserer(lot).await?;
    transaction.valider().await?;
    Ok((id, lu))
}
