//! Suivre une demande : ce qu'elle lit des ménages se relève au passage, et s'inscrit avant la réponse.

use std::collections::BTreeSet;

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use stockage::acces::inscrire::Inscription;
use stockage::acces::releve::{Ardoise, Releve};
use stockage::acces::{Auteur, PAR_EXCEPTION};

use crate::echec::Echec;
use crate::maison::Maison;

/// Une demande en cours : une page, un envoi, une commande. Se copie : les copies suivent la même.
#[derive(Clone, Default)]
pub struct Suivi(Ardoise);

/// Sous quelle forme la réponse montre ce qu'elle a lu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forme {
    /// Une page qu'on lit.
    Page,
    /// La page d'une recherche par mots.
    Recherche,
    /// Un fichier qu'on emporte : lettre, imprimé, pièce, tableur.
    Fichier,
    /// Une réponse à un programme.
    Interface,
    /// Une commande sur le serveur.
    Commande,
}

/// Au-delà, les dossiers ouverts ensemble s'inscrivent en une ligne.
const UN_PAR_UN: usize = 5;

impl Forme {
    fn ouvrir(self) -> &'static str {
        match self {
            Self::Page | Self::Recherche => "ouvrir",
            Self::Fichier => "telecharger",
            Self::Interface => "interroger",
            Self::Commande => "commander",
        }
    }

    fn lister(self) -> &'static str {
        match self {
            Self::Page => "lister",
            Self::Recherche => "chercher",
            Self::Fichier => "exporter",
            Self::Interface => "interroger",
            Self::Commande => "commander",
        }
    }
}

impl Suivi {
    /// La demande en cours, s'il y en a une. Une réponse qui s'écrit après sa page l'emporte avec elle.
    #[must_use]
    pub fn courant() -> Option<Self> {
        Ardoise::courante().map(Self)
    }

    /// Dit qui fait la demande.
    pub fn reconnaitre(&self, agent: &Agent) {
        self.0.signer(Auteur::de(agent), &agent.exceptions);
    }

    /// Fait ce travail en relevant ce qu'il lit.
    pub async fn pendant<T>(&self, travail: impl Future<Output = T>) -> T {
        self.0.pendant(travail).await
    }

    /// Inscrit ce que la demande a lu. À faire avant de répondre.
    ///
    /// `objet` dit la page ou les critères, sans rien d'un ménage.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Base`] si la base ne répond pas, [`Echec::Refus`] si personne n'a signé la demande : dans
    /// les deux cas, rien ne se montre.
    pub async fn inscrire(
        &self,
        maison: &Maison,
        forme: Forme,
        objet: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let mut releve = self.0.releve();
        if releve.est_vide() {
            return Ok(());
        }
        maison.stockage.deplier_les_pieces(&mut releve).await?;
        let lignes = lignes(releve, forme, objet, quand)?;
        Ok(maison.stockage.inscrire(lignes).await?)
    }
}

/// Une ligne par dossier ouvert, une pour tous ceux qu'une liste a montrés. Ce qui s'écrit s'inscrit avec
/// son écriture, et ne se répète pas ici.
fn lignes(
    releve: Releve,
    forme: Forme,
    objet: &str,
    quand: Timestamp,
) -> Result<Vec<Inscription>, Echec> {
    let Releve { auteur, ouverts, apercus, notices, ecrits, exceptions, .. } = releve;
    let ouverts: BTreeSet<i64> = ouverts.difference(&ecrits).copied().collect();
    let apercus: BTreeSet<i64> =
        apercus.iter().filter(|d| !ouverts.contains(d) && !ecrits.contains(d)).copied().collect();
    if ouverts.is_empty() && apercus.is_empty() && notices.is_empty() {
        return Ok(Vec::new());
    }
    let auteur = auteur.ok_or_else(|| {
        Echec::Refus(
            "Cette lecture n'a pas d'auteur : le registre des accès ne peut pas l'inscrire, et rien ne se \
             montre. Reconnectez-vous, puis recommencez."
                .to_owned(),
        )
    })?;
    let ligne = |geste: &str, dossiers: BTreeSet<i64>, notices: BTreeSet<i64>| Inscription {
        auteur: if dossiers.is_disjoint(&exceptions) {
            auteur.clone()
        } else {
            Auteur { motif: PAR_EXCEPTION.to_owned(), ..auteur.clone() }
        },
        geste: geste.to_owned(),
        objet: objet.to_owned(),
        dossiers,
        notices,
        quand,
    };
    let mut lignes = Vec::new();
    if ouverts.len() <= UN_PAR_UN {
        lignes.extend(
            ouverts.into_iter().map(|d| ligne(forme.ouvrir(), [d].into(), BTreeSet::new())),
        );
    } else {
        lignes.push(ligne(forme.ouvrir(), ouverts, BTreeSet::new()));
    }
    if !apercus.is_empty() || !notices.is_empty() {
        lignes.push(ligne(forme.lister(), apercus, notices));
    }
    Ok(lignes)
}
