//! Ce que la veille fait chaque nuit de ce qui finit d'être gardé : prévenir, prévenir encore, effacer.

use ccapex::conservation::{Geste, Sujet, jour_du_prochain};
use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::Agent;
use ccapex::profil::Profil;
use droit::calendrier::Territoire;
use droit::delai::Delai;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use stockage::acces::Auteur;
use stockage::conservation::Trace;
use stockage::transaction::Lot;

use super::lister::{Due, du_dossier, dues};
use crate::dossiers::charger::par_id;
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::{self, cles_du_coffre};

/// Ce qu'une nuit a fait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faite {
    /// Les premiers avis donnés.
    pub premiers_avis: u64,
    /// Les seconds.
    pub seconds_avis: u64,
    /// Les dossiers dont l'identité est partie.
    pub dossiers: u64,
    /// Les notices seules, de même.
    pub notices: u64,
    /// Les fichiers dont les octets sont partis.
    pub pieces: u64,
    /// Les lignes retirées du registre des accès.
    pub acces: u64,
}

impl Faite {
    /// Rien n'était dû.
    #[must_use]
    pub fn est_vide(&self) -> bool {
        *self == Self::default()
    }
}

/// Donne les avis dus ce jour-là, et efface ce dont les deux avis ont été donnés à temps. La refaire le
/// même jour ne fait rien de plus.
///
/// # Erreurs
///
/// [`Echec`] de la base : ce qui est fait le reste, la nuit suivante finit.
pub async fn appliquer(
    maison: &Maison,
    profil: &Profil,
    jour: Date,
    maintenant: Timestamp,
) -> Result<Faite, Echec> {
    let mut faite = Faite::default();
    let agent = Agent::programme(&profil.code);
    let par = (profil.code.as_str(), AgentId(0), jour, maintenant);
    let mut avis = Vec::new();
    for due in dues(maison, profil, jour).await? {
        let (geste, _) = due.prochain;
        match geste {
            Geste::PremierAvis => faite.premiers_avis += 1,
            Geste::SecondAvis => faite.seconds_avis += 1,
            Geste::Effacer => {
                if !effacer(maison, &agent, &due, par).await? {
                    continue;
                }
                match due.sujet {
                    Sujet::Dossier => faite.dossiers += 1,
                    Sujet::Notice => faite.notices += 1,
                    Sujet::Piece => faite.pieces += 1,
                }
                continue;
            }
        }
        avis.push(due.trace(geste.code(), effacement(&due, jour, profil), &due.motif, par));
    }
    if faite.dossiers + faite.notices + faite.pieces > 0 {
        maison.stockage.compacter().await?;
    }
    if !avis.is_empty() {
        let mut transaction = maison.stockage.ecriture(&agent.peut_deposer()?).await?;
        transaction.tracer_la_conservation(avis).await?;
        transaction.valider().await?;
    }
    Ok(faite)
}

/// Retire du registre des accès les lignes que tous les profils laissent partir.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn purger_les_acces(
    maison: &Maison,
    jour: Date,
    maintenant: Timestamp,
) -> Result<u64, Echec> {
    let debut = maison
        .profils()
        .map(|profil| il_y_a(jour, profil.conservation.acces.valeur))
        .min()
        .and_then(|debut| debut.to_zoned(TimeZone::UTC).ok());
    let Some(debut) = debut else { return Ok(0) };
    let auteur = Auteur::de(&Agent::programme(""));
    Ok(maison.stockage.purger_les_acces(debut.timestamp(), auteur, maintenant).await?)
}

/// Le jour qu'une durée sépare de celui-ci, en remontant : le dernier dont le terme n'est pas après lui.
fn il_y_a(jour: Date, duree: Delai) -> Date {
    let mut debut = jour;
    while duree.terme(debut, &Territoire::Metropole) > jour {
        match debut.checked_sub(1.day()) {
            Ok(avant) => debut = avant,
            Err(_) => break,
        }
    }
    debut
}

/// Le jour qu'annonce un avis donné aujourd'hui.
fn effacement(due: &Due, jour: Date, profil: &Profil) -> Date {
    let mut avis = due.avis;
    avis.premier = avis.premier.or(Some(jour));
    let (_, second) = jour_du_prochain(due.echeance, avis, &profil.conservation);
    avis.second = avis.second.or(Some(second.max(jour)));
    jour_du_prochain(due.echeance, avis, &profil.conservation).1
}

/// Rend `false` quand il n'y a plus lieu d'effacer.
async fn effacer(
    maison: &Maison,
    agent: &Agent,
    due: &Due,
    par: (&str, AgentId, Date, Timestamp),
) -> Result<bool, Echec> {
    let (_, _, jour, maintenant) = par;
    let trace = due.trace(Geste::Effacer.code(), jour, &due.motif, par);
    match due.sujet {
        Sujet::Dossier => {
            effacer_le_dossier(maison, agent, DossierId(due.numero), trace, par).await
        }
        Sujet::Notice | Sujet::Piece => {
            let mut transaction = maison.stockage.ecriture(&agent.peut_deposer()?).await?;
            match due.sujet {
                Sujet::Notice => {
                    transaction.effacer_les_notices(&[due.numero], maintenant).await?;
                }
                Sujet::Piece | Sujet::Dossier => transaction.effacer_les_octets(due.numero).await?,
            }
            transaction.tracer_la_conservation(vec![trace]).await?;
            transaction.valider().await?;
            Ok(true)
        }
    }
}

/// Coupe l'identité, et refait les vues du dossier et de ceux qui l'ont rejoint : ce que la reconstruction
/// donnerait du même coffre.
async fn effacer_le_dossier(
    maison: &Maison,
    agent: &Agent,
    dossier: DossierId,
    trace: Trace,
    par: (&str, AgentId, Date, Timestamp),
) -> Result<bool, Echec> {
    let (_, _, jour, maintenant) = par;
    let lu = par_id(maison, agent, dossier).await?;
    let profil = maison.profil(&lu.vue.profil)?;
    // La nuit a pu durer : un dossier rouvert ou repoussé entre-temps se garde. Ce qui s'y écrit après cette
    // lecture en ferait un conflit.
    let toujours = du_dossier(maison, &profil, dossier).await?;
    if !toujours.is_some_and(|due| matches!(due.prochain, (Geste::Effacer, le) if le <= jour)) {
        return Ok(false);
    }
    let cles = cles_du_coffre(&lu.charge);
    let mut lus = Vec::new();
    for joint in lu.charge.joints.keys() {
        lus.push(par_id(maison, agent, *joint).await?);
    }
    lus.push(lu);
    let mut lot = Lot::default();
    let mut ecritures = Vec::new();
    for lu in &mut lus {
        ecritures.push((lu.ecriture(agent)?, lu.vue.rang));
        lu.charge.identites.clear();
        if let Some(vues) = vue::vues(&lu.charge, &profil) {
            lot.courriers.extend(vues.courriers);
            lot.questions.extend(vues.questions);
            lot.dossiers.push((vues.dossier, Some(lu.vue.clone())));
        }
    }
    let preuves: Vec<_> = ecritures.iter().map(|(ecriture, rang)| (ecriture, *rang)).collect();
    let mut transaction = maison.stockage.ecriture_dans(&preuves).await?;
    for (ecriture, _) in &ecritures {
        transaction.effacer_le_menage(ecriture.dossier(), &cles, maintenant).await?;
        transaction.noter(ecriture, "effacer", maintenant);
    }
    transaction.inserer(lot).await?;
    transaction.tracer_la_conservation(vec![trace]).await?;
    transaction.valider().await?;
    Ok(true)
}
