//! Les lettres en PDF : une seule, ou une liasse à imprimer.

use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, cle_emetteur};
use documents::composition::{fusionner, rendre};
use documents::courriel::{Courriel, texte};
use documents::lettre::Lettre;
use jiff::tz::TimeZone;

use crate::courriers::composer::{Sujet, composer};
use crate::courriers::modeles;
use crate::dossiers::charger::par_id;
use crate::dossiers::part::lui_est_adressee;
use crate::echec::Echec;
use crate::maison::Maison;

/// Un fichier prêt à être enregistré.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// Son nom.
    pub nom: String,
    /// Ses octets.
    pub octets: Vec<u8>,
}

/// Une lettre, en PDF.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre ; [`Echec::Lettre`] si le modèle du territoire ne se compose pas.
pub async fn pdf(maison: &Maison, agent: &Agent, courrier: i64) -> Result<Pdf, Echec> {
    let composee = composee(maison, agent, courrier).await?;
    let modeles = maison.modeles(&composee.profil)?;
    let octets = hors_du_fil(move || {
        rendre(&modeles, &composee.lettre)
            .map(|pdf| pdf.octets)
            .map_err(|e| Echec::Lettre(e.to_string()))
    })
    .await?;
    Ok(Pdf { nom: format!("{}-{}-{courrier}.pdf", composee.reference, composee.modele), octets })
}

/// La même lettre, en courriel.
///
/// # Erreurs
///
/// Comme [`pdf`].
pub async fn courriel(maison: &Maison, agent: &Agent, courrier: i64) -> Result<Courriel, Echec> {
    Ok(texte(&composee(maison, agent, courrier).await?.lettre))
}

/// Des lettres en un seul fichier, à imprimer recto verso, dans l'ordre donné.
///
/// # Erreurs
///
/// Comme [`pdf`] : une seule lettre refusée refuse la liasse, une impression partielle en oublierait.
pub async fn liasse(maison: &Maison, agent: &Agent, courriers: &[i64]) -> Result<Pdf, Echec> {
    if courriers.is_empty() {
        return Err(Echec::Refus(
            "Aucune lettre n'est choisie. Cochez-en au moins une, puis recommencez.".to_owned(),
        ));
    }
    let mut lettres = Vec::with_capacity(courriers.len());
    for courrier in courriers {
        lettres.push(composee(maison, agent, *courrier).await?.lettre);
    }
    let modeles = maison.modeles(&agent.profil)?;
    let octets = hors_du_fil(move || {
        fusionner(&modeles, &lettres).map_err(|e| Echec::Lettre(e.to_string()))
    })
    .await?;
    Ok(Pdf { nom: format!("lettres-{}.pdf", courriers.len()), octets })
}

struct Composee {
    lettre: Lettre,
    profil: String,
    reference: String,
    modele: String,
}

async fn composee(maison: &Maison, agent: &Agent, courrier: i64) -> Result<Composee, Echec> {
    let introuvable = || Echec::Base(stockage::echec::Echec::Introuvable);
    let courrier = maison.stockage.courrier(courrier).await?;
    let lu = par_id(maison, agent, courrier.dossier.ok_or_else(introuvable)?).await?;
    let profil = maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let notice = dossier
        .notices
        .iter()
        .find(|n| Some(n.notice) == courrier.notice)
        .ok_or_else(introuvable)?;
    // Un organisme ne lit que les lettres qui lui sont faites, pas celles d'un autre.
    let sienne = (modeles::destinataire(&courrier.modele) == "emetteur"
        && notice.emetteur == cle_emetteur(&agent.organisme))
        || lui_est_adressee(&courrier, &lu.vue, agent);
    if lu.lecture.portee() == Portee::SaPart && !sienne {
        return Err(introuvable());
    }
    let identite = lu.charge.identite(notice);
    let sujet = Sujet {
        profil: &profil,
        reference: &lu.vue.reference,
        service: &lu.vue.service,
        dossier: &dossier,
        notice,
        identite: &identite,
        le: courrier.prepare_le.to_zoned(TimeZone::UTC).date(),
    };
    let lettre = composer(&sujet, &courrier.modele).ok_or_else(introuvable)?;
    Ok(Composee {
        lettre,
        profil: lu.vue.profil,
        reference: lu.vue.reference,
        modele: courrier.modele,
    })
}

/// Composer prend des millisecondes de processeur : pas sur les fils qui servent les pages.
async fn hors_du_fil<T: Send + 'static>(
    travail: impl FnOnce() -> Result<T, Echec> + Send + 'static,
) -> Result<T, Echec> {
    tokio::task::spawn_blocking(travail).await.map_err(|_| {
        Echec::Lettre(
            "La lettre n'a pas pu être composée. Réessayez ; si cela recommence, signalez-le."
                .to_owned(),
        )
    })?
}
