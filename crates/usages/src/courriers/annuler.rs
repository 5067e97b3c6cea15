//! Défaire ce qu'on vient de noter d'une lettre : le geste reste au journal, barré.

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Fait};
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::courrier::{EtatDeCourrier, VueCourrier};
use stockage::depart::EtatDeDepart;

use crate::actes::demande::Statut;
use crate::actes::rectifier::rectifier;
use crate::dossiers::charger::par_id;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce que l'annulation a donné.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annulation {
    /// Les lettres qui ont retrouvé leur état d'avant.
    pub defaites: Vec<i64>,
    /// Celles qui n'ont pas changé, et pourquoi.
    pub laissees: Vec<(i64, String)>,
}

/// Cet état, pour cette lettre, a été noté par un geste qui se défait.
#[must_use]
pub fn se_defait(courrier: &VueCourrier) -> bool {
    match courrier.etat {
        EtatDeCourrier::Imprime
        | EtatDeCourrier::Envoye
        | EtatDeCourrier::Repondu
        | EtatDeCourrier::Retourne => true,
        // La réception prépare des lettres ; seules celles-ci le sont par une personne.
        EtatDeCourrier::Prepare => {
            ["relance_", "information_"].iter().any(|debut| courrier.modele.starts_with(debut))
        }
        EtatDeCourrier::Echec | EtatDeCourrier::Annule => false,
    }
}

/// Défait le dernier état noté de ces lettres, s'il est encore celui-ci. Un courriel qui attend encore est
/// retiré.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre ; [`Echec::Base`] si la base ne répond pas.
pub async fn annuler(
    maison: &Maison,
    agent: &Agent,
    courriers: &[i64],
    etat: EtatDeCourrier,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Annulation, Echec> {
    let mut annulation = Annulation::default();
    for id in courriers {
        let vue = maison.stockage.courrier(*id).await?;
        let laisser = |pourquoi: &str| (*id, pourquoi.to_owned());
        let Some(dossier) = vue.dossier.filter(|_| vue.etat == etat) else {
            annulation.laissees.push(laisser(
                "son état a changé depuis : regardez où elle en est avant d'y revenir",
            ));
            continue;
        };
        let lu = par_id(maison, agent, dossier).await?;
        lu.ecriture(agent)?;
        let Some(fait) = dernier_geste(&lu.charge.faits, &vue) else {
            annulation.laissees.push(laisser(
                "elle a été préparée à la réception de la notice : corrigez plutôt la notice",
            ));
            continue;
        };
        if !retirer_le_courriel(maison, *id, fait, maintenant).await? {
            annulation.laissees.push(laisser("le courriel est déjà parti"));
            continue;
        }
        let (fait, reference) = (fait.id.clone(), lu.vue.reference.clone());
        let motif = format!("lettre notée « {} » par erreur", etat.code());
        let reponse =
            rectifier(maison, agent, &reference, &fait, &motif, aujourd_hui, maintenant).await?;
        if reponse.statut == Statut::Refuse {
            let pourquoi: Vec<String> = reponse.refus.into_iter().map(|r| r.message).collect();
            annulation.laissees.push((*id, pourquoi.join(" ")));
        } else {
            annulation.defaites.push(*id);
        }
    }
    Ok(annulation)
}

/// Le dernier geste encore valable sur cette lettre, s'il lui a donné l'état où elle est.
fn dernier_geste<'a>(faits: &'a [Fait], vue: &VueCourrier) -> Option<&'a Fait> {
    let annules = Dossier::annules(faits);
    faits
        .iter()
        .rev()
        .filter(|fait| !annules.contains(&fait.rang))
        .find(|fait| match &fait.acte {
            Acte::Courrier(c) => Some(c.notice) == vue.notice && c.modele == vue.modele,
            Acte::NoticeRecue(_)
            | Acte::Complement(_)
            | Acte::Rapprochement(_)
            | Acte::SituationConfirmee(_)
            | Acte::Consigne(_)
            | Acte::Rectification(_) => false,
        })
        .filter(|fait| matches!(&fait.acte, Acte::Courrier(c) if c.etape == vue.etat.code()))
}

/// Retire le courriel que ce geste a préparé, s'il y en a un. Rend `false` s'il est trop tard.
async fn retirer_le_courriel(
    maison: &Maison,
    courrier: i64,
    fait: &Fait,
    maintenant: Timestamp,
) -> Result<bool, Echec> {
    for depart in maison.stockage.departs_du_courrier(courrier).await? {
        // Le geste et son courriel sont du même instant.
        if depart.cree_le != fait.ecrit_le {
            continue;
        }
        let retire = match depart.etat {
            EtatDeDepart::EnAttente => {
                maison.stockage.retirer_depart(depart.id, maintenant).await?
            }
            EtatDeDepart::EnCours | EtatDeDepart::Envoye => false,
            EtatDeDepart::Echec | EtatDeDepart::Retire => true,
        };
        if !retire {
            return Ok(false);
        }
    }
    Ok(true)
}
