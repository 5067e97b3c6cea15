//! Ouvrir par exception un dossier restreint : une raison dite, un temps court, un délégué prévenu.
//!
//! Avant l'ouverture, rien n'est cherché : une référence fausse, un dossier d'ailleurs et un dossier
//! restreint reçoivent la même annonce.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Refus;
use ccapex::profil::Profil;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use stockage::acces::PAR_EXCEPTION;
use stockage::exception::{Limite, Ouverture, trop_d_essais};

use crate::dossiers::charger::groupe;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce que dit la personne.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demande {
    /// La référence du dossier, qu'elle connaît.
    pub reference: String,
    /// Le code du motif.
    pub motif: String,
    /// Pourquoi, en ses mots.
    pub raison: String,
}

/// Ce qui suivra, dit avant de confirmer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annonce {
    /// La fin de l'accès.
    pub fin: Timestamp,
    /// Le motif, en mots.
    pub motif: String,
    /// Les essais qui restent ensuite, en vingt-quatre heures.
    pub restants: i64,
}

/// Le champ du coffre où la raison est gardée.
pub(super) const RAISON: &str = "raison";
/// Une raison plus courte ne se comprend pas à l'examen.
const RAISON_MINIMALE: usize = 20;
const RAISON_MAXIMALE: usize = 2_000;
const FENETRE: SignedDuration = SignedDuration::from_hours(24);

/// Cette personne peut y recourir ; rend son profil.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour un rôle à qui le profil ne le permet pas.
pub fn peut_recourir(maison: &Maison, agent: &Agent) -> Result<Arc<Profil>, Echec> {
    let profil = maison.profil(&agent.profil)?;
    if profil.acces_exceptionnel.roles.contains(&agent.role) {
        return Ok(profil);
    }
    Err(Refus::HorsMission {
        role: agent.role.libelle(),
        geste: "d'ouvrir un dossier restreint par exception",
    }
    .into())
}

/// Ce qui est à corriger dans une demande, par champ. Ne regarde aucun dossier.
#[must_use]
pub fn defauts(profil: &Profil, demande: &Demande) -> BTreeMap<String, String> {
    let mut defauts = BTreeMap::new();
    let mut dire = |champ: &str, phrase: &str| defauts.insert(champ.to_owned(), phrase.to_owned());
    if !se_lit(&demande.reference) {
        dire(
            "reference",
            "Cette référence ne se lit pas : il en faut une entière, pour ne pas ouvrir un autre dossier. Écrivez-la comme 62-2026-000123.",
        );
    }
    if profil.acces_exceptionnel.motif(&demande.motif).is_none() {
        dire("motif", "Le motif manque : le délégué l'examinera. Choisissez celui qui vous amène.");
    }
    let longueur = demande.raison.trim().chars().count();
    if !(RAISON_MINIMALE..=RAISON_MAXIMALE).contains(&longueur) {
        dire(
            "raison",
            "La raison est trop courte, ou trop longue, pour être examinée. Dites en une ou deux phrases ce qui presse et pourquoi vous.",
        );
    }
    defauts
}

fn se_lit(reference: &str) -> bool {
    let parties: Vec<&str> = reference.split('-').collect();
    parties.len() == 3
        && parties
            .iter()
            .all(|p| (2..=9).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Ce qui suivra si la personne confirme. Rien n'est encore ouvert, ni cherché.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour un autre rôle ; [`Echec::Refus`] sans délégué pour l'examiner, ou après
/// trop d'essais.
pub async fn annoncer(
    maison: &Maison,
    agent: &Agent,
    demande: &Demande,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Annonce, Echec> {
    let profil = peut_recourir(maison, agent)?;
    if let Some(defaut) = defauts(&profil, demande).into_values().next() {
        return Err(Echec::Refus(defaut));
    }
    if maison.stockage.delegues(&profil.code, aujourd_hui).await?.is_empty() {
        return Err(Echec::Refus(
            "Aucun compte de délégué à la protection des données n'est ouvert : personne n'examinerait cet accès. \
             Appelez le secrétariat de la commission, qui peut vous nommer dans le dossier."
                .to_owned(),
        ));
    }
    let limite = limite(&profil, maintenant);
    let faits = maison.stockage.essais_d_exception(agent.id, limite.depuis).await?;
    if faits >= limite.essais {
        return Err(Echec::Refus(trop_d_essais(limite.essais)));
    }
    let permis = &profil.acces_exceptionnel;
    Ok(Annonce {
        fin: maintenant + SignedDuration::from_hours(i64::from(permis.heures)),
        motif: permis.motif(&demande.motif).unwrap_or_default().to_owned(),
        restants: limite.essais - faits - 1,
    })
}

fn limite(profil: &Profil, maintenant: Timestamp) -> Limite {
    let essais = i64::from(profil.acces_exceptionnel.par_jour);
    Limite { essais, depuis: maintenant - FENETRE }
}

/// Ouvre le dossier jusqu'à la fin annoncée, l'inscrit au registre des accès et prévient les délégués.
/// `site` est l'adresse du service. Rend la référence.
///
/// # Erreurs
///
/// Comme [`annoncer`] ; [`Echec::Habilitation`] quand la référence ne désigne rien que la restriction
/// seule cache à cette personne : l'essai est gardé, et compté.
pub async fn ouvrir(
    maison: &Maison,
    agent: &Agent,
    demande: &Demande,
    site: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<String, Echec> {
    let annonce = annoncer(maison, agent, demande, aujourd_hui, maintenant).await?;
    let profil = maison.profil(&agent.profil)?;
    let limite = limite(&profil, maintenant);
    let situation = match maison.stockage.situation(&demande.reference).await {
        Ok(situation) => Some(situation),
        Err(stockage::echec::Echec::Introuvable) => None,
        Err(echec) => return Err(echec.into()),
    };
    if situation.as_ref().is_some_and(|s| agent.peut_lire(&s.situation()).is_ok()) {
        return Err(Echec::Refus(
            "Ce dossier vous est déjà ouvert : un accès exceptionnel n'y ajouterait rien, et rien n'a été noté. \
             Ouvrez-le par la recherche."
                .to_owned(),
        ));
    }
    let lecture = situation.as_ref().and_then(|s| agent.lirait_par_exception(&s.situation()).ok());
    let (Some(situation), Some(lecture)) = (situation, lecture) else {
        let (reference, motif) = (&demande.reference, &demande.motif);
        maison
            .stockage
            .noter_un_essai_d_exception(agent, reference, motif, maintenant, limite)
            .await?;
        return Err(Refus::Introuvable.into());
    };
    let raison = Identite {
        textes: BTreeMap::from([(RAISON.to_owned(), demande.raison.trim().to_owned())]),
        ..Identite::default()
    };
    let delegues = maison.stockage.delegues(&profil.code, aujourd_hui).await?;
    let adresses: BTreeSet<String> = delegues.into_iter().filter_map(|d| d.courriel).collect();
    let ouverture = Ouverture {
        dossiers: groupe(maison, lecture.dossier()).await?,
        reference: situation.reference.clone(),
        motif: (demande.motif.clone(), format!("{PAR_EXCEPTION} : {}", annonce.motif)),
        raison: serde_json::to_string(&raison).unwrap_or_default(),
        du: maintenant,
        au: annonce.fin,
        avis: adresses.into_iter().map(|a| avis(a, site)).collect(),
    };
    maison.stockage.ouvrir_une_exception(&lecture, agent, ouverture, limite).await?;
    Ok(situation.reference)
}

/// Le courriel d'un délégué : ni la personne, ni le dossier, ni le ménage.
fn avis(a: String, site: &str) -> (String, String, String) {
    let corps = format!(
        "Bonjour,\n\nUn accès exceptionnel à un dossier restreint vient d'être ouvert dans Seuil. \
         Il est à examiner, et vous pouvez y mettre fin :\n{site}/acces-exceptionnels\n"
    );
    (a, "Seuil : un accès exceptionnel à examiner".to_owned(), corps)
}
