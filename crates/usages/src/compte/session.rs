//! Se connecter, rester connecté, se déconnecter.

use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use stockage::base::Stockage;
use stockage::compte::{Compte, Session};

use super::reconnus::Reconnus;
use super::secret::{HACHE_DE_PERSONNE, Secret};
use crate::echec::Echec;

/// Essais manqués permis avant que l'attente commence.
const ESSAIS_LIBRES: i64 = 5;
/// L'attente double à chaque essai, jusqu'à un quart d'heure.
const ATTENTE_MAXIMALE: SignedDuration = SignedDuration::from_mins(15);
/// Une session vue il y a moins longtemps n'est pas réécrite à chaque page.
const RAFRAICHIR_APRES: SignedDuration = SignedDuration::from_mins(1);

/// Vérifie un identifiant et un mot de passe, et rend la personne.
///
/// # Erreurs
///
/// [`Echec::Refus`] : identifiant ou mot de passe inconnu (sans dire lequel), compte désactivé ou fini, ou
/// trop d'essais manqués, avec l'attente qui reste.
pub async fn verifier(
    stockage: &Stockage,
    identifiant: &str,
    secret: &Secret,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Agent, Echec> {
    let identifiant = identifiant.trim().to_lowercase();
    let compte = stockage.compte_par_identifiant(&identifiant).await?;
    if let Some(fin) = compte.as_ref().and_then(fin_de_l_attente).filter(|fin| *fin > maintenant) {
        return Err(trop_d_essais(fin, maintenant));
    }
    let hache = compte.as_ref().map_or(HACHE_DE_PERSONNE, |c| c.secret.as_str());
    let juste = secret.correspond(hache).await?;
    match compte {
        Some(compte) if juste && compte.actif && fini(&compte, aujourd_hui) => {
            Err(Echec::Refus(
                "Ce compte avait une fin, et elle est passée : il ne donne plus accès à rien. \
                 Demandez à la personne qui administre les comptes d'en ouvrir un autre."
                    .to_owned(),
            ))
        }
        Some(compte) if juste && compte.actif => Ok(compte.agent),
        Some(compte) if !juste => {
            let essais = stockage.essai_manque(compte.agent.id, maintenant).await?;
            Err(match attente(essais) {
                Some(attente) => trop_d_essais(maintenant + attente, maintenant),
                None => inconnu(),
            })
        }
        Some(_) => Err(Echec::Refus(
            "Ce compte est désactivé. Demandez à la personne qui administre les comptes de le rouvrir."
                .to_owned(),
        )),
        None => Err(inconnu()),
    }
}

/// Comme [`verifier`], pour un programme qui se nomme à chaque demande : ce qui vient d'être vérifié ne
/// se recalcule pas, et les essais manqués d'un autre ne l'arrêtent pas.
///
/// # Erreurs
///
/// Comme [`verifier`].
pub async fn verifier_encore(
    stockage: &Stockage,
    reconnus: &Reconnus,
    identifiant: &str,
    secret: &Secret,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Agent, Echec> {
    let normalise = identifiant.trim().to_lowercase();
    let compte = stockage.compte_par_identifiant(&normalise).await?;
    if let Some(compte) = compte.as_ref().filter(|c| c.actif && !fini(c, aujourd_hui))
        && reconnus.connait(&compte.secret, secret, maintenant)
    {
        return Ok(compte.agent.clone());
    }
    let agent = verifier(stockage, identifiant, secret, aujourd_hui, maintenant).await?;
    if let Some(compte) = compte {
        reconnus.retenir(&compte.secret, secret, maintenant);
    }
    Ok(agent)
}

/// Ouvre une session neuve, et rend son jeton : lui seul la désigne, et il n'est pas gardé.
///
/// # Erreurs
///
/// Si la base ne répond pas.
pub async fn ouvrir_session(
    stockage: &Stockage,
    agent: &Agent,
    hasard: [u8; 32],
    maintenant: Timestamp,
    inactivite: SignedDuration,
) -> Result<String, Echec> {
    let jeton = hex::encode(hasard);
    let session = Session {
        empreinte: empreinte(&jeton),
        compte: agent.id,
        cree_le: maintenant,
        vu_le: maintenant,
        expire_le: maintenant + inactivite,
        jeton_csrf: jeton_de_formulaire(&jeton),
    };
    stockage.ouvrir_session(&session).await?;
    Ok(jeton)
}

/// La personne d'une session encore ouverte, et le jeton de ses formulaires. La page vue la prolonge.
///
/// # Erreurs
///
/// Si la base ne répond pas.
pub async fn agent_de_session(
    stockage: &Stockage,
    jeton: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
    inactivite: SignedDuration,
) -> Result<Option<(Agent, String)>, Echec> {
    let empreinte = empreinte(jeton);
    let Some((session, compte)) = stockage.session(&empreinte, maintenant).await? else {
        return Ok(None);
    };
    if fini(&compte, aujourd_hui) {
        stockage.fermer_session(&empreinte).await?;
        return Ok(None);
    }
    if maintenant.duration_since(session.vu_le) > RAFRAICHIR_APRES {
        stockage.prolonger_session(&empreinte, maintenant, maintenant + inactivite).await?;
    }
    Ok(Some((compte.agent, session.jeton_csrf)))
}

/// Le dernier jour du compte est passé.
fn fini(compte: &Compte, aujourd_hui: Date) -> bool {
    compte.fin.is_some_and(|fin| fin < aujourd_hui)
}

/// Ferme une session.
///
/// # Erreurs
///
/// Si la base ne répond pas.
pub async fn fermer_session(stockage: &Stockage, jeton: &str) -> Result<(), Echec> {
    Ok(stockage.fermer_session(&empreinte(jeton)).await?)
}

/// Le jeton des formulaires d'une session : on ne remonte pas de l'un à l'autre.
#[must_use]
pub fn jeton_de_formulaire(jeton: &str) -> String {
    hex::encode(Sha256::digest(format!("formulaire:{jeton}")))
}

fn empreinte(jeton: &str) -> String {
    hex::encode(Sha256::digest(jeton))
}

/// L'attente après tant d'essais manqués : rien jusqu'à cinq, puis une minute, deux, quatre…
fn attente(essais: i64) -> Option<SignedDuration> {
    let de_trop = u32::try_from(essais.checked_sub(ESSAIS_LIBRES)?).ok()?;
    let minutes = 1_i64.checked_shl(de_trop.min(10))?;
    Some(SignedDuration::from_mins(minutes).min(ATTENTE_MAXIMALE))
}

fn fin_de_l_attente(compte: &Compte) -> Option<Timestamp> {
    Some(compte.dernier_echec? + attente(compte.echecs)?)
}

fn inconnu() -> Echec {
    Echec::Refus(
        "Identifiant ou mot de passe inconnu. Vérifiez les majuscules, puis réessayez.".to_owned(),
    )
}

fn trop_d_essais(fin: Timestamp, maintenant: Timestamp) -> Echec {
    let secondes = fin.duration_since(maintenant).as_secs();
    let reste = match (secondes + 59) / 60 {
        0 | 1 => "une minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    let texte = format!(
        "Trop d'essais manqués : la connexion attend, pour qu'on ne devine pas ce mot de passe. \
         Réessayez dans {reste}, ou demandez-en un nouveau."
    );
    Echec::Attente { secondes, texte }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_attente_commence_au_cinquieme_essai_et_s_arrete_a_un_quart_d_heure() {
        for (essais, minutes) in [
            (0, None),
            (4, None),
            (5, Some(1)),
            (6, Some(2)),
            (8, Some(8)),
            (9, Some(15)),
            (500, Some(15)),
        ] {
            assert_eq!(attente(essais), minutes.map(SignedDuration::from_mins), "{essais} essais");
        }
    }
}
