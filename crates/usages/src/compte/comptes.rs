//! Les comptes : les lister, en créer, les désactiver, changer un mot de passe.

use std::collections::BTreeSet;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Borne};
use ccapex::partenaires::habilitation::cle_emetteur;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::base::Stockage;
use stockage::compte::Compte;
use stockage::geste::Geste;

use super::secret::{HACHE_DE_PERSONNE, Secret};
use crate::echec::Echec;

/// Un compte à créer. Le numéro de l'agent est attribué par la base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NouveauCompte {
    /// Le nom par lequel la personne se connecte.
    pub identifiant: String,
    /// La personne et sa mission.
    pub agent: Agent,
    /// Le dernier jour où le compte sert, compris ; rien s'il n'a pas de fin.
    pub fin: Option<Date>,
}

/// Un compte, comme l'administration le voit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompteVu {
    /// La personne et sa mission.
    pub agent: Agent,
    /// Le nom par lequel elle se connecte.
    pub identifiant: String,
    /// Le compte sert encore.
    pub actif: bool,
    /// L'instant de sa création.
    pub cree_le: Timestamp,
    /// Le dernier jour où le compte sert, compris.
    pub fin: Option<Date>,
    /// Un second facteur y est actif.
    pub facteur: bool,
    /// La personne n'a pas encore pris possession de son compte.
    pub invite: bool,
}

/// Tous les comptes, par identifiant.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas.
pub async fn lister(stockage: &Stockage, qui: &Agent) -> Result<Vec<CompteVu>, Echec> {
    let comptes = stockage.comptes(&qui.peut_administrer()?).await?;
    vus(stockage, comptes).await
}

/// Ces comptes, comme on les montre à qui en répond.
pub(super) async fn vus(stockage: &Stockage, comptes: Vec<Compte>) -> Result<Vec<CompteVu>, Echec> {
    let a_facteur = stockage.comptes_a_second_facteur().await?;
    let invites = stockage.comptes_invites().await?;
    Ok(comptes
        .into_iter()
        .map(|c| CompteVu {
            facteur: a_facteur.contains(&c.agent.id.0),
            invite: invites.contains(&c.agent.id.0),
            agent: c.agent,
            identifiant: c.identifiant,
            actif: c.actif,
            cree_le: c.cree_le,
            fin: c.fin,
        })
        .collect())
}

/// Crée un compte au nom d'une personne qui administre.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas, [`Echec::Refus`] si une information manque
/// ou si l'identifiant est pris.
pub async fn creer(
    stockage: &Stockage,
    qui: &Agent,
    nouveau: NouveauCompte,
    secret: &Secret,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<AgentId, Echec> {
    qui.peut_administrer()?;
    creer_sans_personne(stockage, nouveau, secret, quand, hasard).await
}

/// Crée un compte depuis la ligne de commande : le premier, ou ceux d'une démonstration.
///
/// Qui tient la machine tient déjà la base : aucune preuve n'est demandée.
///
/// # Erreurs
///
/// [`Echec::Refus`] si une information manque ou si l'identifiant est pris.
pub async fn creer_sans_personne(
    stockage: &Stockage,
    nouveau: NouveauCompte,
    secret: &Secret,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<AgentId, Echec> {
    let nouveau = controler(nouveau)?;
    ecrire(stockage, nouveau, secret.hacher(hasard).await?, quand).await
}

/// Crée un compte dont personne n'a le mot de passe : un lien d'invitation le donnera.
pub(super) async fn creer_sans_secret(
    stockage: &Stockage,
    nouveau: NouveauCompte,
    quand: Timestamp,
) -> Result<AgentId, Echec> {
    ecrire(stockage, controler(nouveau)?, HACHE_DE_PERSONNE.to_owned(), quand).await
}

async fn ecrire(
    stockage: &Stockage,
    nouveau: NouveauCompte,
    secret: String,
    quand: Timestamp,
) -> Result<AgentId, Echec> {
    let compte = Compte {
        agent: nouveau.agent,
        identifiant: nouveau.identifiant,
        secret,
        actif: true,
        cree_le: quand,
        echecs: 0,
        dernier_echec: None,
        fin: nouveau.fin,
    };
    Ok(stockage.creer_compte(&compte).await?)
}

/// Donne un nouveau mot de passe, et ferme les sessions ouvertes avec l'ancien.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; introuvable si le compte n'existe pas.
pub async fn changer_secret(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
    secret: &Secret,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<(), Echec> {
    let preuve = qui.peut_administrer()?;
    let compte = stockage.compte(id).await?;
    let change = Compte { secret: secret.hacher(hasard).await?, ..compte };
    // Désactiver ferme les sessions : l'ancien mot de passe ne vaut plus, même déjà saisi.
    stockage.changer_compte(&preuve, &Compte { actif: false, ..change.clone() }).await?;
    stockage.changer_compte(&preuve, &change).await?;
    Ok(stockage.noter_geste(id, Geste::MotDePasse, qui.id, "", quand).await?)
}

/// Retire le second facteur d'une personne qui a perdu son téléphone et ses codes, et ferme ses sessions.
/// Si son rôle en exige un, elle en choisira un autre à sa prochaine connexion.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; [`Echec::Refus`] pour soi-même, ou sans second facteur.
pub async fn retirer_le_facteur(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
    quand: Timestamp,
) -> Result<(), Echec> {
    qui.peut_administrer()?;
    if qui.id == id {
        return Err(Echec::Refus(
            "Votre propre second facteur ne se retire pas d'ici : un poste laissé ouvert y suffirait. \
             Demandez-le à une autre personne qui administre, ou passez par la ligne de commande."
                .to_owned(),
        ));
    }
    let facteur = stockage.second_facteur(id).await?;
    if facteur.is_none_or(|f| f.actif_le.is_none()) {
        return Err(Echec::Refus(
            "Ce compte n'a pas de second facteur : il n'y a rien à retirer.".to_owned(),
        ));
    }
    stockage.retirer_facteur(id).await?;
    stockage.fermer_les_autres_sessions(id, "").await?;
    Ok(stockage.noter_geste(id, Geste::FacteurRetire, qui.id, "", quand).await?)
}

/// Ferme toutes les sessions d'une personne, et ne fait plus confiance à aucun de ses appareils.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas.
pub async fn fermer_les_sessions(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
    quand: Timestamp,
) -> Result<(), Echec> {
    qui.peut_administrer()?;
    stockage.fermer_les_autres_sessions(id, "").await?;
    stockage.oublier_appareils(id).await?;
    Ok(stockage.noter_geste(id, Geste::SessionsFermees, qui.id, "", quand).await?)
}

/// Un compte sert, ou ne sert plus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// La personne peut se connecter.
    Actif,
    /// Elle ne le peut plus, et ses sessions sont fermées.
    Desactive,
}

/// Désactive ou réactive un compte.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; [`Echec::Refus`] pour son propre compte.
pub async fn changer_service(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
    service: Service,
) -> Result<(), Echec> {
    let preuve = qui.peut_administrer()?;
    if qui.id == id && service == Service::Desactive {
        return Err(Echec::Refus(
            "Votre propre compte ne se désactive pas : plus personne ne pourrait le rouvrir. \
             Demandez-le à une autre personne qui administre."
                .to_owned(),
        ));
    }
    let compte = stockage.compte(id).await?;
    let actif = service == Service::Actif;
    Ok(stockage.changer_compte(&preuve, &Compte { actif, ..compte }).await?)
}

/// La marque de responsable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marque {
    /// La personne répond des comptes de son organisme.
    Donnee,
    /// Elle n'en répond plus.
    Retiree,
}

/// Donne ou retire à une personne la marque de responsable de son organisme.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; [`Echec::Refus`] pour une mission qui n'a personne à inviter.
pub async fn donner_la_marque(
    stockage: &Stockage,
    qui: &Agent,
    id: AgentId,
    marque: Marque,
    quand: Timestamp,
) -> Result<(), Echec> {
    let preuve = qui.peut_administrer()?;
    let compte = stockage.compte(id).await?;
    let responsable = marque == Marque::Donnee;
    if responsable && compte.agent.role.missions_a_confier().is_empty() {
        return Err(Echec::Refus(
            "Cette mission ne se confie que par l'administration : la marque ne permettrait rien. \
             Donnez-la à une personne d'une autre mission."
                .to_owned(),
        ));
    }
    let agent = Agent { responsable, ..compte.agent.clone() };
    stockage.changer_compte(&preuve, &Compte { agent, ..compte }).await?;
    let geste = match marque {
        Marque::Donnee => Geste::ResponsabiliteDonnee,
        Marque::Retiree => Geste::ResponsabiliteRetiree,
    };
    Ok(stockage.noter_geste(id, geste, qui.id, "", quand).await?)
}

/// Refuse un compte dont la mission n'aurait pas de périmètre.
fn controler(mut nouveau: NouveauCompte) -> Result<NouveauCompte, Echec> {
    let refus = |texte: &str| Err(Echec::Refus(texte.to_owned()));
    nouveau.identifiant = nouveau.identifiant.trim().to_lowercase();
    let agent = &mut nouveau.agent;
    agent.nom = agent.nom.trim().to_owned();
    agent.organisme = agent.organisme.trim().to_owned();
    if nouveau.identifiant.is_empty() || nouveau.identifiant.contains(char::is_whitespace) {
        return refus(
            "L'identifiant manque ou contient une espace. Écrivez-le d'un seul mot, par exemple jdurand.",
        );
    }
    if agent.nom.is_empty() {
        return refus("Le nom manque : il signe chaque geste. Écrivez le nom et le prénom.");
    }
    if agent.organisme.is_empty() {
        return refus(
            "L'organisme manque : il dit au nom de qui la personne agit. Écrivez-le en entier.",
        );
    }
    if cle_emetteur(&agent.organisme).is_empty() {
        return refus(
            "L'organisme n'a ni lettre ni chiffre : rien ne le relierait à ce qu'il envoie. Écrivez son nom.",
        );
    }
    // Une sous-commission, un service ou des communes ne se gardent que pour le rôle qu'ils bornent.
    let borne = agent.role.borne();
    let en_sous_commission =
        matches!(borne, Borne::SousCommission | Borne::SousCommissionFacultative);
    agent.sous_commission =
        agent.sous_commission.take().filter(|s| en_sous_commission && !s.is_empty());
    agent.service = agent.service.take().filter(|s| borne == Borne::Service && !s.is_empty());
    agent.responsable &= !agent.role.missions_a_confier().is_empty();
    if borne == Borne::Communes {
        agent.communes = communes(&agent.communes)?;
    } else {
        agent.communes.clear();
    }
    match borne {
        Borne::SousCommission if agent.sous_commission.is_none() => {
            refus("La sous-commission manque : ce rôle ne voit que la sienne. Choisissez-la.")
        }
        Borne::Service if agent.service.is_none() => refus(
            "Le service manque : ce rôle ne voit que les dossiers qui lui sont confiés. Choisissez-le.",
        ),
        Borne::Communes if agent.communes.is_empty() => refus(
            "La commune manque : ce rôle ne voit que ce qui concerne la sienne. Donnez son code INSEE, ou celui de son intercommunalité (neuf chiffres).",
        ),
        Borne::Aucune
        | Borne::SousCommission
        | Borne::SousCommissionFacultative
        | Borne::Service
        | Borne::Communes => Ok(nouveau),
    }
}

/// Les codes INSEE de ces communes ; une intercommunalité vaut toutes les siennes.
fn communes(dites: &[String]) -> Result<Vec<String>, Echec> {
    let mut codes = BTreeSet::new();
    for code in dites.iter().flat_map(|dite| dite.split([',', ' ', ';'])).filter(|c| !c.is_empty())
    {
        if let Some(commune) = territoire::commune(code) {
            codes.insert(commune.code.to_owned());
        } else if let Some(epci) = territoire::epci(code) {
            codes.extend(territoire::communes_de_l_epci(epci.code).map(|c| c.code.to_owned()));
        } else {
            return Err(Echec::Refus(format!(
                "« {code} » n'est ni le code INSEE d'une commune, ni celui d'une intercommunalité. Vérifiez-le : Lens est 62498."
            )));
        }
    }
    Ok(codes.into_iter().collect())
}
