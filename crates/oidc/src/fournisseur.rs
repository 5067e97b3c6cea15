//! Un fournisseur d'identité : où envoyer la personne, que croire de ce qu'il répond, comment en sortir.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::RwLock;

use crate::http::{Http, Reponse, echappe, ecrire};
use crate::jeton::{ClePublique, Cles, Defaut, Dires, verifier};

/// L'écart permis entre l'heure du fournisseur et la nôtre, en secondes.
const DERIVE: i64 = 60;
/// Le temps donné à la personne pour se faire reconnaître, en secondes.
const ECHANGE: i64 = 600;

/// Ce que l'installation dit du fournisseur.
#[derive(Clone, Debug)]
pub struct Reglages {
    /// Son adresse, exactement comme il la signe.
    pub emetteur: String,
    /// Notre nom chez lui.
    pub client: String,
    /// Notre mot de passe chez lui.
    pub secret: Secret,
    /// L'adresse où il ramène la personne.
    pub retour: String,
    /// L'adresse où il la ramène après la déconnexion.
    pub apres_sortie: String,
    /// Ce qu'on lui demande : « openid email … ».
    pub portee: String,
    /// Les niveaux où il a demandé deux facteurs.
    pub acr_forts: Vec<String>,
    /// Il ne donne que des adresses qu'il a vérifiées, même sans le dire (ProConnect).
    pub adresses_verifiees: bool,
}

/// Un secret : son affichage ne le montre pas.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Ce qu'on exige de la connexion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exigence {
    /// Ce que le fournisseur demande d'habitude.
    Ordinaire,
    /// Deux facteurs.
    Forte,
}

/// Un échange en cours : il reste chez la personne, chiffré, jusqu'à son retour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echange {
    /// Ce que le fournisseur doit rendre tel quel.
    pub etat: String,
    /// Ce que le jeton doit porter.
    pub nonce: String,
    /// Ce qui prouve que le code est à nous (PKCE).
    pub verifieur: String,
    /// Le départ, en secondes depuis 1970.
    pub le: i64,
    /// Où aller ensuite.
    pub suite: String,
}

/// Une personne, telle que le fournisseur la nomme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identite {
    /// Le fournisseur.
    pub emetteur: String,
    /// Le nom qu'il lui donne, stable.
    pub sujet: String,
    /// Son adresse, s'il l'a vérifiée.
    pub courriel: Option<String>,
    /// Elle a donné deux facteurs.
    pub forte: bool,
    /// Le jeton à lui rendre pour se déconnecter aussi de chez lui.
    pub preuve: String,
}

/// Pourquoi la personne n'est pas reconnue.
#[derive(Debug, thiserror::Error)]
pub enum Echec {
    /// Le fournisseur ne répond pas, ou pas ce qu'on attend.
    #[error("le fournisseur d'identité ne répond pas : {0}")]
    Injoignable(String),
    /// Il a refusé : consentement refusé, code déjà servi.
    #[error("le fournisseur d'identité a refusé : {0}")]
    Refuse(String),
    /// L'échange n'est pas celui qu'on avait commencé, ou il a trop duré.
    #[error("cet échange n'est pas celui qui avait commencé")]
    Echange,
    /// La réponse est signée par un autre.
    #[error("réponse refusée : {0}")]
    Jeton(#[from] Defaut),
    /// La réponse est signée, mais n'est pas pour nous, pas pour cet échange, ou plus valable.
    #[error("réponse refusée : {0}")]
    Dires(&'static str),
}

impl Echec {
    pub(crate) fn injoignable(cause: &(impl std::error::Error + ?Sized)) -> Self {
        Self::Injoignable(cause.to_string())
    }
}

/// Ce que le fournisseur publie de lui-même.
#[derive(Clone, Debug, Deserialize)]
struct Annonce {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    end_session_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

#[derive(Clone)]
struct Decouvert {
    annonce: Annonce,
    cles: Vec<ClePublique>,
}

/// Un fournisseur d'identité. Se copie sans coût.
#[derive(Clone)]
pub struct Fournisseur {
    reglages: Arc<Reglages>,
    http: Http,
    decouvert: Arc<RwLock<Option<Decouvert>>>,
}

impl std::fmt::Debug for Fournisseur {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fournisseur").field("reglages", &self.reglages).finish_non_exhaustive()
    }
}

impl Fournisseur {
    /// Le fournisseur réglé ainsi. Rien ne lui est demandé avant la première connexion.
    #[must_use]
    pub fn nouveau(reglages: Reglages) -> Self {
        Self { reglages: reglages.into(), http: Http::nouveau(), decouvert: Arc::default() }
    }

    /// Où envoyer la personne, et l'échange à retrouver à son retour. Trois fois trente-deux octets de hasard.
    ///
    /// # Errors
    ///
    /// [`Echec::Injoignable`] si le fournisseur ne se présente pas.
    pub async fn commencer(
        &self,
        exigence: Exigence,
        suite: &str,
        maintenant: i64,
        hasard: [[u8; 32]; 3],
    ) -> Result<(String, Echange), Echec> {
        let annonce = self.decouvert().await?.annonce;
        let [etat, nonce, verifieur] = hasard.map(|h| URL_SAFE_NO_PAD.encode(h));
        let defi = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifieur.as_bytes()));
        let demandes = match exigence {
            Exigence::Ordinaire => json!({"id_token": {"amr": {"essential": true}}}),
            Exigence::Forte => json!({"id_token": {
                "amr": {"essential": true},
                "acr": {"essential": true, "values": self.reglages.acr_forts},
            }}),
        }
        .to_string();
        let forts = self.reglages.acr_forts.join(" ");
        let mut champs = vec![
            ("response_type", "code"),
            ("client_id", &self.reglages.client),
            ("redirect_uri", &self.reglages.retour),
            ("scope", &self.reglages.portee),
            ("state", &etat),
            ("nonce", &nonce),
            ("code_challenge", &defi),
            ("code_challenge_method", "S256"),
            ("claims", &demandes),
        ];
        if exigence == Exigence::Forte {
            champs.push(("acr_values", forts.as_str()));
        }
        let liaison = if annonce.authorization_endpoint.contains('?') { '&' } else { '?' };
        let url = format!("{}{liaison}{}", annonce.authorization_endpoint, ecrire(&champs));
        let echange = Echange { etat, nonce, verifieur, le: maintenant, suite: suite.to_owned() };
        Ok((url, echange))
    }

    /// Au retour : échange le code, vérifie tout ce qui est signé, et rend la personne.
    ///
    /// # Errors
    ///
    /// [`Echec`] : rien n'est cru d'une réponse dont un seul point manque.
    pub async fn conclure(
        &self,
        echange: &Echange,
        etat: &str,
        code: &str,
        maintenant: i64,
    ) -> Result<Identite, Echec> {
        let age = maintenant - echange.le;
        if etat != echange.etat || !(-DERIVE..=ECHANGE).contains(&age) {
            return Err(Echec::Echange);
        }
        let annonce = self.decouvert().await?.annonce;
        let recu = self.echanger(&annonce, echange, code).await?;
        let preuve = texte(&recu, "id_token").ok_or(Echec::Dires("le jeton d'identité manque"))?;
        let acces = texte(&recu, "access_token").ok_or(Echec::Dires("le jeton d'accès manque"))?;
        let dires = self.lire(&preuve).await?;
        self.controler(&dires, &echange.nonce, maintenant)?;
        let sujet = texte(&dires, "sub").ok_or(Echec::Dires("la personne n'est pas nommée"))?;
        let personne = self.personne(&annonce, &acces, &sujet, maintenant).await?;
        let verifie = match personne.get("email_verified") {
            Some(Value::Bool(verifie)) => *verifie,
            Some(_) => false,
            None => self.reglages.adresses_verifiees,
        };
        let courriel = texte(&personne, "email").filter(|_| verifie).map(|c| c.to_lowercase());
        let acr = texte(&dires, "acr").unwrap_or_default();
        Ok(Identite {
            emetteur: self.reglages.emetteur.clone(),
            forte: self.reglages.acr_forts.contains(&acr),
            sujet,
            courriel,
            preuve,
        })
    }

    /// Où envoyer la personne pour fermer aussi sa session chez le fournisseur ; rien s'il ne le propose pas.
    pub async fn sortir(&self, preuve: &str, etat: &str) -> Option<String> {
        let fin = self.decouvert().await.ok()?.annonce.end_session_endpoint?;
        let liaison = if fin.contains('?') { '&' } else { '?' };
        Some(format!(
            "{fin}{liaison}id_token_hint={}&post_logout_redirect_uri={}&state={}",
            echappe(preuve),
            echappe(&self.reglages.apres_sortie),
            echappe(etat)
        ))
    }

    async fn echanger(
        &self,
        annonce: &Annonce,
        echange: &Echange,
        code: &str,
    ) -> Result<Dires, Echec> {
        let Reglages { client, secret, retour, .. } = &*self.reglages;
        let mut champs = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", retour.as_str()),
            ("code_verifier", echange.verifieur.as_str()),
        ];
        // ProConnect veut le secret dans le corps ; sans annonce, la norme le veut dans l'en-tête.
        let methodes = &annonce.token_endpoint_auth_methods_supported;
        let dans_le_corps = methodes.iter().any(|m| m == "client_secret_post");
        let entete = format!("{}:{}", echappe(client), echappe(&secret.0));
        let entete = (!dans_le_corps).then(|| format!("Basic {}", STANDARD.encode(entete)));
        if dans_le_corps {
            champs.extend([("client_id", client.as_str()), ("client_secret", secret.0.as_str())]);
        }
        let reponse = self.http.poster(&annonce.token_endpoint, &champs, entete.as_deref()).await?;
        let recu = en_json(&reponse)?;
        match reponse.statut {
            200 => Ok(recu),
            400 | 401 => Err(Echec::Refuse(code_d_erreur(&recu))),
            autre => Err(Echec::Injoignable(format!("réponse {autre} à l'échange du code"))),
        }
    }

    /// Émetteur, destinataire, heures, échange : OpenID Connect Core, 3.1.3.7.
    fn controler(&self, dires: &Dires, nonce: &str, maintenant: i64) -> Result<(), Echec> {
        self.controler_l_origine(dires)?;
        let heure = |nom: &str| dires.get(nom).and_then(Value::as_i64);
        if heure("exp").is_none_or(|fin| fin + DERIVE <= maintenant) {
            return Err(Echec::Dires("le jeton d'identité a expiré"));
        }
        if heure("iat").is_none_or(|debut| debut - DERIVE > maintenant) {
            return Err(Echec::Dires("le jeton d'identité vient du futur"));
        }
        if texte(dires, "nonce").as_deref() != Some(nonce) {
            return Err(Echec::Dires("le jeton d'identité répond à un autre échange"));
        }
        let client = Some(self.reglages.client.as_str());
        if texte(dires, "azp").is_some_and(|azp| Some(azp.as_str()) != client) {
            return Err(Echec::Dires("le jeton d'identité a été demandé par un autre service"));
        }
        Ok(())
    }

    fn controler_l_origine(&self, dires: &Dires) -> Result<(), Echec> {
        if texte(dires, "iss").as_deref() != Some(self.reglages.emetteur.as_str()) {
            return Err(Echec::Dires("la réponse vient d'un autre fournisseur"));
        }
        let client = Value::from(self.reglages.client.as_str());
        let pour_nous = match dires.get("aud") {
            Some(Value::Array(plusieurs)) => plusieurs.contains(&client),
            Some(seul) => *seul == client,
            None => false,
        };
        if pour_nous { Ok(()) } else { Err(Echec::Dires("la réponse est pour un autre service")) }
    }

    /// Ce que le fournisseur dit de la personne. Signé, c'est vérifié ; en clair, la liaison en répond.
    async fn personne(
        &self,
        annonce: &Annonce,
        acces: &str,
        sujet: &str,
        maintenant: i64,
    ) -> Result<Dires, Echec> {
        let reponse = self.http.lire(&annonce.userinfo_endpoint, Some(acces)).await?;
        if reponse.statut != 200 {
            let statut = reponse.statut;
            return Err(Echec::Injoignable(format!("réponse {statut} sur la personne")));
        }
        let dires = if reponse.genre.starts_with("application/jwt") {
            let jeton = std::str::from_utf8(&reponse.corps).map_err(|_| Defaut::Illisible)?;
            let dires = self.lire(jeton.trim()).await?;
            self.controler_l_origine(&dires)?;
            let fin = dires.get("exp").and_then(Value::as_i64);
            if fin.is_some_and(|fin| fin + DERIVE <= maintenant) {
                return Err(Echec::Dires("la réponse sur la personne a expiré"));
            }
            dires
        } else {
            en_json(&reponse)?
        };
        if texte(&dires, "sub").as_deref() != Some(sujet) {
            return Err(Echec::Dires("la réponse parle d'une autre personne"));
        }
        Ok(dires)
    }

    /// Lit un jeton signé. Une clé inconnue fait relire les clés, une fois : le fournisseur en a changé.
    async fn lire(&self, jeton: &str) -> Result<Dires, Echec> {
        match verifier(jeton, &self.decouvert().await?.cles) {
            Err(Defaut::CleInconnue) => {
                *self.decouvert.write().await = None;
                Ok(verifier(jeton, &self.decouvert().await?.cles)?)
            }
            autre => Ok(autre?),
        }
    }

    async fn decouvert(&self) -> Result<Decouvert, Echec> {
        if let Some(connu) = self.decouvert.read().await.as_ref() {
            return Ok(connu.clone());
        }
        let emetteur = &self.reglages.emetteur;
        let url = format!("{}/.well-known/openid-configuration", emetteur.trim_end_matches('/'));
        let annonce: Annonce = self.publie(&url).await?;
        if annonce.issuer != *emetteur {
            return Err(Echec::Dires("le fournisseur se présente sous un autre nom"));
        }
        let adresses = [&annonce.token_endpoint, &annonce.userinfo_endpoint, &annonce.jwks_uri];
        if adresses.into_iter().chain([&annonce.authorization_endpoint]).any(|a| !sure(a)) {
            return Err(Echec::Dires("le fournisseur donne une adresse qui n'est pas chiffrée"));
        }
        let cles: Cles = self.publie(&annonce.jwks_uri).await?;
        let decouvert = Decouvert { annonce, cles: cles.lues() };
        *self.decouvert.write().await = Some(decouvert.clone());
        Ok(decouvert)
    }

    async fn publie<T: for<'a> Deserialize<'a>>(&self, url: &str) -> Result<T, Echec> {
        let reponse = self.http.lire(url, None).await?;
        if reponse.statut != 200 {
            return Err(Echec::Injoignable(format!("réponse {} à {url}", reponse.statut)));
        }
        serde_json::from_slice(&reponse.corps).map_err(|e| Echec::injoignable(&e))
    }
}

/// Une adresse où un secret peut voyager : chiffrée, ou sur cette machine.
///
/// ```
/// use oidc::fournisseur::sure;
///
/// assert!(sure("https://identite.exemple.fr/api") && sure("http://127.0.0.1:4000"));
/// assert!(!sure("http://identite.exemple.fr") && !sure("http://127.0.0.1.exemple.fr"));
/// ```
#[must_use]
pub fn sure(adresse: &str) -> bool {
    let locale = adresse.strip_prefix("http://").is_some_and(|reste| {
        let hote = reste.split(['/', ':', '?']).next().unwrap_or_default();
        ["127.0.0.1", "localhost"].contains(&hote)
    });
    locale || adresse.starts_with("https://")
}

fn en_json(reponse: &Reponse) -> Result<Dires, Echec> {
    serde_json::from_slice(&reponse.corps).map_err(|e| Echec::injoignable(&e))
}

fn texte(dires: &Dires, nom: &str) -> Option<String> {
    dires.get(nom).and_then(Value::as_str).filter(|t| !t.is_empty()).map(str::to_owned)
}

/// Le code d'une erreur, sans son texte : il pourrait nommer quelqu'un.
fn code_d_erreur(recu: &Dires) -> String {
    let code = texte(recu, "error").unwrap_or_default();
    code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect()
}
