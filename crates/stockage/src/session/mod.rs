//! Les sessions des personnes connectées, ou en train de l'être.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::compte::Compte;
use crate::echec::Echec;

noms_ecrits!(
    /// Ce qui reste à faire avant que les pages ne s'ouvrent.
    Etape {
        /// Rien : les pages sont ouvertes.
        Ouverte = "ouverte",
        /// Donner le code de son second facteur.
        Code = "code",
        /// Choisir un second facteur : son rôle l'exige.
        Enrolement = "enrolement",
    }
);

noms_ecrits!(
    /// Comment une personne s'est fait reconnaître.
    Moyen {
        /// Un mot de passe seul.
        MotDePasse = "mot_de_passe",
        /// Un mot de passe, sur un appareil de confiance.
        Appareil = "appareil",
        /// Un mot de passe et un code.
        Code = "code",
        /// Un mot de passe et un code de secours.
        Secours = "secours",
        /// Un fournisseur d'identité.
        Fournisseur = "fournisseur",
        /// Un fournisseur d'identité, qui dit avoir demandé deux facteurs.
        FournisseurFort = "fournisseur_fort",
    }
);

/// Une session. Le jeton remis au navigateur n'est pas gardé : seule son empreinte l'est.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// L'empreinte du jeton.
    pub empreinte: String,
    /// Le compte.
    pub compte: AgentId,
    /// Ce qui reste à faire.
    pub etape: Etape,
    /// Comment la personne s'est fait reconnaître.
    pub moyen: Moyen,
    /// Le navigateur et le système, en mots.
    pub appareil: String,
    /// L'ouverture.
    pub cree_le: Timestamp,
    /// La dernière page vue.
    pub vu_le: Timestamp,
    /// La fin, si plus rien ne se passe.
    pub expire_le: Timestamp,
    /// La fin, quoi qu'il se passe.
    pub fin_le: Timestamp,
    /// Le jeton des formulaires.
    pub jeton_csrf: String,
    /// Le jeton du fournisseur d'identité, chiffré.
    pub preuve: Option<String>,
}

/// Une empreinte et un jeton ne vont dans aucun journal.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("compte", &self.compte).finish_non_exhaustive()
    }
}

impl DepuisLigne for Session {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            empreinte: l.texte("empreinte")?,
            compte: AgentId(l.entier("compte")?),
            etape: Etape::lu(&l.texte("etape")?)?,
            moyen: Moyen::lu(&l.texte("moyen")?)?,
            appareil: l.texte("appareil")?,
            cree_le: l.instant("cree_le")?,
            vu_le: l.instant("vu_le")?,
            expire_le: l.instant("expire_le")?,
            fin_le: l.instant("fin_le")?,
            jeton_csrf: l.texte("jeton_csrf")?,
            preuve: l.texte_ou_rien("preuve")?,
        })
    }
}

impl Stockage {
    /// Ouvre une session, et oublie celles qui étaient finies à `finies_avant`.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn ouvrir_session(
        &self,
        session: &Session,
        finies_avant: Timestamp,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.executer(sql!("fermer_finies.sql"), valeurs![finies_avant]).await?;
        let valeurs = valeurs![
            session.empreinte.as_str(),
            session.compte,
            session.etape,
            session.moyen,
            session.appareil.as_str(),
            session.cree_le,
            session.vu_le,
            session.expire_le,
            session.fin_le,
            session.jeton_csrf.as_str(),
            session.preuve.clone()
        ];
        connexion.executer(sql!("ouvrir.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// La session de cette empreinte, si elle n'est pas finie, et son compte, s'il est actif.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn session(
        &self,
        empreinte: &str,
        maintenant: Timestamp,
    ) -> Result<Option<(Session, Compte)>, Echec> {
        let session = self.session_meme_finie(empreinte).await?;
        let Some(session) = session.filter(|s| s.expire_le > maintenant && s.fin_le > maintenant)
        else {
            return Ok(None);
        };
        let compte: Option<Compte> =
            self.base.lire_une(sql!("../compte/un.sql"), valeurs![session.compte]).await?;
        Ok(compte.filter(|c| c.actif).map(|compte| (session, compte)))
    }

    /// La session de cette empreinte, même éteinte : pour savoir à qui rendre ce qu'elle tapait.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn session_meme_finie(&self, empreinte: &str) -> Result<Option<Session>, Echec> {
        self.base.lire_une(sql!("une.sql"), valeurs![empreinte]).await
    }

    /// Les sessions ouvertes d'un compte, la plus récemment vue d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn sessions_du_compte(
        &self,
        compte: AgentId,
        maintenant: Timestamp,
    ) -> Result<Vec<Session>, Echec> {
        self.base.lire(sql!("du_compte.sql"), valeurs![compte, maintenant]).await
    }

    /// Prolonge une session : une page vient d'être vue.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn prolonger_session(
        &self,
        empreinte: &str,
        vu_le: Timestamp,
        expire_le: Timestamp,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![empreinte, vu_le, expire_le];
        self.base.executer(sql!("prolonger.sql"), valeurs).await.map(drop)
    }

    /// Ferme une session.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn fermer_session(&self, empreinte: &str) -> Result<(), Echec> {
        self.base.executer(sql!("fermer.sql"), valeurs![empreinte]).await.map(drop)
    }

    /// Ferme la session d'un compte dont l'empreinte commence par ces seize lettres.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si le compte n'en a pas.
    pub async fn fermer_une_session(&self, compte: AgentId, numero: &str) -> Result<(), Echec> {
        let valeurs = valeurs![compte, numero];
        match self.base.executer(sql!("fermer_une_du_compte.sql"), valeurs).await? {
            0 => Err(Echec::Introuvable),
            _ => Ok(()),
        }
    }

    /// Ferme toutes les sessions d'un compte, sauf celle-ci.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn fermer_les_autres_sessions(
        &self,
        compte: AgentId,
        sauf: &str,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![compte, sauf];
        self.base.executer(sql!("fermer_les_autres.sql"), valeurs).await.map(drop)
    }
}
