//! Le second facteur : le choisir, donner son code, ses codes de secours, ses appareils de confiance.

use ccapex::identifiants::AgentId;
use jiff::SignedDuration;
use stockage::facteur::Appareil;
use stockage::geste::Geste;
use stockage::session::{Etape, Moyen};

use super::essais::Quoi;
use super::portier::{Portier, Visiteur};
use super::secret::Secret;
use super::session::{Connue, Entree, empreinte};
use super::totp::SecretDeCodes;
use crate::cle::Usage;
use crate::echec::Echec;

/// Autant de codes de secours.
const CODES: usize = 10;
/// Un appareil est de confiance ce temps-là.
const CONFIANCE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Ce que la personne veut de cet appareil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confiance {
    /// Ne plus y demander de code pendant trente jours.
    Retenir,
    /// Le demander à chaque connexion.
    Non,
}

/// Un second facteur qui vient d'être choisi.
#[derive(Clone, PartialEq, Eq)]
pub struct Choisi {
    /// La session, rouverte avec un jeton neuf.
    pub entree: Entree,
    /// Les codes de secours, montrés cette seule fois.
    pub codes: Vec<String>,
}

/// Un code accepté.
#[derive(Clone, PartialEq, Eq)]
pub struct Accepte {
    /// La session, rouverte avec un jeton neuf.
    pub entree: Entree,
    /// Le jeton de l'appareil, s'il est désormais de confiance.
    pub appareil: Option<String>,
    /// Ce qu'il reste de codes de secours, si l'un d'eux vient de servir.
    pub secours_restants: Option<i64>,
}

impl Portier<'_> {
    pub(super) async fn a_un_facteur(&self, compte: AgentId) -> Result<bool, Echec> {
        let facteur = self.stockage.second_facteur(compte).await?;
        Ok(facteur.is_some_and(|f| f.actif_le.is_some()))
    }

    pub(super) async fn appareil_connu(&self, compte: AgentId, jeton: &str) -> Result<bool, Echec> {
        Ok(self.stockage.appareil_connu(&empreinte(jeton), compte, self.maintenant).await?)
    }

    /// Propose un secret à recopier dans une application ; le même tant qu'aucun code n'en est donné.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si un second facteur est déjà actif.
    pub async fn proposer_un_facteur(&self, connue: &Connue) -> Result<SecretDeCodes, Echec> {
        let compte = connue.agent.id;
        let garde = self.stockage.second_facteur(compte).await?;
        if garde.as_ref().is_some_and(|f| f.actif_le.is_some()) {
            return Err(deja_actif());
        }
        if let Some(secret) = garde.and_then(|f| self.dechiffre(&f.secret)) {
            return Ok(secret);
        }
        let secret = SecretDeCodes::tire(&(self.hasard)());
        let chiffre = self.cle.chiffrer(Usage::SecondFacteur, secret.octets(), (self.hasard)());
        self.stockage.proposer_facteur(compte, &chiffre).await?;
        Ok(secret)
    }

    /// Un premier code juste active le second facteur, et donne les codes de secours.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le code n'est pas celui de l'application.
    pub async fn choisir_un_facteur(
        &self,
        connue: &Connue,
        saisi: &str,
        visiteur: &Visiteur,
    ) -> Result<Choisi, Echec> {
        let compte = connue.agent.id;
        let essai = self.essayer(Quoi::Code(compte.0)).await?;
        let propose = self.stockage.second_facteur(compte).await?;
        if propose.as_ref().is_some_and(|f| f.actif_le.is_some()) {
            return Err(deja_actif());
        }
        let secret = propose.and_then(|f| self.dechiffre(&f.secret));
        let pas = secret.and_then(|s| s.reconnait(&chiffres(saisi), self.heure.as_second()));
        let Some(pas) = pas else { return Err(essai.manque(CODE_FAUX)) };
        self.reussi(&essai).await?;
        let (codes, empreintes) = self.tirer_des_codes(compte);
        self.stockage.activer_facteur(compte, self.maintenant, pas, &empreintes).await?;
        self.noter(compte, Geste::FacteurActive, compte, visiteur).await?;
        let entree = self.remplacer(connue, Moyen::Code, visiteur).await?;
        Ok(Choisi { entree, codes })
    }

    /// Donne le code de l'application, ou un code de secours, et ouvre les pages.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le code est faux ou a déjà servi ; [`Echec::Attente`] après trop d'essais.
    pub async fn donner_un_code(
        &self,
        connue: &Connue,
        saisi: &str,
        confiance: Confiance,
        visiteur: &Visiteur,
    ) -> Result<Accepte, Echec> {
        let compte = connue.agent.id;
        let moyen = self.verifier_un_code(connue, saisi, visiteur).await?;
        let entree = self.remplacer(connue, moyen, visiteur).await?;
        let appareil = match confiance {
            Confiance::Non => None,
            Confiance::Retenir => Some(self.faire_confiance(compte, visiteur).await?),
        };
        let secours_restants = match moyen {
            Moyen::Secours => Some(self.stockage.codes_restants(compte).await?),
            Moyen::Code
            | Moyen::Appareil
            | Moyen::MotDePasse
            | Moyen::Fournisseur
            | Moyen::FournisseurFort => None,
        };
        Ok(Accepte { entree, appareil, secours_restants })
    }

    /// Cette personne a-t-elle un second facteur, à redire avant un geste grave ?
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn redit_un_code(&self, connue: &Connue) -> Result<bool, Echec> {
        self.a_un_facteur(connue.agent.id).await
    }

    /// Redit le code de son application, ou un code de secours ; qui n'a pas de second facteur passe.
    ///
    /// # Erreurs
    ///
    /// Comme [`Portier::donner_un_code`].
    pub async fn redire_un_code(
        &self,
        connue: &Connue,
        saisi: &str,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        if self.a_un_facteur(connue.agent.id).await? {
            self.verifier_un_code(connue, saisi, visiteur).await?;
        }
        Ok(())
    }

    /// Le code est-il juste ? Il ne servira plus.
    pub(super) async fn verifier_un_code(
        &self,
        connue: &Connue,
        saisi: &str,
        visiteur: &Visiteur,
    ) -> Result<Moyen, Echec> {
        let compte = connue.agent.id;
        let essai = self.essayer(Quoi::Code(compte.0)).await?;
        let facteur = self.stockage.second_facteur(compte).await?;
        let Some(facteur) = facteur.filter(|f| f.actif_le.is_some()) else {
            return Err(Echec::Refus(
                "Ce compte n'a plus de second facteur. Reconnectez-vous pour en choisir un."
                    .to_owned(),
            ));
        };
        let Some(secret) = self.dechiffre(&facteur.secret) else {
            return Err(Echec::Refus(
                "La clé de l'installation n'est plus celle qui gardait votre second facteur : aucun code \
                 ne peut être vérifié. Prévenez la personne qui administre Seuil, qui le retirera."
                    .to_owned(),
            ));
        };
        let pas = secret.reconnait(&chiffres(saisi), self.heure.as_second());
        let moyen = match pas {
            Some(pas) if self.stockage.avancer_facteur(compte, pas).await? => Moyen::Code,
            Some(_) => {
                return Err(essai.manque(
                    "Ce code a déjà servi : il ne sert qu'une fois. Attendez le suivant, trente secondes au plus.",
                ));
            }
            None => {
                let code = empreinte_de_secours(self, compte, saisi);
                if !self.stockage.depenser_code(compte, &code).await? {
                    if essai.fait_attendre() {
                        self.noter(compte, Geste::Attente, compte, visiteur).await?;
                    }
                    return Err(essai.manque(CODE_FAUX));
                }
                Moyen::Secours
            }
        };
        self.reussi(&essai).await?;
        Ok(moyen)
    }

    async fn faire_confiance(&self, compte: AgentId, visiteur: &Visiteur) -> Result<String, Echec> {
        let jeton = hex::encode((self.hasard)());
        let appareil = Appareil {
            empreinte: empreinte(&jeton),
            compte,
            nom: visiteur.appareil.clone(),
            cree_le: self.maintenant,
            expire_le: self.maintenant + CONFIANCE,
        };
        self.stockage.garder_appareil(&appareil).await?;
        self.noter(compte, Geste::AppareilAjoute, compte, visiteur).await?;
        Ok(jeton)
    }

    /// La même session, plus loin : l'ancien jeton ne vaut plus rien.
    pub(super) async fn remplacer(
        &self,
        connue: &Connue,
        moyen: Moyen,
        visiteur: &Visiteur,
    ) -> Result<Entree, Echec> {
        let avant = self.stockage.session_meme_finie(&connue.empreinte).await?;
        let preuve = avant
            .and_then(|s| s.preuve)
            .and_then(|p| String::from_utf8(self.cle.dechiffrer(Usage::Preuve, &p)?).ok());
        self.stockage.fermer_session(&connue.empreinte).await?;
        self.ouvrir(&connue.agent, Etape::Ouverte, moyen, visiteur, preuve.as_deref()).await
    }

    /// Tire de nouveaux codes de secours : les anciens ne valent plus.
    pub(super) async fn remplacer_les_codes(
        &self,
        compte: AgentId,
        visiteur: &Visiteur,
    ) -> Result<Vec<String>, Echec> {
        let (codes, empreintes) = self.tirer_des_codes(compte);
        self.stockage.remplacer_codes(compte, &empreintes).await?;
        self.noter(compte, Geste::CodesRemplaces, compte, visiteur).await?;
        Ok(codes)
    }

    fn tirer_des_codes(&self, compte: AgentId) -> (Vec<String>, Vec<String>) {
        let codes: Vec<String> = std::iter::repeat_with(|| Secret::tire(&(self.hasard)()))
            .take(CODES)
            .map(|code| code.en_clair().to_owned())
            .collect();
        let empreintes = codes.iter().map(|c| empreinte_de_secours(self, compte, c)).collect();
        (codes, empreintes)
    }

    fn dechiffre(&self, secret: &str) -> Option<SecretDeCodes> {
        SecretDeCodes::relu(&self.cle.dechiffrer(Usage::SecondFacteur, secret)?)
    }
}

/// Un code de secours a quatre-vingts bits de hasard : une empreinte avec clé suffit à le garder.
fn empreinte_de_secours(portier: &Portier<'_>, compte: AgentId, saisi: &str) -> String {
    let code: String =
        saisi.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    portier.cle.empreinte(Usage::CodeDeSecours, &format!("{compte} {code}"))
}

/// Les chiffres d'un code, qu'on tape souvent en deux groupes.
fn chiffres(saisi: &str) -> String {
    saisi.chars().filter(|c| !c.is_whitespace()).collect()
}

fn deja_actif() -> Echec {
    Echec::Refus(
        "Votre compte a déjà un second facteur : le remplacer en silence laisserait entrer quelqu'un \
         d'autre. Retirez-le d'abord, depuis « Mon compte »."
            .to_owned(),
    )
}

const CODE_FAUX: &str = "Ce code n'est pas le bon : il change toutes les trente secondes, et dépend de l'heure de \
     votre téléphone. Vérifiez qu'elle est réglée automatiquement, puis donnez le code affiché maintenant.";
