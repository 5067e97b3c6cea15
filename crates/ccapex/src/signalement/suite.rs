//! Ce qu'on demandera encore d'une notice quand l'essentiel sera connu : autant le demander d'une fois.

use droit::calendrier::Territoire;
use droit::regles::signification;
use jiff::civil::Date;

use crate::notice::{BailleurType, Contenu, Nature};
use crate::profil::Profil;
use crate::signalement::examen::{Contexte, Examen, examiner};
use crate::signalement::statut::Statut;

/// L'examen que donnerait cette notice, ainsi examinée, si l'essentiel qui lui manque était connu : le ménage,
/// la commune, la date, la qualité du bailleur. Rien quand elle n'attend rien de cela.
///
/// La commune supposée est une commune du département ; la date, le dernier jour où un acte se signifie ; le
/// bailleur, une personne physique. Ce ne sont que des suppositions : il ne s'en déduit qu'une question de plus.
#[must_use]
pub fn une_fois_connu(
    examen: &Examen,
    nature: Nature,
    contenu: &Contenu,
    profil: &Profil,
    recue_le: Date,
) -> Option<Examen> {
    if examen.statut != Statut::Incomplet {
        return None;
    }
    let mut suppose = contenu.clone();
    if examen.commune.is_none() {
        let commune = territoire::communes_du_departement(&profil.departement).next()?;
        suppose.commune = Some(commune.code.to_owned());
    }
    if examen.a_completer.contains(&nature.champ_date()) {
        suppose.date = Some(dernier_jour_permis(recue_le, &suppose));
    }
    if matches!(contenu.bailleur_type, BailleurType::Ambigu | BailleurType::Inconnu) {
        suppose.bailleur_type = BailleurType::PersonnePhysique;
    }
    suppose.illisibles.retain(|illisible| illisible.champ != "nature");
    let change = suppose != *contenu || examen.a_completer.contains(&"locataire_nom");
    change.then(|| examiner(nature, &suppose, true, profil, recue_le, Contexte::default()))
}

fn dernier_jour_permis(jusqu_a: Date, contenu: &Contenu) -> Date {
    let territoire = Territoire::de_commune(contenu.commune.as_deref().unwrap_or_default());
    let interdit = |jour: &Date| signification::jour_interdit(*jour, territoire).is_some();
    std::iter::successors(Some(jusqu_a), |jour| jour.yesterday().ok())
        .find(|jour| !interdit(jour))
        .unwrap_or(jusqu_a)
}
