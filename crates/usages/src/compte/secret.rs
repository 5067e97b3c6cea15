//! Le mot de passe : tiré au sort, haché par argon2id, jamais gardé en clair.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use super::solidite;
use crate::echec::Echec;

/// Un mot de passe en clair. Son affichage de mise au point ne le montre pas.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Longueur minimale d'un mot de passe choisi par une personne.
const LONGUEUR_MINIMALE: usize = 12;
/// Au-delà, un mot de passe n'ajoute rien, et le hacher prendrait du temps à tout le monde.
const LONGUEUR_MAXIMALE: usize = 128;

/// Un des réglages d'argon2id que recommande l'aide-mémoire de l'OWASP sur les mots de passe :
/// dix-neuf mébioctets, deux passes, un fil.
const MEMOIRE_KIO: u32 = 19_456;
const PASSES: u32 = 2;
const FILS: u32 = 1;

/// Sans O, 0, I, 1 : un mot de passe se dicte.
const LETTRES: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

impl Secret {
    /// Un mot de passe tel que saisi pour se connecter.
    #[must_use]
    pub fn saisi(texte: &str) -> Self {
        Self(texte.to_owned())
    }

    /// Un mot de passe choisi par une personne dont on connaît ces mots : nom, identifiant, organisme.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] s'il a moins de douze caractères, plus de cent vingt-huit, ou s'il se devine.
    pub fn choisi(texte: &str, personnels: &[&str]) -> Result<Self, Echec> {
        let longueur = texte.chars().count();
        if longueur < LONGUEUR_MINIMALE {
            return Err(Echec::Refus(format!(
                "Ce mot de passe est trop court : il se devinerait. Prenez-en un de {LONGUEUR_MINIMALE} caractères ou plus."
            )));
        }
        if longueur > LONGUEUR_MAXIMALE {
            return Err(Echec::Refus(format!(
                "Ce mot de passe est trop long : au-delà de {LONGUEUR_MAXIMALE} caractères, il ne protège pas mieux. Raccourcissez-le."
            )));
        }
        if solidite::se_devine(texte, personnels) {
            return Err(Echec::Refus(
                "Ce mot de passe se devine : il est fait d'un mot courant, de votre nom ou d'une suite, \
                 que les listes d'attaque essaient d'abord. Prenez plutôt quatre mots sans rapport entre eux."
                    .to_owned(),
            ));
        }
        Ok(Self(texte.to_owned()))
    }

    /// Un mot de passe de seize lettres tirées au sort : « k7mp-x3dt-9hwq-r2vn ».
    ///
    /// ```
    /// use usages::compte::secret::Secret;
    ///
    /// assert_eq!(Secret::tire(&[0; 32]).en_clair(), "aaaa-aaaa-aaaa-aaaa");
    /// ```
    #[must_use]
    pub fn tire(hasard: &[u8; 32]) -> Self {
        let lettres = hasard.iter().take(16).map(|octet| LETTRES[usize::from(octet % 32)]);
        let mut texte = String::with_capacity(19);
        for (rang, lettre) in lettres.enumerate() {
            if rang > 0 && rang % 4 == 0 {
                texte.push('-');
            }
            texte.push(char::from(lettre));
        }
        Self(texte)
    }

    /// Le mot de passe, pour le remettre à la personne une seule fois.
    #[must_use]
    pub fn en_clair(&self) -> &str {
        &self.0
    }

    /// Le haché qu'on garde, salé par le hasard.
    pub(crate) async fn hacher(&self, hasard: [u8; 32]) -> Result<String, Echec> {
        let secret = self.clone();
        TOUR.passer(move || {
            argon2()?
                .hash_password_with_salt(secret.0.as_bytes(), &hasard[16..])
                .map(|hache| hache.to_string())
        })
        .await?
        .map_err(panne)
    }

    /// Est-ce le mot de passe haché ainsi ?
    pub(crate) async fn correspond(&self, hache: &str) -> Result<bool, Echec> {
        let (secret, hache) = (self.clone(), hache.to_owned());
        TOUR.passer(move || {
            PasswordHash::new(&hache)
                .is_ok_and(|h| Argon2::default().verify_password(secret.0.as_bytes(), &h).is_ok())
        })
        .await
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    let reglages = Params::new(MEMOIRE_KIO, PASSES, FILS, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, reglages))
}

/// Ce haché vient d'autres réglages que ceux d'aujourd'hui : il se refait dès qu'on a le mot de passe.
pub(super) fn est_d_avant(hache: &str) -> bool {
    let attendu = format!("$argon2id$v=19$m={MEMOIRE_KIO},t={PASSES},p={FILS}$");
    !hache.starts_with(&attendu)
}

/// Un haché de même coût que les vrais, pour un identifiant qui n'existe pas : l'attente ne dit rien.
pub(crate) const HACHE_DE_PERSONNE: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Un calcul occupe un processeur et dix-neuf mégaoctets : peu à la fois, quoi qu'on nous envoie.
const A_LA_FOIS: usize = 4;
/// Ceux qui attendent leur tour ; au-delà, mieux vaut dire de revenir que faire attendre tout le monde.
const EN_ATTENTE: usize = 64;

/// Qui calcule, et qui attend son tour.
struct Tour {
    calculs: Semaphore,
    file: Semaphore,
}

static TOUR: Tour = Tour::nouveau();

impl Tour {
    const fn nouveau() -> Self {
        Self {
            calculs: Semaphore::const_new(A_LA_FOIS),
            file: Semaphore::const_new(A_LA_FOIS + EN_ATTENTE),
        }
    }

    /// Hacher prend des dizaines de millisecondes de calcul : ailleurs que sur le fil des pages.
    async fn passer<T: Send + 'static>(
        &self,
        travail: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Echec> {
        let _place = self.file.try_acquire().map_err(|_| Echec::Attente {
            secondes: 5,
            texte: "Trop de connexions arrivent en même temps : la vôtre n'a pas été vérifiée. Réessayez dans quelques secondes."
                .to_owned(),
        })?;
        let _tour = self.calculs.acquire().await.map_err(panne)?;
        tokio::task::spawn_blocking(travail).await.map_err(panne)
    }
}

fn panne(cause: impl std::error::Error + Send + Sync + 'static) -> Echec {
    Echec::Base(stockage::echec::Echec::Panne(Box::new(cause)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn le_hache_reconnait_son_mot_de_passe_et_lui_seul() {
        let secret = Secret::saisi("un long mot de passe");
        let hache = secret.hacher([7; 32]).await.unwrap();
        assert!(hache.starts_with("$argon2id$"));
        assert!(secret.correspond(&hache).await.unwrap());
        assert!(!Secret::saisi("un long mot de passE").correspond(&hache).await.unwrap());
    }

    #[tokio::test]
    async fn une_foule_d_essais_attend_son_tour_ou_revient_plus_tard() {
        static TOUR: Tour = Tour::nouveau();
        let foule = A_LA_FOIS + EN_ATTENTE + 8;
        let calcul = || std::thread::sleep(std::time::Duration::from_millis(2));
        let essais: Vec<_> =
            (0..foule).map(|_| tokio::spawn(async move { TOUR.passer(calcul).await })).collect();
        let mut renvoyes = 0;
        for essai in essais {
            if let Err(echec) = essai.await.unwrap() {
                assert!(matches!(echec, Echec::Attente { .. }), "{echec}");
                renvoyes += 1;
            }
        }
        assert_eq!(renvoyes, 8, "les autres ont attendu leur tour");
    }

    #[tokio::test]
    async fn personne_n_a_le_hache_de_personne() {
        assert!(!Secret::saisi("").correspond(HACHE_DE_PERSONNE).await.unwrap());
    }

    #[test]
    fn un_mot_de_passe_court_est_refuse_avec_la_longueur_demandee() {
        let refus = Secret::choisi("onze lettre", &[]).unwrap_err().to_string();
        assert!(refus.contains("12 caractères"), "{refus}");
        assert!(Secret::choisi("douze lettre", &[]).is_ok());
        let refus = Secret::choisi(&"abcdefghij klm".repeat(10), &[]).unwrap_err().to_string();
        assert!(refus.contains("trop long"), "{refus}");
    }

    #[tokio::test]
    async fn un_hache_d_autres_reglages_se_reconnait_et_verifie_encore() {
        let secret = Secret::saisi("un long mot de passe");
        let hache = secret.hacher([7; 32]).await.unwrap();
        assert!(!est_d_avant(&hache) && !est_d_avant(HACHE_DE_PERSONNE), "{hache}");
        let faibles = Params::new(8 * 1024, 1, 1, None).unwrap();
        let avant = Argon2::new(Algorithm::Argon2id, Version::V0x13, faibles)
            .hash_password_with_salt(b"un long mot de passe", &[3; 16])
            .unwrap()
            .to_string();
        assert!(est_d_avant(&avant), "{avant}");
        assert!(secret.correspond(&avant).await.unwrap());
    }

    #[test]
    fn deux_hasards_donnent_deux_mots_de_passe() {
        assert_ne!(Secret::tire(&[1; 32]), Secret::tire(&[2; 32]));
        assert_eq!(format!("{:?}", Secret::tire(&[1; 32])), "Secret(…)");
    }
}
