//! Ce qu'une personne fait de son propre compte.

use jiff::Timestamp;
use stockage::facteur::Appareil;
use stockage::geste::{Geste, GesteInscrit};
use stockage::session::Moyen;

use super::portier::{Portier, Visiteur};
use super::secret::Secret;
use super::session::{Connue, Entree};
use crate::echec::Echec;

/// Les derniers gestes qu'on montre.
const GESTES: i64 = 20;

/// Son compte, tel qu'une personne le voit.
#[derive(Clone, Debug)]
pub struct MonCompte {
    /// Le nom par lequel elle se connecte.
    pub identifiant: String,
    /// L'adresse du compte.
    pub courriel: Option<String>,
    /// Depuis quand son second facteur sert.
    pub facteur: Option<Timestamp>,
    /// Ce qu'il reste de codes de secours.
    pub codes: i64,
    /// Son rôle exige deux facteurs ici.
    pub exige: bool,
    /// Ses appareils de confiance.
    pub appareils: Vec<Appareil>,
    /// Ses sessions ouvertes, la plus récente d'abord.
    pub sessions: Vec<SessionVue>,
    /// Ce qui est arrivé à son compte.
    pub gestes: Vec<GesteInscrit>,
}

/// Une session ouverte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionVue {
    /// De quoi la désigner pour la fermer.
    pub numero: String,
    /// Le navigateur et le système, en mots.
    pub appareil: String,
    /// Son ouverture.
    pub cree_le: Timestamp,
    /// La dernière page vue.
    pub vu_le: Timestamp,
    /// C'est celle de la page.
    pub ici: bool,
}

impl Portier<'_> {
    /// Son compte.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn mon_compte(&self, connue: &Connue) -> Result<MonCompte, Echec> {
        let id = connue.agent.id;
        let sessions = self.stockage.sessions_du_compte(id, self.maintenant).await?;
        let facteur = self.stockage.second_facteur(id).await?;
        Ok(MonCompte {
            identifiant: self.stockage.compte(id).await?.identifiant,
            courriel: self.stockage.courriel_du_compte(id).await?,
            facteur: facteur.and_then(|f| f.actif_le),
            codes: self.stockage.codes_restants(id).await?,
            exige: self.regles.exige_deux_facteurs(&connue.agent),
            appareils: self.stockage.appareils(id, self.maintenant).await?,
            sessions: sessions
                .into_iter()
                .map(|s| SessionVue {
                    numero: s.empreinte.chars().take(16).collect(),
                    appareil: s.appareil,
                    cree_le: s.cree_le,
                    vu_le: s.vu_le,
                    ici: s.empreinte == connue.empreinte,
                })
                .collect(),
            gestes: self.stockage.gestes(id, GESTES).await?,
        })
    }

    /// Redit son mot de passe, avant un geste qu'un poste laissé ouvert ne doit pas permettre. Qui entre
    /// par un fournisseur d'identité n'en a pas : son second facteur ou sa session en tient lieu.
    async fn redire(
        &self,
        connue: &Connue,
        secret: &Secret,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        match connue.moyen {
            Moyen::Fournisseur | Moyen::FournisseurFort => Ok(()),
            Moyen::MotDePasse | Moyen::Appareil | Moyen::Code | Moyen::Secours => {
                let identifiant = self.stockage.compte(connue.agent.id).await?.identifiant;
                match self.verifier(&identifiant, secret, visiteur).await {
                    Ok(_) => Ok(()),
                    Err(Echec::Refus(_)) => Err(Echec::Refus(
                        "Ce n'est pas votre mot de passe d'aujourd'hui : rien n'a changé. Tapez celui \
                         par lequel vous vous êtes connecté."
                            .to_owned(),
                    )),
                    Err(echec) => Err(echec),
                }
            }
        }
    }

    /// Change son mot de passe. Les autres sessions se ferment, celle-ci reçoit un jeton neuf.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si l'ancien n'est pas le bon, ou si le nouveau se devine.
    pub async fn changer_mon_mot_de_passe(
        &self,
        connue: &Connue,
        ancien: &Secret,
        nouveau: &str,
        visiteur: &Visiteur,
    ) -> Result<Entree, Echec> {
        let agent = &connue.agent;
        let identifiant = self.stockage.compte(agent.id).await?.identifiant;
        let secret =
            Secret::choisi(nouveau, &[&identifiant, &agent.nom, &agent.organisme, &agent.profil])?;
        self.redire(connue, ancien, visiteur).await?;
        let hache = secret.hacher((self.hasard)()).await?;
        self.stockage.changer_secret(agent.id, &hache).await?;
        self.stockage.fermer_les_autres_sessions(agent.id, &connue.empreinte).await?;
        self.noter(agent.id, Geste::MotDePasse, agent.id, visiteur).await?;
        self.remplacer(connue, connue.moyen, visiteur).await
    }

    /// Retire son second facteur.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si son rôle l'exige, si le mot de passe ou le code n'est pas le bon.
    pub async fn retirer_mon_facteur(
        &self,
        connue: &Connue,
        secret: &Secret,
        code: &str,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        if self.regles.exige_deux_facteurs(&connue.agent) {
            return Err(Echec::Refus(
                "Votre rôle demande deux facteurs : le vôtre ne se retire pas. Pour changer de téléphone, \
                 demandez à la personne qui administre les comptes de le retirer ; vous en choisirez un \
                 autre à la connexion suivante."
                    .to_owned(),
            ));
        }
        self.redire(connue, secret, visiteur).await?;
        self.verifier_un_code(connue, code, visiteur).await?;
        let id = connue.agent.id;
        self.stockage.retirer_facteur(id).await?;
        self.noter(id, Geste::FacteurRetire, id, visiteur).await
    }

    /// Remplace ses codes de secours, et les rend : c'est la seule fois.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le mot de passe n'est pas le bon, ou sans second facteur.
    pub async fn remplacer_mes_codes(
        &self,
        connue: &Connue,
        secret: &Secret,
        visiteur: &Visiteur,
    ) -> Result<Vec<String>, Echec> {
        self.redire(connue, secret, visiteur).await?;
        if !self.a_un_facteur(connue.agent.id).await? {
            return Err(Echec::Refus(
                "Votre compte n'a pas de second facteur : des codes de secours n'y remplaceraient rien. \
                 Choisissez-en un d'abord."
                    .to_owned(),
            ));
        }
        self.remplacer_les_codes(connue.agent.id, visiteur).await
    }

    /// Ferme une de ses sessions.
    ///
    /// # Erreurs
    ///
    /// Introuvable si elle n'est pas à soi, ou déjà fermée.
    pub async fn fermer_une_de_mes_sessions(
        &self,
        connue: &Connue,
        numero: &str,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        let id = connue.agent.id;
        self.stockage.fermer_une_session(id, numero).await?;
        self.noter(id, Geste::SessionsFermees, id, visiteur).await
    }

    /// Ferme toutes ses autres sessions, et ne fait plus confiance à aucun appareil.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn fermer_mes_autres_sessions(
        &self,
        connue: &Connue,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        let id = connue.agent.id;
        self.stockage.fermer_les_autres_sessions(id, &connue.empreinte).await?;
        self.stockage.oublier_appareils(id).await?;
        self.noter(id, Geste::SessionsFermees, id, visiteur).await
    }

    /// Ne fait plus confiance à aucun appareil.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn oublier_mes_appareils(
        &self,
        connue: &Connue,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        let id = connue.agent.id;
        self.stockage.oublier_appareils(id).await?;
        self.noter(id, Geste::AppareilsOublies, id, visiteur).await
    }
}
