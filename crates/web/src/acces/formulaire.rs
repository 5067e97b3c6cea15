//! Les formulaires : lus en entier, et seulement avec le jeton que la page leur a donné.

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::{Extensions, HeaderMap};

use super::session::{AgentConnecte, EnChemin, jeton_avant_session};
use crate::erreur::ErreurWeb;

/// Le nom du champ caché qui porte le jeton.
pub(crate) const JETON: &str = "jeton";

/// Ce qu'un formulaire a envoyé, dans l'ordre, une fois son jeton vérifié.
#[derive(Clone, Debug, Default)]
pub struct Formulaire {
    champs: Vec<(String, String)>,
}

impl Formulaire {
    /// Ce qu'un lien propose d'écrire d'avance : rien n'est encore envoyé, aucun jeton n'est dû.
    #[must_use]
    pub fn propose(champs: Vec<(String, String)>) -> Self {
        Self { champs }
    }

    /// La valeur d'un champ, sans espaces autour ; vide s'il n'est pas là.
    #[must_use]
    pub fn texte(&self, nom: &str) -> &str {
        self.champs.iter().find(|(cle, _)| cle == nom).map_or("", |(_, valeur)| valeur.trim())
    }

    /// Les valeurs d'un champ répété : cases cochées, colonnes.
    pub fn tous<'a>(&'a self, nom: &'a str) -> impl Iterator<Item = &'a str> {
        self.champs.iter().filter(move |(cle, _)| cle == nom).map(|(_, valeur)| valeur.as_str())
    }

    /// Tous les champs remplis, sauf le jeton.
    pub fn remplis(&self) -> impl Iterator<Item = (&str, &str)> {
        self.champs
            .iter()
            .map(|(cle, valeur)| (cle.as_str(), valeur.trim()))
            .filter(|(cle, valeur)| *cle != JETON && !valeur.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Formulaire {
    type Rejection = ErreurWeb;

    async fn from_request(requete: Request, etat: &S) -> Result<Self, ErreurWeb> {
        let attendu = jeton_attendu(requete.extensions(), requete.headers());
        let axum::extract::RawForm(corps) = axum::extract::RawForm::from_request(requete, etat)
            .await
            .map_err(|rejet| ErreurWeb::de_statut(rejet.status()))?;
        let champs = lire_les_champs(&corps);
        let recu = champs.iter().find(|(cle, _)| cle == JETON).map(|(_, valeur)| valeur.as_str());
        verifier(attendu.as_deref(), recu)?;
        Ok(Self { champs })
    }
}

/// Un envoi de fichiers dont le jeton, premier champ, a été vérifié avant de lire la suite.
pub struct Envoi {
    morceaux: Multipart,
    /// Les champs simples déjà lus.
    pub champs: Formulaire,
}

/// Un fichier reçu.
pub struct Fichier {
    pub nom: String,
    pub octets: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for Envoi {
    type Rejection = ErreurWeb;

    async fn from_request(requete: Request, etat: &S) -> Result<Self, ErreurWeb> {
        let attendu = jeton_attendu(requete.extensions(), requete.headers());
        let Ok(mut morceaux) = Multipart::from_request(requete, etat).await else {
            return Err(verifier(attendu.as_deref(), None).err().unwrap_or(ErreurWeb::Jeton));
        };
        let premier = morceaux.next_field().await.map_err(|e| ErreurWeb::de_statut(e.status()))?;
        let recu = match premier {
            Some(champ) if champ.name() == Some(JETON) => texte(champ).await?,
            Some(_) | None => String::new(),
        };
        verifier(attendu.as_deref(), Some(&recu))?;
        Ok(Self { morceaux, champs: Formulaire::default() })
    }
}

impl Envoi {
    /// Le prochain fichier ; les champs simples rencontrés en chemin sont gardés.
    ///
    /// # Erreurs
    ///
    /// Quand l'envoi s'interrompt ou dépasse la taille permise.
    pub async fn fichier(&mut self) -> Result<Option<Fichier>, ErreurWeb> {
        while let Some(mut champ) =
            self.morceaux.next_field().await.map_err(|e| ErreurWeb::de_statut(e.status()))?
        {
            let Some(nom) = champ.file_name().map(nom_seul) else {
                let cle = champ.name().unwrap_or_default().to_owned();
                let valeur = texte(champ).await?;
                self.champs.champs.push((cle, valeur));
                continue;
            };
            let mut octets = Vec::new();
            while let Some(morceau) =
                champ.chunk().await.map_err(|e| ErreurWeb::de_statut(e.status()))?
            {
                octets.extend_from_slice(&morceau);
            }
            // Un champ de fichier laissé vide arrive sans nom et sans octets.
            if !nom.is_empty() || !octets.is_empty() {
                return Ok(Some(Fichier { nom, octets }));
            }
        }
        Ok(None)
    }
}

async fn texte(champ: Field<'_>) -> Result<String, ErreurWeb> {
    champ.text().await.map_err(|e| ErreurWeb::de_statut(e.status()))
}

/// Certains navigateurs envoient le chemin entier : seul le nom compte.
fn nom_seul(nom: &str) -> String {
    nom.rsplit(['/', '\\']).next().unwrap_or(nom).to_owned()
}

fn jeton_attendu(extensions: &Extensions, entetes: &HeaderMap) -> Option<String> {
    extensions
        .get::<AgentConnecte>()
        .map(|connecte| connecte.jeton.clone())
        .or_else(|| extensions.get::<EnChemin>().map(|e| e.0.jeton_csrf.clone()))
        .or_else(|| jeton_avant_session(entetes))
}

fn verifier(attendu: Option<&str>, recu: Option<&str>) -> Result<(), ErreurWeb> {
    match (attendu, recu) {
        (Some(attendu), Some(recu)) if sans_fuite(attendu, recu) => Ok(()),
        _ => Err(ErreurWeb::Jeton),
    }
}

/// Compare en un temps qui ne dépend pas de l'endroit où les textes diffèrent.
fn sans_fuite(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |ecart, (x, y)| ecart | (x ^ y)) == 0
}

/// Les champs d'un corps `application/x-www-form-urlencoded`.
pub(crate) fn lire_les_champs(corps: &[u8]) -> Vec<(String, String)> {
    corps
        .split(|octet| *octet == b'&')
        .filter(|paire| !paire.is_empty())
        .map(|paire| {
            let mut moities = paire.splitn(2, |octet| *octet == b'=');
            let mut moitie = || decoder(moities.next().unwrap_or_default());
            (moitie(), moitie())
        })
        .collect()
}

fn decoder(texte: &[u8]) -> String {
    let mut octets = Vec::with_capacity(texte.len());
    let mut reste = texte;
    while let Some((&premier, suite)) = reste.split_first() {
        reste = suite;
        let code = suite.get(..2).and_then(|h| std::str::from_utf8(h).ok());
        match (premier, code.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(octet)) => {
                octets.push(octet);
                reste = suite.get(2..).unwrap_or_default();
            }
            (b'+', _) => octets.push(b' '),
            (octet, _) => octets.push(octet),
        }
    }
    String::from_utf8_lossy(&octets).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_formulaire_se_lit_avec_ses_accents_et_ses_repetitions() {
        let champs = lire_les_champs(b"nom=Lef%C3%A8vre+Jeanne&lettre=1&lettre=2&vide=&seul");
        let formulaire = Formulaire { champs };
        assert_eq!(formulaire.texte("nom"), "Lefèvre Jeanne");
        assert_eq!(formulaire.tous("lettre").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(formulaire.texte("seul"), "");
        assert_eq!(formulaire.remplis().count(), 3);
    }

    #[test]
    fn un_pourcent_isole_reste_un_pourcent() {
        assert_eq!(decoder(b"100%"), "100%");
        assert_eq!(decoder(b"%zz+%41"), "%zz A");
    }

    #[test]
    fn deux_jetons_differents_ne_passent_pas() {
        assert!(sans_fuite("abc", "abc"));
        assert!(!sans_fuite("abc", "abd"));
        assert!(!sans_fuite("abc", "ab"));
    }
}
