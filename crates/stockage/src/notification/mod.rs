//! Ce qu'une personne a lu de ses notifications, et le résumé qu'elle en veut.
//!
//! Une notification n'est pas gardée : elle se déduit du journal. Seul ce qui en a été lu l'est.

use std::collections::BTreeMap;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::habilitation::Perimetre;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::{instant_ecrit, valeurs};
use crate::base::{Sql, Stockage, sql};
use crate::compte::Compte;
use crate::depart::{EtatDeDepart, RESUME};
use crate::dossier::VueDossier;
use crate::echec::Echec;
use crate::liste::perimetre::{Chemin, des_dossiers};

/// Ce qu'une personne a lu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lues(BTreeMap<DossierId, Timestamp>);

/// Le numéro qui vaut pour tous les dossiers.
const TOUS: DossierId = DossierId(0);

impl Lues {
    /// Ce qui est arrivé à cet instant dans ce dossier est déjà lu.
    #[must_use]
    pub fn contient(&self, dossier: DossierId, quand: Timestamp) -> bool {
        [dossier, TOUS].iter().any(|d| self.0.get(d).is_some_and(|jusqu_a| quand <= *jusqu_a))
    }
}

/// Le résumé quotidien qu'une personne veut, ou non.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reglage {
    /// Où l'envoyer ; vide tant qu'aucune adresse n'est donnée.
    pub courriel: String,
    /// La personne le veut.
    pub resume: bool,
    /// Le dernier jour où il a été préparé.
    pub envoye_le: Option<Date>,
}

/// Un résumé prêt à partir.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// L'adresse.
    pub a: String,
    /// L'objet.
    pub objet: String,
    /// Le texte.
    pub corps: String,
}

struct Lue {
    dossier: DossierId,
    jusqu_a: Timestamp,
}

impl DepuisLigne for Lue {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { dossier: DossierId(l.entier("dossier")?), jusqu_a: l.instant("jusqu_a")? })
    }
}

impl DepuisLigne for Reglage {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            courriel: l.texte("courriel")?,
            resume: l.oui("resume")?,
            envoye_le: l.jour_ou_rien("envoye_le")?,
        })
    }
}

impl Stockage {
    /// Les dossiers du périmètre qu'un fait a changés depuis cet instant, le dernier d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn changes_depuis(
        &self,
        du: &Perimetre,
        depuis: Timestamp,
        limite: i64,
    ) -> Result<Vec<VueDossier>, Echec> {
        let mut requete = des_dossiers(du, "SELECT d.id", None, Chemin::Libre);
        requete.texte(" AND d.maj_le >= ").valeur(instant_ecrit(depuis));
        requete.texte(" ORDER BY d.maj_le DESC, d.id DESC LIMIT ").valeur(limite);
        let colonnes = include_str!("../dossier/colonnes.sql");
        let ordre = "ORDER BY d.maj_le DESC, d.id DESC";
        let sql = format!("{colonnes} WHERE d.id IN ({}) {ordre}", requete.sql);
        let lignes: Vec<VueDossier> = self.base.lire(Sql::Assemble(sql), requete.valeurs).await?;
        releve::apercus(lignes.iter().map(|d| d.id));
        Ok(lignes)
    }

    /// Ce qu'une personne a lu.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notifications_lues(&self, compte: AgentId) -> Result<Lues, Echec> {
        let lues: Vec<Lue> = self.base.lire(sql!("lues.sql"), valeurs![compte]).await?;
        Ok(Lues(lues.into_iter().map(|l| (l.dossier, l.jusqu_a)).collect()))
    }

    /// Note qu'une personne a lu ce dossier jusqu'à cet instant ; sans dossier, tous.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn marquer_lues(
        &self,
        compte: AgentId,
        dossier: Option<DossierId>,
        jusqu_a: Timestamp,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        if dossier.is_none() {
            connexion.executer(sql!("oublier.sql"), valeurs![compte]).await?;
        }
        let valeurs = valeurs![compte, dossier.unwrap_or(TOUS), jusqu_a];
        connexion.executer(sql!("marquer.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// Le résumé que veut une personne.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn reglage_de_notification(&self, compte: AgentId) -> Result<Reglage, Echec> {
        let lu = self.base.lire_une(sql!("reglage.sql"), valeurs![compte]).await?;
        Ok(lu.unwrap_or_default())
    }

    /// Garde ce qu'une personne veut recevoir, sans toucher au dernier jour envoyé.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn regler_les_notifications(
        &self,
        compte: AgentId,
        courriel: &str,
        resume: bool,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![compte, courriel, resume];
        self.base.executer(sql!("regler.sql"), valeurs).await.map(drop)
    }

    /// Les comptes actifs d'un profil qui attendent leur résumé de ce jour, avec leur adresse.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn resumes_a_preparer(
        &self,
        profil: &str,
        jour: Date,
    ) -> Result<Vec<(Compte, String)>, Echec> {
        let attendus: Vec<Attendu> = self.base.lire(sql!("a_preparer.sql"), valeurs![jour]).await?;
        let mut resumes = Vec::new();
        for Attendu { compte, courriel } in attendus {
            match self.compte(compte).await {
                Ok(compte)
                    if compte.actif
                        && compte.agent.profil == profil
                        && compte.fin.is_none_or(|fin| fin >= jour) =>
                {
                    resumes.push((compte, courriel));
                }
                Ok(_) | Err(Echec::Introuvable) => {}
                Err(echec) => return Err(echec),
            }
        }
        Ok(resumes)
    }

    /// Met le résumé d'une personne dans la boîte de départ, une fois par jour quoi qu'il arrive.
    ///
    /// Rend `false` quand un autre programme l'a déjà fait. Sans résumé, le jour est noté quand même.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn preparer_resume(
        &self,
        compte: AgentId,
        jour: Date,
        resume: Option<&Resume>,
        quand: Timestamp,
    ) -> Result<bool, Echec> {
        let mut connexion = self.base.ecrire().await?;
        if connexion.executer(sql!("noter_l_envoi.sql"), valeurs![compte, jour]).await? == 0 {
            return Ok(false);
        }
        if let Some(Resume { a, objet, corps }) = resume {
            let id = connexion.numeroter("depart", 1).await?;
            let etat = EtatDeDepart::EnAttente;
            let valeurs =
                valeurs![id, RESUME, a.as_str(), objet.as_str(), corps.as_str(), etat, quand];
            connexion.executer(sql!("../depart/preparer.sql"), valeurs).await?;
        }
        connexion.valider().await?;
        Ok(true)
    }
}

struct Attendu {
    compte: AgentId,
    courriel: String,
}

impl DepuisLigne for Attendu {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { compte: AgentId(l.entier("compte")?), courriel: l.texte("courriel")? })
    }
}
