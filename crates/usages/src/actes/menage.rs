//! Le dossier d'un ménage dont on ne donne pas la référence : le sien, ou un nouveau.

use ccapex::notice::{Nature, Notice};
use ccapex::partenaires::agent::Role;
use ccapex::profil::Profil;
use ccapex::signalement::examen::{Contexte, examiner_notice};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use tableur::champ::Champ;
use tableur::valeur::Valeur;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::refus;
use crate::actes::lecture::{Lus, lire};
use crate::actes::notice;
use crate::reception::lire::{Emetteur, Lecture};
use crate::reception::preparer::{self, Preparee};

/// La référence du dossier de ce ménage. Un ménage inconnu ouvre un dossier, par une alerte : un
/// dossier peut commencer à n'importe quel stade.
pub(super) async fn dossier(
    guichet: &Guichet<'_>,
    champs: &Map<String, Value>,
    date: Date,
) -> Result<String, Arret> {
    let depot = guichet.agent.peut_deposer()?;
    let profil = guichet.profil()?;
    let mut lus = lire(champs, "menage").map_err(Arret::Refus)?;
    let ouverture = date.min(guichet.aujourd_hui);
    lus.champs.retain(|(champ, _)| *champ != Champ::Date);
    lus.champs.push((Champ::Date, Valeur::Date(ouverture)));
    let preparee = preparer::une(
        nommee(&lus, Nature::Alerte, Lecture::default(), guichet, &profil),
        0,
        1,
        String::new(),
        &profil,
    );
    refuser_sans_menage(&preparee, &profil, guichet.aujourd_hui)?;
    if let Some(reference) = notice::reconnaitre(guichet, &depot, &profil, &preparee).await? {
        return Ok(reference);
    }
    refuser_hors_de_son_territoire(guichet, &preparee, &profil)?;
    let mut objet = champs.clone();
    objet.insert("nature".to_owned(), json!(Nature::Alerte.code()));
    objet.insert("date".to_owned(), json!(ouverture));
    let recue = notice::recevoir(guichet, &depot, &profil, preparee, &objet).await?;
    recue.dossier.ok_or_else(|| {
        refus("menage", "Ce ménage n'a pas pu ouvrir de dossier : vérifiez son nom et sa commune.")
            .into()
    })
}

/// La notice que ces champs écrivent, sur ce qui était déjà lu.
pub(super) fn nommee(
    lus: &Lus,
    nature: Nature,
    mut lecture: Lecture,
    guichet: &Guichet<'_>,
    profil: &Profil,
) -> Notice {
    for (champ, valeur) in &lus.champs {
        lecture.range(*champ, &en_nom_de_commune(*champ, valeur), nature);
    }
    if let Some(note) = &lus.note {
        lecture.identite.textes.insert("note".to_owned(), note.clone());
    }
    let heritee = lecture.contenu.commune.clone().filter(|_| lus.valeur(Champ::Commune).is_none());
    let organisme = &guichet.agent.organisme;
    let emetteur = if guichet.agent.tient_le_secretariat() {
        Emetteur::DitParLaLigne(organisme)
    } else {
        Emetteur::Impose(organisme)
    };
    let mut notice = lecture.notice(nature, &emetteur, &profil.departement);
    if let (None, Some(commune)) = (&notice.contenu.commune, heritee) {
        notice.contenu.commune = Some(commune);
        notice.contenu.commune_en_doute = None;
    }
    notice
}

/// Un code INSEE désigne une commune aussi bien que son nom.
fn en_nom_de_commune(champ: Champ, valeur: &Valeur) -> Valeur {
    let insee = match valeur {
        Valeur::Texte(code) if champ == Champ::Commune => territoire::commune(code),
        Valeur::Texte(_)
        | Valeur::Date(_)
        | Valeur::Montant(_)
        | Valeur::Entier(_)
        | Valeur::OuiNon(_)
        | Valeur::Illisible { .. } => None,
    };
    insee.map_or_else(|| valeur.clone(), |commune| Valeur::Texte(commune.nom.to_owned()))
}

/// Sans nom, sans commune, ou hors du département, aucun dossier ne s'ouvre.
pub(super) fn refuser_sans_menage(
    preparee: &Preparee,
    profil: &Profil,
    aujourd_hui: Date,
) -> Result<(), Arret> {
    if preparee.fiche.is_some() {
        return Ok(());
    }
    let examen = examiner_notice(&preparee.notice, profil, aujourd_hui, Contexte::default());
    let champ =
        if preparee.notice.identite.nom.trim().is_empty() { "locataire_nom" } else { "commune" };
    Err(refus(
        champ,
        format!(
            "Le ménage ne peut pas ouvrir de dossier : {}. Il faut son nom et une commune du département {}.",
            examen.explication.join(" ; "),
            profil.departement
        ),
    )
    .into())
}

/// Un partenaire ne consigne que dans les dossiers qui lui sont confiés : il n'en ouvre que par une notice.
fn refuser_hors_de_son_territoire(
    guichet: &Guichet<'_>,
    preparee: &Preparee,
    profil: &Profil,
) -> Result<(), Arret> {
    let commune = preparee.notice.contenu.commune.as_deref().and_then(territoire::commune);
    let la = commune.and_then(|c| profil.sous_commission(c)).map(|s| s.code.as_str());
    let agent = guichet.agent;
    let permis = agent.role == Role::SecretariatCentral
        || (agent.tient_le_secretariat() && la == agent.sous_commission.as_deref());
    if permis {
        return Ok(());
    }
    Err(refus(
        "menage",
        "Ce ménage n'a pas de dossier qui vous soit confié. Envoyez d'abord une alerte ou un signalement : le secrétariat l'orientera.",
    )
    .into())
}
