//! Les comptes d'un organisme, pour qui en répond : inviter, inviter de nouveau, fermer.
//!
//! Un responsable ne montre pas de lien et ne donne pas de mot de passe : il n'agirait pas sous son nom.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Borne, Role};
use ccapex::partenaires::organisme::{Comptes, Tenue};
use jiff::Timestamp;
use stockage::base::Stockage;
use stockage::geste::Geste;

use super::comptes::{CompteVu, NouveauCompte, vus};
use crate::echec::Echec;

/// Un compte de l'organisme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompteTenu {
    /// Le compte.
    pub compte: CompteVu,
    /// La personne qui regarde peut y inviter de nouveau, ou le fermer.
    pub tenu: bool,
}

/// Les comptes dont cette personne répond dans son organisme, par identifiant.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'en est pas responsable.
pub async fn lister(stockage: &Stockage, qui: &Agent) -> Result<Vec<CompteTenu>, Echec> {
    qui.repond_de_comptes()?;
    let siens = stockage.comptes_de_l_organisme(qui).await?;
    let siens = siens.into_iter().filter(|c| qui.voit_le_compte(&c.agent)).collect();
    Ok(vus(stockage, siens)
        .await?
        .into_iter()
        .map(|compte| CompteTenu { tenu: qui.tient_le_compte(&compte.agent).is_some(), compte })
        .collect())
}

/// Ferme un compte et ses sessions : la personne n'entre plus. Seule l'administration le rouvre.
///
/// # Erreurs
///
/// Introuvable pour un compte dont cette personne ne répond pas ; [`Echec::Refus`] pour le sien.
pub async fn fermer(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
    quand: Timestamp,
) -> Result<(), Echec> {
    if qui.id == id {
        return Err(Echec::Refus(
            "Votre propre compte ne se ferme pas d'ici : plus personne ne répondrait des autres. \
             Demandez-le à la personne qui administre les comptes."
                .to_owned(),
        ));
    }
    let (_, tenue) = tenir(stockage, qui, id).await?;
    stockage.fermer_compte(&tenue).await?;
    stockage.annuler_invitation(id).await?;
    Ok(stockage.noter_geste(id, Geste::Ferme, qui.id, "", quand).await?)
}

/// Ce compte, et la preuve qu'on en répond : un autre n'existe pas pour qui ne répond que de son organisme.
pub(super) async fn tenir(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
) -> Result<(Agent, Tenue), Echec> {
    qui.repond_de_comptes()?;
    let compte = stockage.compte(id).await?.agent;
    match qui.tient_le_compte(&compte) {
        Some(tenue) => Ok((compte, tenue)),
        None => Err(stockage::echec::Echec::Introuvable.into()),
    }
}

/// Le compte que cette personne peut ouvrir : tout ce qu'elle décrit si elle administre ; sinon dans son
/// organisme, dans sa mission ou une plus étroite, sur son territoire.
pub(super) fn ouvrable(qui: &Agent, nouveau: NouveauCompte) -> Result<NouveauCompte, Echec> {
    if qui.repond_de_comptes()? == Comptes::Tous {
        return Ok(nouveau);
    }
    let refus = |texte: &str| Err(Echec::Refus(texte.to_owned()));
    let demande = nouveau.agent;
    if !qui.role.missions_a_confier().contains(&demande.role) {
        return refus(
            "Cette mission n'est pas de celles de votre organisme : le compte verrait d'autres dossiers que les vôtres. \
             Choisissez-en une de la liste, ou demandez à la personne qui administre.",
        );
    }
    let sous_commission = if qui.role == Role::SecretariatCentral || qui.sous_commission.is_none() {
        demande.sous_commission
    } else {
        qui.sous_commission.clone()
    };
    let agent = Agent {
        id: AgentId(0),
        nom: demande.nom,
        organisme: qui.organisme.clone(),
        role: demande.role,
        profil: qui.profil.clone(),
        sous_commission,
        service: qui.service.clone(),
        communes: if demande.role.borne() == Borne::Communes {
            qui.communes.clone()
        } else {
            Vec::new()
        },
        responsable: false,
        suppleances: Vec::new(),
    };
    if qui.tient_le_compte(&agent).is_none() {
        return refus(
            "Ce compte aurait plus de droits que le vôtre : il ne se donne pas d'ici. \
             Demandez-le à la personne qui administre les comptes.",
        );
    }
    Ok(NouveauCompte { agent, ..nouveau })
}
