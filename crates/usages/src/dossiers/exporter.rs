//! Exporter une liste : exactement ce qui est montré, avec les mêmes droits, au fil de l'eau.

use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use ccapex::profil::Profil;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use stockage::liste::Filtre;
use tableur::ecriture::{self, Ecrivain, Format};

use crate::dossiers::colonnes::Colonne;
use crate::dossiers::lister::page;
use crate::echec::Echec;
use crate::maison::Maison;

/// Les dossiers lus à la fois : la mémoire d'un export n'en dépasse pas le texte.
const PAGE: i64 = 1_000;

/// Un export en cours. Chaque morceau se prend quand le précédent est parti.
pub struct Export {
    maison: Maison,
    agent: Agent,
    profil: Arc<Profil>,
    filtre: Filtre,
    colonnes: Vec<Colonne>,
    fuseau: TimeZone,
    aujourd_hui: Date,
    ecrivain: Option<Ecrivain>,
}

/// Ce qu'un export montre, et comment.
#[derive(Clone, Debug)]
pub struct Presentation {
    /// Les colonnes, dans l'ordre.
    pub colonnes: Vec<Colonne>,
    /// Le format du fichier.
    pub format: Format,
    /// Le fuseau où un instant devient un jour.
    pub fuseau: TimeZone,
}

impl Export {
    /// Commence l'export des dossiers que le filtre retient, depuis le premier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le fichier ne peut pas être commencé.
    pub fn commencer(
        maison: &Maison,
        agent: &Agent,
        filtre: &Filtre,
        presentation: Presentation,
        aujourd_hui: Date,
    ) -> Result<Self, Echec> {
        let Presentation { colonnes, format, fuseau } = presentation;
        let titres: Vec<ecriture::Colonne> =
            colonnes.iter().map(|c| ecriture::Colonne::nouvelle(c.titre(), c.genre())).collect();
        let ecrivain = Ecrivain::nouveau(format, "Dossiers", &titres).map_err(refus)?;
        Ok(Self {
            profil: maison.profil(&agent.profil)?,
            maison: maison.clone(),
            agent: agent.clone(),
            filtre: Filtre { limite: PAGE, apres: None, ..filtre.clone() },
            colonnes,
            fuseau,
            aujourd_hui,
            ecrivain: Some(ecrivain),
        })
    }

    /// Les octets suivants ; rien quand tout est parti.
    ///
    /// # Erreurs
    ///
    /// [`Echec`] de la base, ou du tableur s'il ne peut pas contenir la liste.
    pub async fn morceau(&mut self) -> Result<Option<Vec<u8>>, Echec> {
        let Some(mut ecrivain) = self.ecrivain.take() else { return Ok(None) };
        let lue = page(&self.maison, &self.agent, &self.filtre, self.aujourd_hui).await?;
        let jour = |instant: jiff::Timestamp| instant.to_zoned(self.fuseau.clone()).date();
        for dossier in &lue.lignes {
            let cellules: Vec<_> =
                self.colonnes.iter().map(|c| c.cellule(dossier, &self.profil, jour)).collect();
            ecrivain.ligne(&cellules).map_err(refus)?;
        }
        match lue.suivant {
            Some(suivant) => {
                self.filtre.apres = Some(suivant);
                let octets = ecrivain.prendre();
                self.ecrivain = Some(ecrivain);
                Ok(Some(octets))
            }
            None => Ok(Some(ecrivain.terminer().map_err(refus)?)),
        }
    }
}

fn refus(erreur: ecriture::EchecEcriture) -> Echec {
    Echec::Refus(erreur.to_string())
}
