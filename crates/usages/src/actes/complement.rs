//! Ce qui manquait à une notice du dossier, apporté depuis.

use std::collections::BTreeMap;

use ccapex::dossier::{Dossier, Suivie};
use ccapex::fait::Acte;
use ccapex::signalement::examen::{Contexte, examiner};
use ccapex::signalement::statut::Statut;
use droit::montant::Montant;
use tableur::valeur::Valeur;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::{Demande, Reponse, refus};
use crate::actes::lecture::{Lus, lire};
use crate::completer::reprendre::{champs_de, completer};
use crate::dossiers::charger::{Lu, par_reference};
use crate::reception::lire::Lecture;

pub(super) async fn consigner(guichet: &Guichet<'_>, demande: &Demande) -> Result<Reponse, Arret> {
    let reference = demande.reference()?;
    demande.jour()?;
    let lus = lire(&demande.champs, "complement").map_err(Arret::Refus)?;
    if lus.champs.is_empty() {
        return Err(refus(
            "",
            "Le complément ne dit rien : écrivez au moins un champ qui manquait, par exemple \"date_bail\": \"2019-09-01\".",
        )
        .into());
    }
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    lu.ecriture(guichet.agent)?;
    let profil = guichet.maison.profil(&lu.vue.profil)?;
    // Un dossier joint se complète chez lui : ses notices sont dans son propre journal.
    let dossier = lu.charge.dossier();
    let Some(cible) = cible(&dossier, &profil, &lus) else {
        return Err(refus("dossier", "Ce dossier n'a aucune notice à compléter.").into());
    };
    let reference = lu.vue.reference.clone();
    if !change(&lu, cible, &lus) {
        let fait = dernier_complement(&lu, cible).unwrap_or_else(|| cible.fait.clone());
        return Ok(Reponse::doublon(Some(fait), &reference, Vec::new()));
    }
    let notice = cible.notice;
    let champs: BTreeMap<String, String> =
        lus.champs.iter().map(|(c, v)| (c.nom().to_owned(), en_cellule(v))).collect();
    completer(
        guichet.maison,
        guichet.agent,
        notice,
        &champs,
        guichet.aujourd_hui,
        guichet.maintenant,
    )
    .await?;
    let lu = par_reference(guichet.maison, guichet.agent, &reference).await?;
    let dossier = lu.charge.dossier();
    let cible = dossier.notices.iter().find(|n| n.notice == notice);
    let anomalies = match cible {
        Some(cible) => guichet.anomalies(&lu, &cible.fait)?,
        None => Vec::new(),
    };
    let fait = cible.and_then(|cible| dernier_complement(&lu, cible));
    Ok(Reponse::consigne(fait, &reference, anomalies))
}

/// La notice à compléter : celle qui demande un de ces champs, sinon la dernière incomplète, sinon la
/// dernière qui ne le dit pas, sinon la dernière.
fn cible<'a>(
    dossier: &'a Dossier,
    profil: &ccapex::profil::Profil,
    lus: &Lus,
) -> Option<&'a Suivie> {
    let demande = |notice: &Suivie| {
        let examen = examiner(
            notice.nature,
            &notice.contenu,
            true,
            profil,
            notice.jugee_le,
            Contexte::default(),
        );
        lus.champs.iter().any(|(champ, _)| examen.a_completer.contains(&champ.nom()))
    };
    let se_tait = |notice: &Suivie| {
        let propres = champs_de(notice.nature);
        let mut relue =
            Lecture::reprise(notice.contenu.clone(), ccapex::notice::Identite::default());
        lus.champs.iter().for_each(|(champ, valeur)| relue.range(*champ, valeur, notice.nature));
        relue.contenu != notice.contenu && lus.champs.iter().any(|(c, _)| propres.contains(c))
    };
    let derniere = |juge: &dyn Fn(&Suivie) -> bool| dossier.en_vigueur().rev().find(|n| juge(n));
    derniere(&demande)
        .or_else(|| derniere(&|n| n.statut == Statut::Incomplet))
        .or_else(|| derniere(&se_tait))
        .or_else(|| dossier.en_vigueur().next_back())
}

fn change(lu: &Lu, cible: &Suivie, lus: &Lus) -> bool {
    let identite = lu.charge.identite(cible);
    let mut relue = Lecture::reprise(cible.contenu.clone(), identite.clone());
    lus.champs.iter().for_each(|(champ, valeur)| relue.range(*champ, valeur, cible.nature));
    relue.contenu != cible.contenu || relue.identite != identite
}

fn dernier_complement(lu: &Lu, cible: &Suivie) -> Option<String> {
    let mut faits = lu.charge.joints.values().flatten().chain(&lu.charge.faits).rev();
    faits
        .find(|f| matches!(&f.acte, Acte::Complement(c) if c.notice == cible.notice))
        .map(|f| f.id.clone())
}

/// Une valeur, comme une personne l'écrirait dans une cellule.
fn en_cellule(valeur: &Valeur) -> String {
    match valeur {
        Valeur::Texte(texte) => texte.clone(),
        Valeur::Date(date) => date.to_string(),
        Valeur::Montant(centimes) => Montant::centimes(*centimes).to_string(),
        Valeur::Entier(entier) => entier.to_string(),
        Valeur::OuiNon(oui) => if *oui { "oui" } else { "non" }.to_owned(),
        Valeur::Illisible { brut, .. } => brut.clone(),
    }
}
