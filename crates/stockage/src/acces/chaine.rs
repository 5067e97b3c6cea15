//! La chaîne : ce qui fait qu'une ligne retirée, changée ou glissée au milieu se voit.

use sha2::{Digest, Sha256};

use super::{Acces, Auteur, PURGE};
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::{instant_ecrit, valeurs};
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Ce que continue la toute première ligne.
pub(super) const ORIGINE: [u8; 32] = [0; 32];

/// L'empreinte d'une ligne : celle de la précédente, puis chaque champ avec sa longueur.
pub(super) fn empreinte(precedente: &[u8], acces: &Acces) -> Vec<u8> {
    let Auteur { agent, organisme, role, profil, finalite, motif } = &acces.auteur;
    let mut empreinte = Sha256::new();
    empreinte.update(precedente);
    for champ in [
        acces.id.to_string().as_str(),
        &instant_ecrit(acces.quand),
        &agent.0.to_string(),
        organisme,
        role,
        profil,
        finalite,
        motif,
        &acces.geste,
        &acces.objet,
        &acces.dossier.map_or_else(String::new, |d| d.0.to_string()),
        acces.dossiers.texte(),
        acces.notices.texte(),
    ] {
        // Le caractère nul ne s'écrit pas dans la base : l'empreinte porte sur ce qui s'y relit.
        let champ = champ.replace('\0', "\u{fffd}");
        empreinte.update(u64::try_from(champ.len()).unwrap_or(u64::MAX).to_le_bytes());
        empreinte.update(champ);
    }
    empreinte.finalize().to_vec()
}

/// Ce que la relecture de la chaîne a trouvé.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chaine {
    /// Les lignes relues.
    pub lignes: u64,
    /// Le numéro et l'empreinte de la dernière : les noter ailleurs montrerait que la fin a été refaite.
    pub tete: Option<(i64, String)>,
    /// Où la chaîne se rompt, en phrases.
    pub ruptures: Vec<String>,
}

/// Au-delà, la liste ne se lit plus.
const RUPTURES: usize = 20;

/// Lignes relues à la fois.
const PAGE: i64 = 2_000;

struct Relue {
    acces: Acces,
    empreinte: Vec<u8>,
}

impl DepuisLigne for Relue {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { acces: Acces::depuis(l)?, empreinte: l.octets("empreinte")? })
    }
}

impl Stockage {
    /// Relit tout le registre des accès, et dit où sa chaîne se rompt.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn chaine_des_acces(&self) -> Result<Chaine, Echec> {
        let mut connexion = self.base.instantane().await?;
        let mut relecture = Relecture::default();
        loop {
            let depuis = relecture.derniere.as_ref().map_or(0, |derniere| derniere.acces.id);
            let page: Vec<Relue> = connexion.lire(sql!("page.sql"), valeurs![depuis, PAGE]).await?;
            if page.is_empty() {
                break;
            }
            for relue in page {
                relecture.suivre(relue);
            }
        }
        let inscrites: Option<i64> = connexion.lire_une(sql!("compteur.sql"), vec![]).await?;
        Ok(relecture.finir(inscrites.unwrap_or_default()))
    }
}

/// La chaîne en train d'être relue.
#[derive(Default)]
struct Relecture {
    chaine: Chaine,
    derniere: Option<Relue>,
    /// La première ligne gardée, quand d'autres la précédaient.
    premiere: Option<Relue>,
    /// Ce que la dernière purge a noté de ce qu'elle retirait.
    purge: Option<String>,
}

impl Relecture {
    fn suivre(&mut self, relue: Relue) {
        let id = relue.acces.id;
        let (avant, precedente) = match &self.derniere {
            Some(derniere) => (derniere.acces.id, derniere.empreinte.as_slice()),
            None => (0, ORIGINE.as_slice()),
        };
        // Les lignes d'avant la chaîne n'ont pas d'empreinte ; il n'y en a plus après la première qui en a une.
        let d_avant = relue.empreinte.is_empty()
            && self.derniere.as_ref().is_none_or(|d| d.empreinte.is_empty());
        let suit = d_avant || empreinte(precedente, &relue.acces) == relue.empreinte;
        if self.derniere.is_none() && id > 1 {
            self.premiere =
                Some(Relue { acces: relue.acces.clone(), empreinte: relue.empreinte.clone() });
        } else if id > avant + 1 {
            self.chaine.rompue(if id == avant + 2 {
                format!("la ligne {} manque.", avant + 1)
            } else {
                format!("les lignes {} à {} manquent.", avant + 1, id - 1)
            });
        } else if !suit {
            self.chaine.rompue(format!(
                "la ligne {id} ({}) ne suit pas la ligne {avant} : l'une des deux a été changée, ou une \
                 ligne a été retirée ou glissée entre elles.",
                instant_ecrit(relue.acces.quand)
            ));
        }
        if relue.acces.geste == PURGE {
            self.purge = Some(relue.acces.objet.clone());
        }
        self.chaine.lignes += 1;
        self.derniere = Some(relue);
    }

    fn finir(mut self, inscrites: i64) -> Chaine {
        if let Some(premiere) = &self.premiere {
            let retiree = format!("{} ", premiere.acces.id - 1);
            let notee = self.purge.as_deref().and_then(|purge| purge.strip_prefix(&retiree));
            match notee.and_then(|notee| hex::decode(notee).ok()) {
                Some(notee) if empreinte(&notee, &premiere.acces) == premiere.empreinte => {}
                Some(_) if premiere.empreinte.is_empty() => {}
                Some(_) => self.chaine.rompue(format!(
                    "la ligne {}, la première gardée, ne suit pas ce que la dernière purge a noté.",
                    premiere.acces.id
                )),
                None => self.chaine.rompue(format!(
                    "les lignes d'avant la {} manquent, et aucune purge ne les dit retirées.",
                    premiere.acces.id
                )),
            }
        }
        let derniere = self.derniere.as_ref().map_or(0, |derniere| derniere.acces.id);
        if inscrites > derniere {
            self.chaine.rompue(format!(
                "la fin manque : {inscrites} lignes ont été inscrites, la dernière gardée est la {derniere}."
            ));
        }
        self.chaine.tete = self.derniere.map(|d| (d.acces.id, hex::encode(d.empreinte)));
        self.chaine
    }
}

impl Chaine {
    fn rompue(&mut self, rupture: String) {
        if self.ruptures.len() < RUPTURES {
            self.ruptures.push(format!("Registre des accès : {rupture}"));
        }
    }
}
