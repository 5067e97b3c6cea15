//! Les envois qu'un programme a nommés : chacun n'est fait qu'une fois, et sa réponse se redit.

use ccapex::identifiants::AgentId;
use jiff::{SignedDuration, Timestamp};

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Ce qu'un programme envoie, et le nom qu'il lui donne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envoi {
    /// Le compte.
    pub compte: AgentId,
    /// Le nom donné par le programme.
    pub jeton: String,
    /// L'empreinte de la demande entière.
    pub empreinte: String,
    /// L'instant.
    pub recu_le: Timestamp,
}

/// Une réponse donnée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReponseDEnvoi {
    /// Le code HTTP.
    pub statut: u16,
    /// Le genre du corps.
    pub genre: String,
    /// Le corps.
    pub octets: Vec<u8>,
}

/// Ce qu'on sait d'un envoi qui se présente.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reservation {
    /// Il est nouveau : à faire, puis à finir.
    AFaire,
    /// Le même a déjà sa réponse.
    DejaRepondu(ReponseDEnvoi),
    /// Le même est en cours.
    EnCours,
    /// Ce nom a servi pour une autre demande.
    AutreDemande,
}

/// Une réponse se redit pendant deux jours.
const GARDE: SignedDuration = SignedDuration::from_hours(48);
/// Un envoi sans réponse depuis ce temps a été coupé : le suivant le refait, et ce qui était écrit
/// ressort en doublon.
const COUPE_APRES: SignedDuration = SignedDuration::from_mins(10);

struct Ecrit {
    empreinte: String,
    reponse: Option<ReponseDEnvoi>,
    recu_le: Timestamp,
}

impl DepuisLigne for Ecrit {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let statut = l.entier_ou_rien("statut")?.and_then(|s| u16::try_from(s).ok());
        let genre = l.texte("genre")?;
        let octets = l.octets_ou_rien("reponse")?.unwrap_or_default();
        Ok(Self {
            empreinte: l.texte("empreinte")?,
            reponse: statut.map(|statut| ReponseDEnvoi { statut, genre, octets }),
            recu_le: l.instant("recu_le")?,
        })
    }
}

impl Stockage {
    /// Réserve un envoi : un seul programme le fait, sur un seul serveur.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn reserver_l_envoi(&self, envoi: &Envoi) -> Result<Reservation, Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.executer(sql!("purger.sql"), valeurs![envoi.recu_le - GARDE]).await?;
        let cle = || valeurs![envoi.compte, envoi.jeton.as_str()];
        let connu: Option<Ecrit> = connexion.lire_une(sql!("un.sql"), cle()).await?;
        let suite = match connu {
            Some(connu) if connu.empreinte != envoi.empreinte => Reservation::AutreDemande,
            Some(Ecrit { reponse: Some(reponse), .. }) => Reservation::DejaRepondu(reponse),
            Some(connu) if envoi.recu_le < connu.recu_le + COUPE_APRES => Reservation::EnCours,
            Some(_) | None => {
                connexion.executer(sql!("oublier.sql"), cle()).await?;
                let valeurs = valeurs![
                    envoi.compte,
                    envoi.jeton.as_str(),
                    envoi.empreinte.as_str(),
                    envoi.recu_le
                ];
                connexion.executer(sql!("reserver.sql"), valeurs).await?;
                Reservation::AFaire
            }
        };
        connexion.valider().await?;
        Ok(suite)
    }

    /// Garde la réponse d'un envoi réservé.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn repondre_a_l_envoi(
        &self,
        envoi: &Envoi,
        reponse: &ReponseDEnvoi,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![
            envoi.compte,
            envoi.jeton.as_str(),
            i64::from(reponse.statut),
            reponse.genre.as_str(),
            reponse.octets.clone()
        ];
        self.base.executer(sql!("repondre.sql"), valeurs).await.map(drop)
    }

    /// Oublie un envoi qu'une panne a arrêté : le suivant le refait.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_l_envoi(&self, envoi: &Envoi) -> Result<(), Echec> {
        let valeurs = valeurs![envoi.compte, envoi.jeton.as_str()];
        self.base.executer(sql!("oublier.sql"), valeurs).await.map(drop)
    }
}
