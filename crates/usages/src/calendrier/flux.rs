//! Le flux d'un abonnement : les audiences et les échéances que la personne verrait à cet instant, sans
//! rien qui nomme un ménage.

use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sha2::{Digest as _, Sha256};
use stockage::agenda::{Fenetre, Rendezvous};
use stockage::dossier::VueDossier;

use super::abonnement::empreinte;
use super::ics::{self, Evenement};
use crate::compte::suppleances::avec_ceux_qu_elle_supplee;
use crate::echec::Echec;
use crate::maison::Maison;
use crate::registre::suivi::Suivi;

/// Un calendrier à servir.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flux {
    /// Le texte, au format iCalendar.
    pub texte: String,
    /// Ce qui dit qu'il n'a pas changé.
    pub etiquette: String,
}

/// Assez pour un agenda ; au-delà, l'écran compte mieux qu'un téléphone.
const EVENEMENTS: i64 = 1_000;

/// Un agenda interroge souvent : la date du dernier usage ne se réécrit pas à chaque fois.
const NOTER_APRES: SignedDuration = SignedDuration::from_mins(10);

/// Le calendrier que ce lien donne, ou rien : lien inconnu ou coupé, compte fermé, mission sans agenda.
///
/// `site` est l'adresse du service, sans barre finale.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn flux(
    maison: &Maison,
    jeton: &str,
    site: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Option<Flux>, Echec> {
    let Some((abonnement, compte)) = maison.stockage.abonne(&empreinte(jeton)).await? else {
        return Ok(None);
    };
    let fin = compte.fin;
    let agent = &avec_ceux_qu_elle_supplee(&maison.stockage, compte.agent, aujourd_hui).await?;
    if !agent.suit_des_menages() || fin.is_some_and(|fin| fin < aujourd_hui) {
        return Ok(None);
    }
    if let Some(suivi) = Suivi::courant() {
        suivi.reconnaitre(agent);
    }
    let evenements = evenements(maison, agent, site, aujourd_hui).await?;
    let deja = |vu: Timestamp| maintenant.duration_since(vu) < NOTER_APRES;
    if !abonnement.vu_le.is_some_and(deja) {
        maison.stockage.abonnement_vu(agent.id, maintenant).await?;
    }
    let texte = ics::ecrire("Seuil : audiences et échéances", &evenements);
    let etiquette = hex::encode(&Sha256::digest(&texte)[..16]);
    Ok(Some(Flux { texte, etiquette }))
}

/// Un mois en arrière, un an en avant, dans le périmètre de la personne.
async fn evenements(
    maison: &Maison,
    agent: &Agent,
    site: &str,
    aujourd_hui: Date,
) -> Result<Vec<Evenement>, Echec> {
    let fenetre = Fenetre {
        du: aujourd_hui.saturating_sub(1.month()),
        au: aujourd_hui.saturating_add(1.year()),
        service: None,
        sous_commission: None,
    };
    let perimetre = agent.perimetre().en_entier();
    let mut evenements = Vec::new();
    for quoi in Rendezvous::TOUS {
        let dossiers =
            maison.stockage.a_l_agenda(&perimetre, &fenetre, quoi, None, EVENEMENTS).await?;
        evenements.extend(dossiers.iter().filter_map(|d| evenement(d, quoi, site)));
    }
    Ok(evenements)
}

/// La référence, la sorte et la commune : rien de plus ne sort du service.
fn evenement(dossier: &VueDossier, quoi: Rendezvous, site: &str) -> Option<Evenement> {
    let (sorte, code, jour) = match quoi {
        Rendezvous::Audience => ("Audience", "audience", dossier.audience_le?),
        Rendezvous::Echeance => ("Échéance", "echeance", dossier.etape_avant_le?),
    };
    let reference = &dossier.reference;
    let lieu = territoire::commune(&dossier.commune).map_or("", |commune| commune.nom);
    Some(Evenement {
        uid: format!("{code}-{reference}@seuil"),
        change_le: dossier.maj_le,
        jour,
        titre: format!("{sorte} – {reference}"),
        lieu: lieu.to_owned(),
        lien: format!("{site}/dossiers/{reference}"),
    })
}
