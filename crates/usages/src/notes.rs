//! Les notes qu'un organisme garde pour lui d'un ménage : lui seul les lit, et sait qu'elles existent.

use std::collections::BTreeMap;

use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Refus;
use jiff::Timestamp;
use stockage::dossier::SituationLue;

use crate::dossiers::charger::groupe;
use crate::echec::Echec;
use crate::maison::Maison;

/// Une note, pour les personnes de l'organisme qui l'a écrite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Qui l'a écrite.
    pub nom: String,
    /// L'instant.
    pub quand: Timestamp,
    /// Ce qu'elle dit.
    pub texte: String,
}

const TEXTE: &str = "note";
const TEXTE_MAXIMAL: usize = 4_000;

/// Les notes de l'organisme de cette personne sur ce ménage, dans l'ordre, dossiers joints compris. Rend
/// aussi la référence du dossier.
///
/// # Erreurs
///
/// [`Refus::Introuvable`] hors du périmètre.
pub async fn lire(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
) -> Result<(String, Vec<Note>), Echec> {
    let situation = situation(maison, reference).await?;
    let lecture = agent.peut_lire(&situation.situation())?;
    let mut notes = Vec::new();
    for dossier in groupe(maison, lecture.dossier()).await? {
        notes.extend(maison.stockage.notes_reservees(&lecture.du_joint(dossier), agent).await?);
    }
    notes.sort_by_key(|note| note.id);
    let notes = notes.into_iter().map(|note| {
        let garde: Identite = serde_json::from_str(&note.contenu).unwrap_or_default();
        let texte = garde.textes.get(TEXTE).cloned().unwrap_or_default();
        Note { nom: note.nom, quand: note.ecrite_le, texte }
    });
    Ok((situation.reference, notes.collect()))
}

/// Écrit une note que seul l'organisme de cette personne lira.
///
/// # Erreurs
///
/// [`Refus::Introuvable`] hors du périmètre ; [`Echec::Refus`] pour un texte vide ou trop long.
pub async fn ecrire(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    texte: &str,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let situation = situation(maison, reference).await?;
    let ecriture = agent.peut_noter_pour_les_siens(&situation.situation())?;
    let texte = texte.trim();
    if texte.is_empty() || texte.chars().count() > TEXTE_MAXIMAL {
        return Err(Echec::Refus(format!(
            "La note est vide, ou dépasse {TEXTE_MAXIMAL} caractères : rien n'a été gardé. Écrivez l'essentiel, au besoin en deux notes."
        )));
    }
    let garde = Identite {
        textes: BTreeMap::from([(TEXTE.to_owned(), texte.to_owned())]),
        ..Identite::default()
    };
    let contenu = serde_json::to_string(&garde).unwrap_or_default();
    maison.stockage.reserver_une_note(&ecriture, agent, &contenu, maintenant).await?;
    Ok(())
}

async fn situation(maison: &Maison, reference: &str) -> Result<SituationLue, Echec> {
    match maison.stockage.situation(reference.trim()).await {
        Err(stockage::echec::Echec::Introuvable) => Err(Refus::Introuvable.into()),
        lue => Ok(lue?),
    }
}
