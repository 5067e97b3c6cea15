//! Restreindre un dossier à des personnes nommées : ce que l'acte désigne doit exister, et son auteur en être.

use std::collections::BTreeSet;

use ccapex::acte::Quoi;
use ccapex::acte::lire::{Lu as ActeLu, Refus};
use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::{SECRETARIAT, compte};
use ccapex::profil::Profil;
use stockage::dossier::VueDossier;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::refus;
use crate::dossiers::charger::{Lu, par_id};
use crate::echec::Echec;
use crate::maison::Maison;

/// L'acte change qui peut ouvrir le dossier.
pub(super) fn touche_l_acces(quoi: &Quoi) -> bool {
    matches!(quoi, Quoi::AccesRestreint { .. } | Quoi::AccesRetabli {})
}

/// Met chaque personne sous le nom de son compte. Un autre acte ne change pas.
pub(super) async fn nommer(guichet: &Guichet<'_>, lu: &Lu, acte: &mut ActeLu) -> Result<(), Arret> {
    if touche_l_acces(&acte.quoi)
        && let Some(hote) = lu.charge.dossier().joint_a
    {
        let hote = par_id(guichet.maison, guichet.agent, hote).await?;
        return Err(ailleurs(&hote.vue.reference).into());
    }
    let Quoi::AccesRestreint { nommes, .. } = &mut acte.quoi else { return Ok(()) };
    let profil = guichet.maison.profil(&lu.vue.profil)?;
    let dits: Vec<String> = std::mem::take(nommes).into_iter().collect();
    let trouves = match resoudre(guichet.maison, &profil, &lu.vue, &dits).await? {
        Ok(trouves) => trouves,
        Err(refus) => return Err(refus.into()),
    };
    let auteur = guichet.agent;
    if auteur.perimetre().nommes().is_some_and(|siens| siens.iter().all(|n| !trouves.contains(n))) {
        return Err(refus(
            "nommes",
            "Vous ne vous nommez pas : vous ne pourriez plus lever cette restriction. Ajoutez votre identifiant, ou demandez à une personne qui restera chargée du ménage de la poser.",
        )
        .into());
    }
    *nommes = trouves;
    Ok(())
}

/// Les noms dits, sous ceux que la restriction écrit ; un refus pour le premier qui ne désigne personne.
pub(crate) async fn resoudre(
    maison: &Maison,
    profil: &Profil,
    vue: &VueDossier,
    dits: &[String],
) -> Result<Result<BTreeSet<String>, Refus>, Echec> {
    let mut trouves = BTreeSet::new();
    for nom in dits.iter().flat_map(|noms| noms.split([',', ';'])).map(str::trim) {
        if nom.is_empty() {
            continue;
        }
        let ouvert = maison.stockage.compte_par_identifiant(nom).await?;
        let ouvert = ouvert.filter(|c| c.actif && c.agent.profil == profil.code);
        match ouvert {
            Some(ouvert) => trouves.insert(compte(ouvert.agent.id)),
            None if organisme(nom, vue, profil) => trouves.insert(nom.to_owned()),
            None => return Ok(Err(inconnu(nom))),
        };
    }
    Ok(Ok(trouves))
}

/// Les dossiers joints à celui-ci, qui doivent suivre.
///
/// # Erreurs
///
/// Un refus quand l'un d'eux est hors du périmètre : restreint à moitié, le ménage ne le serait pas.
pub(super) async fn joints(guichet: &Guichet<'_>, lu: &Lu) -> Result<Vec<DossierId>, Arret> {
    let joints: Vec<DossierId> = lu.charge.joints.keys().copied().collect();
    for joint in &joints {
        if par_id(guichet.maison, guichet.agent, *joint).await.is_err() {
            return Err(refus(
                "acte",
                "Un dossier joint à celui-ci est d'un autre territoire : restreint à moitié, le ménage ne le serait pas. Demandez au secrétariat de la commission.",
            )
            .into());
        }
    }
    Ok(joints)
}

/// Un secrétariat, un service du profil, ou un organisme qui est partie à ce dossier.
fn organisme(nom: &str, vue: &VueDossier, profil: &Profil) -> bool {
    let secretariats = profil.sous_commissions.iter().map(|s| format!("{SECRETARIAT}:{}", s.code));
    nom == SECRETARIAT
        || secretariats.into_iter().any(|s| s == nom)
        || profil.services.iter().any(|s| s.code == nom)
        || vue.parties.contains_key(nom)
}

fn inconnu(nom: &str) -> Refus {
    refus(
        "nommes",
        format!(
            "« {nom} » n'est ni l'identifiant d'un compte ouvert, ni un organisme de ce dossier. Écrivez un identifiant, un service, « secretariat », ou « secretariat: » suivi du code d'une sous-commission."
        ),
    )
}

fn ailleurs(reference: &str) -> Refus {
    refus(
        "acte",
        format!(
            "Ce dossier est suivi dans le dossier {reference}, et l'accès de l'un est celui de l'autre. Consignez cet acte dans {reference}."
        ),
    )
}
