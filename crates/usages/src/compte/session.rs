//! Se connecter, rester connecté, se déconnecter.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use stockage::compte::Compte;
use stockage::geste::Geste;
use stockage::session::{Etape, Moyen, Session};

use super::essais::Quoi;
use super::portier::{Portier, Visiteur};
use super::secret::{HACHE_DE_PERSONNE, Secret, est_d_avant};
use super::suppleances::avec_ceux_qu_elle_supplee;
use crate::cle::Usage;
use crate::echec::Echec;

/// Une session vue il y a moins longtemps n'est pas réécrite à chaque page.
const RAFRAICHIR_APRES: SignedDuration = SignedDuration::from_mins(1);
/// Le temps de donner son code, ou de choisir un second facteur.
const EN_CHEMIN: SignedDuration = SignedDuration::from_mins(20);
/// Une session finie se garde ce temps : ce qu'on y tapait se rend à la même personne.
const MEMOIRE: SignedDuration = SignedDuration::from_hours(24);

/// Une session qui vient de s'ouvrir, ou d'avancer. Son jeton est neuf, et n'est pas gardé.
#[derive(Clone, PartialEq, Eq)]
pub struct Entree {
    /// Ce que le navigateur présentera.
    pub jeton: String,
    /// Ce qui reste à faire.
    pub etape: Etape,
}

/// Une session reconnue.
#[derive(Clone)]
pub struct Connue {
    /// La personne.
    pub agent: Agent,
    /// Le jeton de ses formulaires.
    pub jeton_csrf: String,
    /// Ce qui reste à faire avant que les pages ne s'ouvrent.
    pub etape: Etape,
    /// Comment elle s'est fait reconnaître.
    pub moyen: Moyen,
    /// L'empreinte de la session.
    pub empreinte: String,
}

impl std::fmt::Debug for Connue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connue").field("agent", &self.agent.id).finish_non_exhaustive()
    }
}

impl Portier<'_> {
    /// Vérifie un identifiant et un mot de passe, et rend la personne.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] : identifiant ou mot de passe inconnu (sans dire lequel), ou compte désactivé ;
    /// [`Echec::Attente`] après trop d'essais manqués.
    pub async fn verifier(
        &self,
        identifiant: &str,
        secret: &Secret,
        visiteur: &Visiteur,
    ) -> Result<Agent, Echec> {
        let identifiant = identifiant.trim().to_lowercase();
        let quoi = Quoi::MotDePasse { identifiant: &identifiant, adresse: &visiteur.adresse };
        let essai = self.essayer(quoi).await?;
        let compte = self.stockage.compte_par_identifiant(&identifiant).await?;
        let hache = compte.as_ref().map_or(HACHE_DE_PERSONNE, |c| c.secret.as_str());
        let juste = secret.correspond(hache).await?;
        match compte {
            Some(compte) if juste && compte.actif && self.fini(&compte) => Err(compte_fini()),
            Some(compte) if juste && compte.actif => {
                self.reussi(&essai).await?;
                self.rehacher(&compte, secret).await?;
                Ok(compte.agent)
            }
            Some(compte) if !juste => {
                if essai.fait_attendre() {
                    let id = compte.agent.id;
                    self.noter(id, Geste::Attente, id, visiteur).await?;
                }
                Err(essai.manque(INCONNU))
            }
            Some(_) => Err(desactive()),
            None => Err(essai.manque(INCONNU)),
        }
    }

    /// Le dernier jour du compte est passé.
    pub(super) fn fini(&self, compte: &Compte) -> bool {
        compte.fin.is_some_and(|fin| fin < self.aujourd_hui)
    }

    /// Un haché fait avec d'anciens réglages se refait, maintenant qu'on a le mot de passe.
    async fn rehacher(&self, compte: &Compte, secret: &Secret) -> Result<(), Echec> {
        if !est_d_avant(&compte.secret) {
            return Ok(());
        }
        let hache = secret.hacher((self.hasard)()).await?;
        Ok(self.stockage.changer_secret(compte.agent.id, &hache).await?)
    }

    /// Se connecte : ouvre une session, ou dit ce qui reste à faire.
    ///
    /// # Erreurs
    ///
    /// Comme [`Portier::verifier`].
    pub async fn entrer(
        &self,
        identifiant: &str,
        secret: &Secret,
        visiteur: &Visiteur,
        appareil: Option<&str>,
    ) -> Result<Entree, Echec> {
        let agent = self.verifier(identifiant, secret, visiteur).await?;
        let de_confiance = match appareil {
            Some(jeton) => self.appareil_connu(agent.id, jeton).await?,
            None => false,
        };
        let moyen = if de_confiance { Moyen::Appareil } else { Moyen::MotDePasse };
        self.avancer(&agent, moyen, visiteur, None).await
    }

    /// Ouvre la session d'une personne reconnue ainsi, à l'étape où son second facteur la laisse.
    pub(super) async fn avancer(
        &self,
        agent: &Agent,
        moyen: Moyen,
        visiteur: &Visiteur,
        preuve: Option<&str>,
    ) -> Result<Entree, Echec> {
        let etape = self.etape(agent, moyen).await?;
        self.ouvrir(agent, etape, moyen, visiteur, preuve).await
    }

    /// Ce qui reste à faire à une personne reconnue ainsi.
    async fn etape(&self, agent: &Agent, moyen: Moyen) -> Result<Etape, Echec> {
        if fort(moyen) {
            return Ok(Etape::Ouverte);
        }
        Ok(if self.a_un_facteur(agent.id).await? {
            Etape::Code
        } else if self.regles.exige_deux_facteurs(agent) {
            Etape::Enrolement
        } else {
            Etape::Ouverte
        })
    }

    /// Ouvre une session neuve.
    pub(super) async fn ouvrir(
        &self,
        agent: &Agent,
        etape: Etape,
        moyen: Moyen,
        visiteur: &Visiteur,
        preuve: Option<&str>,
    ) -> Result<Entree, Echec> {
        let jeton = hex::encode((self.hasard)());
        let maintenant = self.maintenant;
        let (inactivite, duree) = match etape {
            Etape::Ouverte => (self.regles.inactivite, self.regles.duree),
            Etape::Code | Etape::Enrolement => (EN_CHEMIN, EN_CHEMIN),
        };
        let preuve =
            preuve.map(|p| self.cle.chiffrer(Usage::Preuve, p.as_bytes(), (self.hasard)()));
        let session = Session {
            empreinte: empreinte(&jeton),
            compte: agent.id,
            etape,
            moyen,
            appareil: visiteur.appareil.clone(),
            cree_le: maintenant,
            vu_le: maintenant,
            expire_le: maintenant + inactivite.min(duree),
            fin_le: maintenant + duree,
            jeton_csrf: jeton_de_formulaire(&jeton),
            preuve,
        };
        self.stockage.ouvrir_session(&session, maintenant - MEMOIRE).await?;
        if etape == Etape::Ouverte {
            let geste = match moyen {
                Moyen::MotDePasse | Moyen::Appareil | Moyen::Code => Geste::Connexion,
                Moyen::Secours => Geste::ConnexionDeSecours,
                Moyen::Fournisseur | Moyen::FournisseurFort => Geste::ConnexionFournie,
            };
            self.noter(agent.id, geste, agent.id, visiteur).await?;
        }
        Ok(Entree { jeton, etape })
    }

    /// La personne d'une session encore ouverte, et ce qui lui reste à faire. La page vue la prolonge.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn reconnaitre(&self, jeton: &str) -> Result<Option<Connue>, Echec> {
        let empreinte = empreinte(jeton);
        let maintenant = self.maintenant;
        let Some((session, compte)) = self.stockage.session(&empreinte, maintenant).await? else {
            return Ok(None);
        };
        if self.fini(&compte) {
            self.stockage.fermer_session(&empreinte).await?;
            return Ok(None);
        }
        let agent =
            avec_ceux_qu_elle_supplee(self.stockage, compte.agent, self.aujourd_hui).await?;
        // Un rôle changé en cours de session peut exiger un second facteur qu'on n'a pas donné.
        let etape = match session.etape {
            Etape::Ouverte if !fort(session.moyen) && self.regles.exige_deux_facteurs(&agent) => {
                self.etape(&agent, session.moyen).await?
            }
            etape @ (Etape::Ouverte | Etape::Code | Etape::Enrolement) => etape,
        };
        if session.etape == Etape::Ouverte
            && maintenant.duration_since(session.vu_le) > RAFRAICHIR_APRES
        {
            let fin = (maintenant + self.regles.inactivite).min(session.fin_le);
            self.stockage.prolonger_session(&empreinte, maintenant, fin).await?;
        }
        let (jeton_csrf, moyen) = (session.jeton_csrf, session.moyen);
        Ok(Some(Connue { agent, jeton_csrf, etape, moyen, empreinte }))
    }

    /// Ferme une session. Rend le jeton que le fournisseur d'identité avait donné, s'il y en avait un.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn sortir(
        &self,
        connue: &Connue,
        visiteur: &Visiteur,
    ) -> Result<Option<String>, Echec> {
        let session = self.stockage.session_meme_finie(&connue.empreinte).await?;
        self.stockage.fermer_session(&connue.empreinte).await?;
        let id = connue.agent.id;
        self.noter(id, Geste::Deconnexion, id, visiteur).await?;
        Ok(session.and_then(|s| s.preuve).and_then(|preuve| {
            String::from_utf8(self.cle.dechiffrer(Usage::Preuve, &preuve)?).ok()
        }))
    }

    /// Le compte d'une session, même éteinte depuis moins d'un jour.
    pub(super) async fn compte_de_la_session(&self, jeton: &str) -> Result<Option<AgentId>, Echec> {
        let session = self.stockage.session_meme_finie(&empreinte(jeton)).await?;
        Ok(session.map(|s| s.compte))
    }
}

/// La personne a donné deux facteurs, ou l'a fait sur cet appareil il y a peu.
pub(super) fn fort(moyen: Moyen) -> bool {
    match moyen {
        Moyen::MotDePasse | Moyen::Fournisseur => false,
        Moyen::Appareil | Moyen::Code | Moyen::Secours | Moyen::FournisseurFort => true,
    }
}

/// Le jeton des formulaires d'une session : on ne remonte pas de l'un à l'autre.
#[must_use]
pub fn jeton_de_formulaire(jeton: &str) -> String {
    hex::encode(Sha256::digest(format!("formulaire:{jeton}")))
}

pub(super) fn empreinte(jeton: &str) -> String {
    hex::encode(Sha256::digest(jeton))
}

pub(super) fn desactive() -> Echec {
    Echec::Refus(
        "Ce compte est désactivé. Demandez à la personne qui administre les comptes de le rouvrir."
            .to_owned(),
    )
}

pub(super) fn compte_fini() -> Echec {
    Echec::Refus(
        "Ce compte avait une fin, et elle est passée : il ne donne plus accès à rien. \
         Demandez à la personne qui administre les comptes d'en ouvrir un autre."
            .to_owned(),
    )
}

const INCONNU: &str =
    "Identifiant ou mot de passe inconnu. Vérifiez les majuscules, puis réessayez.";
