//! Les accès exceptionnels : qui a ouvert un dossier restreint sans y être nommé, pourquoi, jusqu'à quand.
//!
//! L'instant où l'on regarde décide de ce qui est ouvert : la fin venue, aucun travail n'est à faire.

use std::collections::BTreeSet;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::controle::Controle;
use ccapex::partenaires::habilitation::Lecture;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::acces::inscrire::Inscription;
use crate::acces::{Acces, Auteur, releve};
use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Connexion, Stockage, sql};
use crate::depart::{EtatDeDepart, RESUME};
use crate::echec::Echec;
use crate::tables;

/// Un accès exceptionnel, ou l'essai d'en ouvrir un.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Son numéro.
    pub id: i64,
    /// Son profil.
    pub profil: String,
    /// Le compte qui l'a ouvert.
    pub compte: AgentId,
    /// Le nom d'aujourd'hui de ce compte.
    pub nom: String,
    /// Son organisme ce jour-là.
    pub organisme: String,
    /// Le code de son rôle ce jour-là.
    pub role: String,
    /// La référence tapée.
    pub reference: String,
    /// Le dossier ; rien quand l'essai n'a rien ouvert.
    pub dossier: Option<DossierId>,
    /// Le code du motif.
    pub motif: String,
    /// La raison écrite, telle qu'au coffre ; vide dans une liste, ou une fois effacée.
    pub raison: String,
    /// Son début.
    pub debut: Timestamp,
    /// La fin annoncée.
    pub prevue: Timestamp,
    /// Sa fin.
    pub fin: Timestamp,
    /// Qui y a mis fin avant.
    pub finie_par: Option<AgentId>,
    /// L'instant où le délégué l'a examiné.
    pub examinee_le: Option<Timestamp>,
    /// Son avis, par code ; vide tant qu'il n'est pas donné.
    pub avis: String,
}

/// Ce qui s'écrit d'un accès qui s'ouvre.
#[derive(Clone, Debug)]
pub struct Ouverture {
    /// Le dossier et ceux qui y sont joints.
    pub dossiers: BTreeSet<DossierId>,
    /// Sa référence.
    pub reference: String,
    /// Le code du motif, et ce que le registre des accès en dit.
    pub motif: (String, String),
    /// La raison écrite, pour le coffre.
    pub raison: String,
    /// Le début et la fin.
    pub du: Timestamp,
    /// La fin.
    pub au: Timestamp,
    /// Les courriels qui préviennent : adresse, objet, texte.
    pub avis: Vec<(String, String, String)>,
}

/// Combien d'essais une personne fait, et depuis quand on les compte.
#[derive(Clone, Copy, Debug)]
pub struct Limite {
    /// Le nombre permis.
    pub essais: i64,
    /// Depuis cet instant.
    pub depuis: Timestamp,
}

/// Qui examine les accès exceptionnels d'un profil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegue {
    /// Son compte.
    pub compte: AgentId,
    /// Son adresse, s'il en a une.
    pub courriel: Option<String>,
}

impl DepuisLigne for Exception {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            profil: l.texte("profil")?,
            compte: AgentId(l.entier("compte")?),
            nom: l.texte("nom")?,
            organisme: l.texte("organisme")?,
            role: l.texte("role")?,
            reference: l.texte("reference")?,
            dossier: l.entier_ou_rien("dossier")?.map(DossierId),
            motif: l.texte("motif")?,
            raison: l.texte("raison")?,
            debut: l.instant("debut")?,
            prevue: l.instant("prevue")?,
            fin: l.instant("fin")?,
            finie_par: l.entier_ou_rien("finie_par")?.map(AgentId),
            examinee_le: l.instant_ou_rien("examinee_le")?,
            avis: l.texte("avis")?,
        })
    }
}

impl DepuisLigne for Delegue {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let courriel = l.texte("courriel")?;
        Ok(Self {
            compte: AgentId(l.entier("id")?),
            courriel: Some(courriel).filter(|c| !c.is_empty()),
        })
    }
}

struct Ouverts(BTreeSet<DossierId>);

impl DepuisLigne for Ouverts {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let dossiers = l.texte("dossiers")?;
        let lus: Result<BTreeSet<DossierId>, _> =
            dossiers.split(' ').map(|n| n.parse().map(DossierId)).collect();
        lus.map(Self).map_err(|_| Echec::panne(format!("dossiers illisibles : {dossiers}")))
    }
}

/// Le geste d'un accès qui s'ouvre, au registre des accès.
pub const OUVRIR: &str = "ouvrir_par_exception";
/// Celui de sa fin, avant l'heure.
pub const FINIR: &str = "finir_une_exception";
/// Celui de son examen.
pub const EXAMINER: &str = "examiner_une_exception";

impl Stockage {
    /// Les dossiers qu'un accès exceptionnel ouvre à ce compte, à cet instant.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn exceptions_ouvertes(
        &self,
        compte: AgentId,
        quand: Timestamp,
    ) -> Result<BTreeSet<DossierId>, Echec> {
        let ouverts: Vec<Ouverts> =
            self.base.lire(sql!("ouvertes.sql"), valeurs![compte, quand]).await?;
        Ok(ouverts.into_iter().flat_map(|o| o.0).collect())
    }

    /// Combien de fois ce compte a essayé depuis cet instant.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn essais_d_exception(
        &self,
        compte: AgentId,
        depuis: Timestamp,
    ) -> Result<i64, Echec> {
        let n: Option<i64> =
            self.base.lire_une(sql!("essais.sql"), valeurs![compte, depuis]).await?;
        Ok(n.unwrap_or_default())
    }

    /// Ouvre un accès, prévient, et l'inscrit au registre des accès : tout, ou rien.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] au-delà de la limite, même quand deux demandes se croisent.
    pub async fn ouvrir_une_exception(
        &self,
        lecture: &Lecture,
        agent: &Agent,
        ouverture: Ouverture,
        limite: Limite,
    ) -> Result<i64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.sous_la_limite(agent.id, limite).await?;
        let Ouverture { dossiers, reference, motif, raison, du, au, avis } = ouverture;
        let cle = connexion.numeroter("notice", 1).await?;
        let mut coffre = Lignes::pour(&tables::COFFRE, 1);
        coffre.ligne([cle.into(), raison.into(), Valeur::Texte(None)]);
        connexion.inserer(coffre).await?;
        let id = connexion.numeroter("acces_exceptionnel", 1).await?;
        let numeros: BTreeSet<i64> = dossiers.iter().map(|d| d.0).collect();
        let ecrits: Vec<String> = numeros.iter().map(ToString::to_string).collect();
        let ligne = LigneDException {
            id,
            reference,
            dossier: Some(lecture.dossier().0),
            dossiers: ecrits.join(" "),
            motif: motif.0,
            coffre: Some(cle),
            du,
            au,
        };
        connexion.inserer(ligne.de(agent)).await?;
        for (a, objet, corps) in avis {
            let depart = connexion.numeroter("depart", 1).await?;
            let etat = EtatDeDepart::EnAttente;
            let valeurs = valeurs![depart, RESUME, a, objet, corps, etat, du];
            connexion.executer(sql!("../depart/preparer.sql"), valeurs).await?;
        }
        let auteur = Auteur { motif: motif.1, ..Auteur::de(agent) };
        connexion.inscrire(vec![inscription(auteur, OUVRIR, numeros, du)]).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Garde qu'une personne a essayé, et que rien ne s'est ouvert.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] au-delà de la limite.
    pub async fn noter_un_essai_d_exception(
        &self,
        agent: &Agent,
        reference: &str,
        motif: &str,
        quand: Timestamp,
        limite: Limite,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.sous_la_limite(agent.id, limite).await?;
        let id = connexion.numeroter("acces_exceptionnel", 1).await?;
        let ligne = LigneDException {
            id,
            reference: reference.to_owned(),
            dossier: None,
            dossiers: String::new(),
            motif: motif.to_owned(),
            coffre: None,
            du: quand,
            au: quand,
        };
        connexion.inserer(ligne.de(agent)).await?;
        connexion.valider().await
    }

    /// Les accès d'un profil, les derniers d'abord, sans leur raison écrite.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn exceptions(&self, profil: &str, limite: i64) -> Result<Vec<Exception>, Echec> {
        self.base.lire(sql!("toutes.sql"), valeurs![profil, limite]).await
    }

    /// Un accès de ce profil, avec sa raison.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn exception(&self, id: i64, profil: &str) -> Result<Exception, Echec> {
        let une: Option<Exception> =
            self.base.lire_une(sql!("une.sql"), valeurs![id, profil]).await?;
        let une = une.ok_or(Echec::Introuvable)?;
        // La raison écrite parle souvent du ménage.
        une.dossier.into_iter().for_each(releve::ouvert);
        Ok(une)
    }

    /// Les accès en cours à un dossier qu'on a le droit de lire.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn exceptions_du_dossier(
        &self,
        lecture: &Lecture,
        quand: Timestamp,
    ) -> Result<Vec<Exception>, Echec> {
        let ici = format!("% {} %", lecture.dossier().0);
        self.base.lire(sql!("du_dossier.sql"), valeurs![ici, quand]).await
    }

    /// Combien d'accès de ce profil attendent d'être examinés.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn exceptions_a_examiner(&self, profil: &str) -> Result<i64, Echec> {
        let n: Option<i64> = self.base.lire_une(sql!("a_examiner.sql"), valeurs![profil]).await?;
        Ok(n.unwrap_or_default())
    }

    /// Ce que cette personne a lu et écrit du dossier pendant cet accès, dans l'ordre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn acces_pendant(
        &self,
        controle: &Controle,
        exception: &Exception,
        limite: i64,
    ) -> Result<Vec<Acces>, Echec> {
        let Exception { compte, debut, fin, .. } = exception;
        let valeurs = valeurs![controle.dossier(), *compte, *debut, *fin, limite];
        self.base.lire(sql!("lectures.sql"), valeurs).await
    }

    /// Met fin à un accès avant l'heure. Rien ne change s'il est déjà fini.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn finir_une_exception(
        &self,
        controle: &Controle,
        agent: &Agent,
        id: i64,
        quand: Timestamp,
    ) -> Result<bool, Echec> {
        let valeurs = valeurs![id, quand, agent.id];
        self.changer_une_exception(controle, agent, FINIR, quand, (sql!("finir.sql"), valeurs))
            .await
    }

    /// Garde l'avis de qui l'a examiné. Le premier donné reste.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn examiner_une_exception(
        &self,
        controle: &Controle,
        agent: &Agent,
        id: i64,
        avis: &str,
        quand: Timestamp,
    ) -> Result<bool, Echec> {
        let valeurs = valeurs![id, quand, agent.id, avis];
        let requete = (sql!("examiner.sql"), valeurs);
        self.changer_une_exception(controle, agent, EXAMINER, quand, requete).await
    }

    async fn changer_une_exception(
        &self,
        controle: &Controle,
        agent: &Agent,
        geste: &str,
        quand: Timestamp,
        (requete, valeurs): (crate::base::Sql, Vec<Valeur>),
    ) -> Result<bool, Echec> {
        let mut connexion = self.base.ecrire().await?;
        if connexion.executer(requete, valeurs).await? == 0 {
            return Ok(false);
        }
        let dossiers = BTreeSet::from([controle.dossier().0]);
        releve::ecrit(controle.dossier());
        connexion.inscrire(vec![inscription(Auteur::de(agent), geste, dossiers, quand)]).await?;
        connexion.valider().await?;
        Ok(true)
    }

    /// Ceux qui examinent les accès exceptionnels de ce profil.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn delegues(&self, profil: &str, jour: Date) -> Result<Vec<Delegue>, Echec> {
        let valeurs = valeurs![profil, Role::Dpo.code(), true, jour];
        self.base.lire(sql!("delegues.sql"), valeurs).await
    }
}

fn inscription(
    auteur: Auteur,
    geste: &str,
    dossiers: BTreeSet<i64>,
    quand: Timestamp,
) -> Inscription {
    let (objet, notices) = (String::new(), BTreeSet::new());
    Inscription { auteur, geste: geste.to_owned(), objet, dossiers, notices, quand }
}

struct LigneDException {
    id: i64,
    reference: String,
    dossier: Option<i64>,
    dossiers: String,
    motif: String,
    coffre: Option<i64>,
    du: Timestamp,
    au: Timestamp,
}

impl LigneDException {
    fn de(self, agent: &Agent) -> Lignes {
        let rien = || Valeur::Entier(None);
        let mut lignes = Lignes::pour(&tables::ACCES_EXCEPTIONNEL, 1);
        lignes.ligne([
            self.id.into(),
            agent.profil.clone().into(),
            agent.id.into(),
            agent.organisme.clone().into(),
            agent.role.code().into(),
            self.reference.into(),
            Valeur::Entier(self.dossier),
            self.dossiers.into(),
            self.motif.into(),
            Valeur::Entier(self.coffre),
            self.du.into(),
            self.au.into(),
            self.au.into(),
            rien(),
            Valeur::Texte(None),
            rien(),
            String::new().into(),
        ]);
        lignes
    }
}

impl Connexion {
    async fn sous_la_limite(&mut self, compte: AgentId, limite: Limite) -> Result<(), Echec> {
        let n: Option<i64> =
            self.lire_une(sql!("essais.sql"), valeurs![compte, limite.depuis]).await?;
        if n.unwrap_or_default() >= limite.essais {
            return Err(Echec::Refus(trop_d_essais(limite.essais)));
        }
        Ok(())
    }
}

/// Ce qu'on dit à qui a trop essayé.
#[must_use]
pub fn trop_d_essais(permis: i64) -> String {
    format!(
        "Vous avez demandé {permis} accès exceptionnels en vingt-quatre heures : c'est le nombre permis, pour \
         qu'on ne cherche pas ce qui est restreint. Appelez le secrétariat de la commission, qui peut vous nommer \
         dans le dossier."
    )
}
