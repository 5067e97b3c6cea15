//! Le registre des accès : qui a lu ou écrit quoi d'un ménage, quand, au nom de quoi.
//!
//! Ordre de lecture : [`releve`] (ce qu'une demande lit), [`inscrire`] (ce qui s'en écrit), `chaine` (ce
//! qui montre qu'on y a touché), `purge`, puis ce qu'on en relit, ici.

pub mod chaine;
pub mod inscrire;
pub mod releve;
pub mod suite;

mod purge;

use std::collections::BTreeSet;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::controle::Controle;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;
use releve::Releve;
use suite::Suite;

/// Le geste d'une purge : sa ligne dit jusqu'où, et l'empreinte de la dernière retirée.
pub const PURGE: &str = "purger";

/// Le geste d'une écriture que rien d'autre ne nomme : une réception, le plus souvent.
pub const ECRIRE: &str = "ecrire";

/// Une personne, telle qu'elle était ce jour-là, et au nom de quoi elle agit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auteur {
    /// Son compte ; 0 pour le programme.
    pub agent: AgentId,
    /// Son organisme.
    pub organisme: String,
    /// Le code de son rôle.
    pub role: String,
    /// Son profil.
    pub profil: String,
    /// Le code de la finalité, déduite de sa mission.
    pub finalite: String,
    /// La raison qu'elle a dite, quand sa mission n'y suffit pas.
    pub motif: String,
}

impl Auteur {
    /// Cette personne, dans sa mission.
    #[must_use]
    pub fn de(agent: &Agent) -> Self {
        Self {
            agent: agent.id,
            organisme: agent.organisme.clone(),
            role: agent.role.code().to_owned(),
            profil: agent.profil.clone(),
            finalite: agent.role.finalite().code().to_owned(),
            motif: au_nom_de(agent),
        }
    }
}

/// Ceux qu'elle supplée ce jour-là : par leur numéro, le registre ne porte pas de nom.
fn au_nom_de(agent: &Agent) -> String {
    let numeros: Vec<String> = agent.suppleances.iter().map(|s| s.id.to_string()).collect();
    match numeros.as_slice() {
        [] => String::new(),
        [un] => format!("supplée le compte n° {un}"),
        _ => format!("supplée les comptes n° {}", numeros.join(", ")),
    }
}

/// Une ligne du registre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acces {
    /// Son numéro : les lignes se suivent sans trou.
    pub id: i64,
    /// L'instant.
    pub quand: Timestamp,
    /// La personne, et au nom de quoi.
    pub auteur: Auteur,
    /// Ce qu'elle a fait : `ouvrir`, `lister`, `consigner`…
    pub geste: String,
    /// Où, ou sur quels critères.
    pub objet: String,
    /// Le dossier, quand la ligne n'en concerne qu'un.
    pub dossier: Option<DossierId>,
    /// Tous les dossiers.
    pub dossiers: Suite,
    /// Les notices sans dossier.
    pub notices: Suite,
}

/// Une ligne, et le nom de la personne : pour qui contrôle les accès.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccesNomme {
    /// La ligne.
    pub acces: Acces,
    /// Le nom d'aujourd'hui de son compte ; vide pour le programme.
    pub nom: String,
}

impl DepuisLigne for Acces {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            quand: l.instant("quand")?,
            auteur: Auteur {
                agent: AgentId(l.entier("agent")?),
                organisme: l.texte("organisme")?,
                role: l.texte("role")?,
                profil: l.texte("profil")?,
                finalite: l.texte("finalite")?,
                motif: l.texte("motif")?,
            },
            geste: l.texte("geste")?,
            objet: l.texte("objet")?,
            dossier: l.entier_ou_rien("dossier")?.map(DossierId),
            dossiers: Suite::ecrite(l.texte("dossiers")?),
            notices: Suite::ecrite(l.texte("notices")?),
        })
    }
}

impl DepuisLigne for AccesNomme {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { acces: Acces::depuis(l)?, nom: l.texte("nom")? })
    }
}

/// Lignes de plusieurs dossiers relues à la fois.
const PAGE: i64 = 1_000;

impl Stockage {
    /// Les accès à un dossier, les derniers d'abord, `limite` au plus : ceux qui l'ont ouvert, puis les
    /// listes, recherches et exports où il figurait.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn acces(
        &self,
        controle: &Controle,
        limite: usize,
    ) -> Result<Vec<AccesNomme>, Echec> {
        let dossier = controle.dossier();
        let nombre = i64::try_from(limite).unwrap_or(i64::MAX);
        let mut trouves: Vec<AccesNomme> =
            self.base.lire(sql!("du_dossier.sql"), valeurs![dossier, i64::MAX, nombre]).await?;
        let mut avant = i64::MAX;
        let mut parmi_d_autres = 0;
        while parmi_d_autres < limite {
            let page: Vec<AccesNomme> = self
                .base
                .lire(sql!("de_plusieurs.sql"), valeurs![controle.profil(), avant, PAGE])
                .await?;
            let Some(derniere) = page.last() else { break };
            avant = derniere.acces.id;
            let siens = page.into_iter().filter(|a| a.acces.dossiers.contient(dossier.0));
            let deja = trouves.len();
            trouves.extend(siens);
            parmi_d_autres += trouves.len() - deja;
        }
        trouves.sort_by_key(|a| std::cmp::Reverse(a.acces.id));
        trouves.truncate(limite);
        Ok(trouves)
    }

    /// Ajoute au relevé les dossiers et les notices des pièces dont les octets ont été rendus.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn deplier_les_pieces(&self, releve: &mut Releve) -> Result<(), Echec> {
        for piece in std::mem::take(&mut releve.pieces) {
            let valeurs = valeurs![piece];
            let dossiers: Vec<i64> =
                self.base.lire(sql!("dossiers_de_la_piece.sql"), valeurs.clone()).await?;
            let notices: Vec<i64> =
                self.base.lire(sql!("notices_de_la_piece.sql"), valeurs).await?;
            releve.apercus.extend(BTreeSet::from_iter(dossiers));
            releve.notices.extend(notices);
        }
        Ok(())
    }
}
