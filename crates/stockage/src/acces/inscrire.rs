//! L'inscription au registre : une ligne continue la précédente, plusieurs demandes s'inscrivent ensemble.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Lecture;
use jiff::Timestamp;
use tokio::sync::oneshot::{self, error::TryRecvError};

use super::chaine::{ORIGINE, empreinte};
use super::releve::Ardoise;
use super::suite::Suite;
use super::{Acces, Auteur};
use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Connexion, Stockage, sql};
use crate::echec::Echec;
use crate::tables;

/// Ce qui est à inscrire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inscription {
    /// La personne, et au nom de quoi.
    pub auteur: Auteur,
    /// Ce qu'elle a fait : `ouvrir`, `lister`, `consigner`…
    pub geste: String,
    /// Où, ou sur quels critères, sans rien d'un ménage.
    pub objet: String,
    /// Les dossiers.
    pub dossiers: BTreeSet<i64>,
    /// Les notices sans dossier.
    pub notices: BTreeSet<i64>,
    /// L'instant.
    pub quand: Timestamp,
}

/// Ce qui attend d'être inscrit par la première demande dont c'est le tour.
#[derive(Default)]
pub(crate) struct Attente {
    lignes: Mutex<Vec<(Vec<Inscription>, oneshot::Sender<()>)>>,
    tour: tokio::sync::Mutex<()>,
}

impl Stockage {
    /// Inscrit des lectures. À appeler avant de montrer quoi que ce soit.
    ///
    /// Les demandes simultanées s'inscrivent en une écriture : la première dont c'est le tour écrit pour
    /// celles qui attendent derrière elle.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas : rien ne se montre.
    pub async fn inscrire(&self, inscriptions: Vec<Inscription>) -> Result<(), Echec> {
        if inscriptions.is_empty() {
            return Ok(());
        }
        loop {
            let (fait, mut attendu) = oneshot::channel();
            self.attente.deposer(inscriptions.clone(), fait);
            let _tour = self.attente.tour.lock().await;
            match attendu.try_recv() {
                Ok(()) => return Ok(()),
                // Celle qui écrivait pour nous n'a pas fini : on recommence, pour soi.
                Err(TryRecvError::Closed) => continue,
                Err(TryRecvError::Empty) => {}
            }
            let lot = self.attente.prendre();
            let lignes: Vec<Inscription> = lot.iter().flat_map(|(l, _)| l.clone()).collect();
            let mut connexion = self.base.ecrire_au_registre().await?;
            connexion.inscrire(lignes).await?;
            connexion.valider().await?;
            for (_, fait) in lot {
                // Une demande abandonnée n'attend plus.
                fait.send(()).ok();
            }
            return Ok(());
        }
    }
}

impl Stockage {
    /// Inscrit la lecture d'un dossier que rien ne relève : hors d'une demande suivie, elle ne se perd pas.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas : rien ne se montre.
    pub async fn noter_lecture(&self, lecture: &Lecture, quand: Timestamp) -> Result<(), Echec> {
        if Ardoise::courante().is_some() {
            return Ok(());
        }
        let mut connexion = self.base.ecrire_au_registre().await?;
        let auteur = connexion.auteur(lecture.agent()).await?;
        let inscription = Inscription {
            auteur,
            geste: "ouvrir".to_owned(),
            objet: String::new(),
            dossiers: [lecture.dossier().0].into(),
            notices: BTreeSet::new(),
            quand,
        };
        connexion.inscrire(vec![inscription]).await?;
        connexion.valider().await
    }
}

impl Attente {
    fn deposer(&self, inscriptions: Vec<Inscription>, fait: oneshot::Sender<()>) {
        self.lignes.lock().unwrap_or_else(PoisonError::into_inner).push((inscriptions, fait));
    }

    fn prendre(&self) -> Vec<(Vec<Inscription>, oneshot::Sender<()>)> {
        std::mem::take(&mut *self.lignes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(super) struct Empreinte(pub(super) Vec<u8>);

impl DepuisLigne for Empreinte {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.octets("empreinte")?))
    }
}

/// Ce que le compte de l'auteur en dit.
struct Compte {
    organisme: String,
    role: String,
    profil: String,
}

impl DepuisLigne for Compte {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            organisme: l.texte("organisme")?,
            role: l.texte("role")?,
            profil: l.texte("profil")?,
        })
    }
}

impl Connexion {
    /// Ajoute des lignes à la chaîne. Le compteur sert de verrou jusqu'à la fin de la transaction : deux
    /// programmes ne continuent pas la même ligne.
    pub(crate) async fn inscrire(&mut self, inscriptions: Vec<Inscription>) -> Result<(), Echec> {
        let nombre = i64::try_from(inscriptions.len()).unwrap_or(i64::MAX);
        let premier = self.numeroter("acces", nombre).await?;
        let tete: Option<Empreinte> = self.lire_une(sql!("tete.sql"), valeurs![premier]).await?;
        let mut precedente = tete.map_or_else(|| ORIGINE.to_vec(), |tete| tete.0);
        let mut lignes = Lignes::pour(&tables::ACCES, inscriptions.len());
        for (id, inscription) in (premier..).zip(inscriptions) {
            let acces = Acces::de(id, inscription);
            precedente = empreinte(&precedente, &acces);
            lignes.ligne(en_ligne(acces, precedente.clone()));
        }
        self.inserer(lignes).await
    }

    /// Qui écrit : la personne de la demande en cours, ou celle de ce compte ; le programme n'en a pas.
    pub(crate) async fn auteur(&mut self, agent: AgentId) -> Result<Auteur, Echec> {
        if let Some(auteur) = super::releve::auteur().filter(|auteur| auteur.agent == agent) {
            return Ok(auteur);
        }
        let compte: Option<Compte> = self.lire_une(sql!("auteur.sql"), valeurs![agent]).await?;
        let programme = Agent::programme("");
        let compte = compte.unwrap_or_else(|| Compte {
            organisme: programme.organisme.clone(),
            role: programme.role.code().to_owned(),
            profil: programme.profil.clone(),
        });
        let finalite = Role::de_code(&compte.role).map_or("", |role| role.finalite().code());
        Ok(Auteur {
            agent,
            organisme: compte.organisme,
            role: compte.role,
            profil: compte.profil,
            finalite: finalite.to_owned(),
            motif: String::new(),
        })
    }
}

fn en_ligne(acces: Acces, empreinte: Vec<u8>) -> [Valeur; 14] {
    let Auteur { agent, organisme, role, profil, finalite, motif } = acces.auteur;
    [
        acces.id.into(),
        acces.quand.into(),
        agent.into(),
        organisme.into(),
        role.into(),
        profil.into(),
        finalite.into(),
        motif.into(),
        acces.geste.into(),
        acces.objet.into(),
        acces.dossier.into(),
        acces.dossiers.texte().into(),
        acces.notices.texte().into(),
        empreinte.into(),
    ]
}

impl Acces {
    fn de(id: i64, inscription: Inscription) -> Self {
        let Inscription { auteur, geste, objet, dossiers, notices, quand } = inscription;
        let seul = dossiers.first().copied().filter(|_| dossiers.len() == 1);
        Self {
            id,
            quand,
            auteur,
            geste,
            objet,
            dossier: seul.map(ccapex::identifiants::DossierId),
            dossiers: Suite::from(&dossiers),
            notices: Suite::from(&notices),
        }
    }
}
