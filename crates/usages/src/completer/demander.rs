//! Demander à l'émetteur d'une notice ce qui y manque, et en garder la trace.

use std::collections::BTreeMap;

use ccapex::identifiants::NoticeId;
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::courrier::EtatDeCourrier;
use stockage::demande::{AFaire, Demande, Voie};

use crate::completer::file::une;
use crate::courriers::composer::attendue_avant;
use crate::courriers::modeles::numero;
use crate::courriers::suivre::changer_l_etat;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une personne écrit d'une demande.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ecrite {
    /// L'adresse ; elle peut manquer quand la personne a écrit elle-même.
    pub a: String,
    /// L'objet.
    pub objet: String,
    /// Le texte.
    pub corps: String,
    /// Le jour où la réponse est attendue.
    pub avant_le: Option<Date>,
}

/// Ce qui empêche une demande de partir : une phrase par champ.
pub type Defauts = BTreeMap<&'static str, String>;

/// Ce que la page propose pour une demande : l'adresse déjà connue de cet émetteur, et le délai du
/// profil.
///
/// # Erreurs
///
/// [`Echec::Base`] introuvable hors du périmètre.
pub async fn proposee(
    maison: &Maison,
    agent: &Agent,
    notice: NoticeId,
    aujourd_hui: Date,
) -> Result<Ecrite, Echec> {
    let attente = une(maison, agent, notice, aujourd_hui).await?;
    let profil = maison.profil(&attente.registre.profil)?;
    let emetteur = &attente.registre.emetteur;
    let a = if emetteur.is_empty() {
        None
    } else {
        maison.stockage.adresse_de_l_emetteur(&agent.perimetre(), emetteur).await?
    };
    Ok(Ecrite {
        a: a.unwrap_or_default(),
        objet: attente.courriel.objet,
        corps: attente.courriel.corps,
        avant_le: Some(attendue_avant(&profil, aujourd_hui)),
    })
}

/// Inscrit la demande, la confie à la boîte de départ quand Seuil l'envoie, et note partie la lettre qui
/// disait la même chose.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne dépose pas ; [`Echec::Base`] introuvable hors du périmètre.
pub async fn demander(
    maison: &Maison,
    agent: &Agent,
    notice: NoticeId,
    ecrite: &Ecrite,
    voie: Voie,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Result<(), Defauts>, Echec> {
    let depot = agent.peut_deposer()?;
    let attente = une(maison, agent, notice, aujourd_hui).await?;
    let defauts = defauts(ecrite, voie, aujourd_hui);
    let Some(avant_le) = ecrite.avant_le.filter(|_| defauts.is_empty()) else {
        return Ok(Err(defauts));
    };
    let a_faire = AFaire {
        notice,
        a: ecrite.a.trim().to_owned(),
        objet: ecrite.objet.trim().to_owned(),
        corps: ecrite.corps.trim().to_owned(),
        avant_le,
        voie,
    };
    maison.stockage.demander(&depot, &a_faire, maintenant).await?;
    if attente.dossier.is_some() {
        let lettre = numero(notice, "demande_complement");
        let prete = match maison.stockage.courrier(lettre).await {
            Ok(vue) => vue.etat == EtatDeCourrier::Prepare,
            Err(stockage::echec::Echec::Introuvable) => false,
            Err(autre) => return Err(autre.into()),
        };
        if prete {
            let etat = EtatDeCourrier::Envoye;
            changer_l_etat(maison, agent, &[lettre], etat, aujourd_hui, maintenant).await?;
        }
    }
    Ok(Ok(()))
}

fn defauts(ecrite: &Ecrite, voie: Voie, aujourd_hui: Date) -> Defauts {
    let mut defauts = Defauts::new();
    let a = ecrite.a.trim();
    let lisible = a.parse::<lettre::Address>().is_ok();
    if a.is_empty() && voie == Voie::Seuil {
        let dit = "il manque une adresse : Seuil ne sait pas où écrire. Donnez celle de l'émetteur, ou notez que vous avez demandé vous-même.";
        defauts.insert("a", dit.to_owned());
    } else if !a.is_empty() && !lisible {
        let dit =
            "cette adresse ne se lit pas. Écrivez-la comme etude@exemple.fr, une seule à la fois.";
        defauts.insert("a", dit.to_owned());
    }
    if ecrite.objet.trim().is_empty() || ecrite.objet.chars().any(char::is_control) {
        let dit = "un message sans objet, ou sur plusieurs lignes, ne s'envoie pas. Écrivez-le sur une ligne.";
        defauts.insert("objet", dit.to_owned());
    }
    if ecrite.corps.trim().is_empty() {
        let dit = "le message est vide. Dites ce qui manque, ou reprenez le texte proposé.";
        defauts.insert("corps", dit.to_owned());
    }
    match ecrite.avant_le {
        None => {
            let dit = "il faut un jour où la réponse est attendue, écrit comme 05/12/2026.";
            defauts.insert("avant_le", dit.to_owned());
        }
        Some(jour) if jour < aujourd_hui => {
            let dit = "ce jour est passé. Donnez un jour à venir, ou aujourd'hui.";
            defauts.insert("avant_le", dit.to_owned());
        }
        Some(_) => {}
    }
    defauts
}

/// Les demandes déjà faites sur ces notices, dans leur ordre.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn faites(
    maison: &Maison,
    agent: &Agent,
    notices: &[NoticeId],
) -> Result<Vec<Demande>, Echec> {
    Ok(maison.stockage.demandes(&agent.perimetre(), notices).await?)
}
