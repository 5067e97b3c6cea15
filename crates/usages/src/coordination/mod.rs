//! Agir à plusieurs : les alertes qui attendent, les ménages à prendre en charge, ce que la cellule
//! technique décide, et ce qu'une autre répartition changerait.

pub mod alertes;
pub mod audiences;
pub mod cellule;
pub mod prises_en_charge;
pub mod simulation;

use std::collections::BTreeMap;

use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::Profil;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::Filtre;
use stockage::liste::ordre::{Curseur, Tri};

use crate::dossiers::lister::{Liste, lister};
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue;

/// Une page d'une liste de suivi, chaque dossier relu de son journal. Rien ne vient du coffre.
async fn relus(
    maison: &Maison,
    agent: &Agent,
    liste: ListeDeSuivi,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<(Liste, Vec<(VueDossier, Dossier)>), Echec> {
    let filtre = Filtre { liste: Some(liste.code().to_owned()), apres, ..tout(Tri::Echeance) };
    relus_par(maison, agent, &filtre, aujourd_hui).await
}

async fn relus_par(
    maison: &Maison,
    agent: &Agent,
    filtre: &Filtre,
    aujourd_hui: Date,
) -> Result<(Liste, Vec<(VueDossier, Dossier)>), Echec> {
    let liste = lister(maison, agent, filtre, aujourd_hui).await?;
    let relus = relire(maison, &liste.page.lignes).await?;
    Ok((liste, relus))
}

/// Ces dossiers, avec ceux qui les ont rejoints : le périmètre de la personne les a déjà choisis.
async fn relire(maison: &Maison, vues: &[VueDossier]) -> Result<Vec<(VueDossier, Dossier)>, Echec> {
    let mut relecture = maison.stockage.relecture().await?;
    let ids: Vec<DossierId> = vues.iter().map(|v| v.id).collect();
    let mut journaux = relecture.journaux(&ids).await?;
    let mut dossiers = Vec::with_capacity(vues.len());
    let mut joints = Vec::new();
    for vue in vues {
        let faits = vue::relire(&journaux.remove(&vue.id).unwrap_or_default())?;
        let dossier = Dossier::relire(&faits);
        joints.extend(dossier.joints.iter().copied());
        dossiers.push((vue.clone(), dossier));
    }
    let mut absorbes: BTreeMap<DossierId, Dossier> = BTreeMap::new();
    for (id, ecrits) in relecture.journaux(&joints).await? {
        absorbes.insert(id, Dossier::relire(&vue::relire(&ecrits)?));
    }
    for (_, dossier) in &mut dossiers {
        for joint in dossier.joints.clone() {
            if let Some(autre) = absorbes.get(&joint) {
                dossier.absorbe(autre.clone());
            }
        }
    }
    Ok(dossiers)
}

fn cours<'a>(dossier: &'a Dossier, profil: &Profil, horloge: &Horloge) -> Cours<'a> {
    Cours::de(dossier, profil.tentatives_avant_sans_nouvelles(), horloge)
}
