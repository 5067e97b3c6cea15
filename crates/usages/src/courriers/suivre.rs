//! Ce qu'il advient d'une lettre : imprimée, partie, répondue, revenue ; et sa relance.

use ccapex::fait::{Acte, Courrier};
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::courrier::{Canal, EtatDeCourrier};
use stockage::transaction::Lot;

use crate::courriers::{modeles, pdf};
use crate::dossiers::charger::{hote, par_id};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue;

/// Note l'état de lettres, chacune dans le journal de son dossier.
///
/// # Erreurs
///
/// La première qui échoue ; celles d'avant sont notées.
pub async fn changer_l_etat(
    maison: &Maison,
    agent: &Agent,
    courriers: &[i64],
    etat: EtatDeCourrier,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    for courrier in courriers {
        let vue = maison.stockage.courrier(*courrier).await?;
        let (Some(dossier), Some(notice)) = (vue.dossier, vue.notice) else { continue };
        let acte =
            Courrier { modele: vue.modele, notice, etape: etat.code().to_owned(), le: aujourd_hui };
        consigner(maison, agent, dossier, Acte::Courrier(acte), "courrier", maintenant).await?;
    }
    Ok(())
}

/// Envoie par courriel les lettres dont le destinataire a une adresse ; les autres attendent le papier.
///
/// Sans serveur d'envoi, le courriel attend dans la boîte de départ, où il se lit.
///
/// # Erreurs
///
/// [`Echec::Refus`] pour une lettre sur papier.
pub async fn envoyer_par_courriel(
    maison: &Maison,
    agent: &Agent,
    courrier: i64,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let vue = maison.stockage.courrier(courrier).await?;
    if vue.canal != Canal::Courriel {
        return Err(Echec::Refus(
            "Ce destinataire n'a pas d'adresse électronique dans le profil : imprimez la lettre, puis notez-la envoyée.".to_owned(),
        ));
    }
    let dossier = vue.dossier.ok_or(stockage::echec::Echec::Introuvable)?;
    let lu = par_id(maison, agent, dossier).await?;
    lu.ecriture(agent)?;
    let adresse =
        adresse(maison, &lu.vue.profil, &lu.vue.commune, modeles::destinataire(&vue.modele))?;
    let courriel = pdf::courriel(maison, agent, courrier).await?;
    maison
        .stockage
        .preparer_depart(courrier, &adresse, &courriel.objet, &courriel.corps, maintenant)
        .await?;
    changer_l_etat(maison, agent, &[courrier], EtatDeCourrier::Envoye, aujourd_hui, maintenant)
        .await
}

fn adresse(
    maison: &Maison,
    profil: &str,
    commune: &str,
    destinataire: &str,
) -> Result<String, Echec> {
    use ccapex::profil::Destinataire;
    let profil = maison.profil(profil)?;
    let qui = if destinataire == "ccas" { Destinataire::Ccas } else { Destinataire::Mairie };
    territoire::commune(commune)
        .and_then(|c| profil.contact_de_commune(c, qui))
        .and_then(|contact| contact.courriel.clone())
        .ok_or_else(|| {
            Echec::Refus(
                "L'adresse électronique de ce destinataire n'est plus dans le profil. Imprimez la lettre, ou faites rétablir l'adresse.".to_owned(),
            )
        })
}

/// Prépare la relance d'une lettre restée sans réponse, et rend le numéro de la relance.
///
/// # Erreurs
///
/// [`Echec::Refus`] si cette lettre ne se relance pas, ou n'est pas encore partie.
pub async fn relancer(
    maison: &Maison,
    agent: &Agent,
    courrier: i64,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<i64, Echec> {
    let vue = maison.stockage.courrier(courrier).await?;
    let modele = match vue.modele.as_str() {
        "intervention_bailleur" => "relance_bailleur",
        "intervention_locataire" => "relance_locataire",
        "intervention_maire" => "relance_maire",
        "intervention_ccas" => "relance_ccas",
        "demande_complement" => "relance_complement",
        _ => {
            return Err(Echec::Refus(
                "Cette lettre n'attend pas de réponse : elle ne se relance pas. Décochez-la, puis recommencez.".to_owned(),
            ));
        }
    };
    if !matches!(vue.etat, EtatDeCourrier::Envoye | EtatDeCourrier::Imprime) {
        return Err(Echec::Refus(
            "Cette lettre n'est pas encore partie, ou sa réponse est arrivée : il n'y a rien à relancer. Décochez-la, puis recommencez.".to_owned(),
        ));
    }
    let (Some(dossier), Some(notice)) = (vue.dossier, vue.notice) else {
        return Err(stockage::echec::Echec::Introuvable.into());
    };
    let acte = Courrier {
        modele: modele.to_owned(),
        notice,
        etape: "prepare".to_owned(),
        le: aujourd_hui,
    };
    consigner(maison, agent, dossier, Acte::Courrier(acte), "courrier", maintenant).await?;
    Ok(modeles::numero(notice, modele))
}

/// Consigne un acte dans un dossier, et range sa vue.
pub(crate) async fn consigner(
    maison: &Maison,
    agent: &Agent,
    dossier: DossierId,
    acte: Acte,
    geste: &str,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let mut lu = par_id(maison, agent, dossier).await?;
    let ecriture = lu.ecriture(agent)?;
    let mut hote = hote(maison, agent, &lu).await?;
    let ecriture_hote = hote.as_ref().map(|hote| hote.ecriture(agent)).transpose()?;
    let profil = maison.profil(&lu.vue.profil)?;
    let fait = vue::fait(&lu.charge, acte, ecriture.plume(), maintenant);
    let mut lot = Lot { faits: vec![vue::ecrire(dossier, &fait)], ..Lot::default() };
    lu.charge.faits.push(fait);
    if let Some(vues) = vue::vues(&lu.charge, &profil) {
        lot.courriers = vues.courriers;
        lot.questions = vues.questions;
        lot.dossiers.push((vues.dossier, Some(lu.vue.clone())));
    }
    let mut preuves = vec![(&ecriture, lu.vue.rang)];
    if let (Some(hote), Some(ecriture)) = (&mut hote, &ecriture_hote) {
        lot.dossiers.extend(hote.vue_avec(&lu, &profil));
        preuves.push((ecriture, hote.vue.rang));
    }
    Ok(maison.stockage.ajouter(&preuves, lot, geste, maintenant).await?)
}
