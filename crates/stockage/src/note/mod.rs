//! Les notes qu'un organisme se réserve : elles ne sortent d'ici que pour lui.
//!
//! Hors du journal, elles ne sont dans rien de ce qui s'en déduit : ni chronologie, ni export, ni flux.

use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Ecriture, Lecture};
use jiff::Timestamp;

use crate::acces::releve;
use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Stockage, sql};
use crate::echec::Echec;
use crate::tables;
use crate::transaction::Transaction;

/// Une note, telle que son organisme la lit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteReservee {
    /// Son numéro.
    pub id: i64,
    /// Le nom d'aujourd'hui de qui l'a écrite.
    pub nom: String,
    /// L'instant.
    pub ecrite_le: Timestamp,
    /// Ce qu'en garde le coffre.
    pub contenu: String,
}

impl DepuisLigne for NoteReservee {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            nom: l.texte("nom")?,
            ecrite_le: l.instant("ecrite_le")?,
            contenu: l.texte("contenu")?,
        })
    }
}

impl Stockage {
    /// Les notes que l'organisme de cette personne s'est réservées dans un dossier, dans l'ordre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notes_reservees(
        &self,
        lecture: &Lecture,
        agent: &Agent,
    ) -> Result<Vec<NoteReservee>, Echec> {
        releve::ouvert(lecture.dossier());
        let valeurs = valeurs![lecture.dossier(), agent.organisme_qui_ecrit()];
        self.base.lire(sql!("du_dossier.sql"), valeurs).await
    }

    /// Écrit une note que seul l'organisme de son auteur lira, et l'inscrit au registre des accès.
    ///
    /// # Erreurs
    ///
    /// [`Echec::DisquePlein`] : rien n'est alors écrit.
    pub async fn reserver_une_note(
        &self,
        ecriture: &Ecriture,
        agent: &Agent,
        contenu: &str,
        quand: Timestamp,
    ) -> Result<i64, Echec> {
        let mut transaction = Transaction::nouvelle(self.base.ecrire().await?, false);
        let cle = transaction.numeroter("notice", 1).await?;
        let id = transaction.numeroter("note_reservee", 1).await?;
        let mut coffre = Lignes::pour(&tables::COFFRE, 1);
        coffre.ligne([cle.into(), contenu.into(), Valeur::Texte(None)]);
        transaction.connexion.inserer(coffre).await?;
        let mut note = Lignes::pour(&tables::NOTE_RESERVEE, 1);
        note.ligne([
            id.into(),
            ecriture.dossier().into(),
            agent.organisme_qui_ecrit().into(),
            ecriture.agent().into(),
            cle.into(),
            quand.into(),
        ]);
        transaction.connexion.inserer(note).await?;
        transaction.noter(ecriture, "noter_pour_les_siens", quand);
        transaction.valider().await?;
        Ok(id)
    }
}
