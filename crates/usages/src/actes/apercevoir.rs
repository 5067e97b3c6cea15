//! Ce qu'un acte changerait s'il était consigné : on le lit avant de valider, et rien ne s'écrit.

use ccapex::acte::lire::Refus;
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::cours::irregularites::irregularites_du_fait;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::procedure::situation::{Situation, situation_du_cours};
use ccapex::profil::Profil;
use ccapex::signalement::anomalies::Anomalie;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::courrier::VueCourrier;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::{Demande, refus};
use crate::actes::{droits, notice, propre};
use crate::dossiers::charger::existe_pour;
use crate::echec::{self, Echec};
use crate::maison::Maison;
use crate::vue::{self, Charge};

/// Ce qu'une demande donnerait.
#[derive(Clone, Debug)]
pub enum Apercu {
    /// Rien ne s'écrirait : ce qui est à corriger.
    ACorriger(Vec<Refus>),
    /// L'acte est déjà au journal.
    Deja,
    /// L'acte entrerait au journal.
    Change(Box<Changement>),
    /// L'acte entrerait au journal d'un dossier dont cette personne ne lit que sa part : ce qu'il y
    /// change ne la regarde pas, ses irrégularités si.
    Envoye(Vec<Anomalie>),
}

/// Le dossier avant et après l'acte.
#[derive(Clone, Debug)]
pub struct Changement {
    /// La situation d'aujourd'hui.
    pub avant: Situation,
    /// Celle que l'acte donnerait.
    pub apres: Situation,
    /// Les irrégularités de l'acte : dites, jamais opposées.
    pub anomalies: Vec<Anomalie>,
    /// Les lettres qui se prépareraient.
    pub courriers: Vec<VueCourrier>,
}

/// Un dossier avec l'acte, en mémoire.
pub(super) enum Essai {
    Deja,
    Change { profil: String, entier: bool, avant: Box<Charge>, apres: Box<Charge> },
}

/// Dit ce qu'un acte changerait dans un dossier désigné. N'écrit rien.
///
/// Les gestes qui ont leur page (compléter, rapprocher, rectifier, suivre une lettre) n'ont pas
/// d'aperçu : leur page dit ce qu'ils feront.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre ou de la mission ; [`Echec::Base`] quand la base est en
/// panne ou occupée.
pub async fn apercevoir(
    maison: &Maison,
    agent: &Agent,
    demande: &Demande,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Apercu, Echec> {
    let guichet = Guichet { maison, agent, aujourd_hui, maintenant };
    if let Some(reference) = &demande.dossier {
        existe_pour(maison, agent, reference).await?;
    }
    match essayer(&guichet, demande).await {
        Ok(Essai::Deja) => Ok(Apercu::Deja),
        Ok(Essai::Change { profil, entier, avant, apres }) => {
            let profil = maison.profil(&profil)?;
            let change = changement(&avant, &apres, &profil, aujourd_hui);
            Ok(if entier {
                Apercu::Change(Box::new(change))
            } else {
                Apercu::Envoye(change.anomalies)
            })
        }
        Err(Arret::Refus(refus)) => Ok(Apercu::ACorriger(refus)),
        Err(Arret::Echec(echec)) => match echec.nature() {
            echec::Nature::Refus => Ok(Apercu::ACorriger(vec![refus("", echec.to_string())])),
            echec::Nature::Panne
            | echec::Nature::Conflit
            | echec::Nature::Introuvable
            | echec::Nature::HorsMission => Err(echec),
        },
    }
}

async fn essayer(guichet: &Guichet<'_>, demande: &Demande) -> Result<Essai, Arret> {
    droits::verifier(guichet.agent, &demande.acte)?;
    match Nature::de_code(&demande.acte) {
        Some(Nature::Alerte) if demande.champs.contains_key("code") => {
            propre::essayer(guichet, demande).await
        }
        Some(nature) => notice::essayer(guichet, demande, nature).await,
        None => propre::essayer(guichet, demande).await,
    }
}

fn changement(avant: &Charge, apres: &Charge, profil: &Profil, aujourd_hui: Date) -> Changement {
    let horloge = Horloge::au(aujourd_hui);
    let dossier = apres.dossier();
    let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let ajoutes = apres.faits.iter().skip(avant.faits.len());
    let anomalies = ajoutes
        .flat_map(|fait| irregularites_du_fait(&fait.id, &dossier, &cours, profil, &horloge));
    let connus: Vec<i64> = courriers(avant, profil).iter().map(|c| c.id).collect();
    let mut nouveaux = courriers(apres, profil);
    nouveaux.retain(|courrier| !connus.contains(&courrier.id));
    Changement {
        anomalies: anomalies.collect(),
        courriers: nouveaux,
        avant: situation(avant, profil, &horloge),
        apres: situation_du_cours(&dossier, &cours, profil, &horloge),
    }
}

fn situation(charge: &Charge, profil: &Profil, horloge: &Horloge) -> Situation {
    let dossier = charge.dossier();
    let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), horloge);
    situation_du_cours(&dossier, &cours, profil, horloge)
}

fn courriers(charge: &Charge, profil: &Profil) -> Vec<VueCourrier> {
    vue::vues(charge, profil).map(|vues| vues.courriers).unwrap_or_default()
}
