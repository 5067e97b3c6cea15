//! Choisir entre les communes qui portent le nom : le code postal d'abord, puis le département.

use super::contexte::Contexte;
use super::saisie::Saisie;
use super::{Trouvaille, abrege, motif_ancien_nom, proches};
use crate::Commune;
use crate::donnees::{Nature, Nom, donnees};

/// Une commune possible et le nom qui y mène.
#[derive(Clone, Copy)]
struct Candidat {
    commune: &'static Commune,
    nom: &'static Nom,
}

/// Pas de nom : le code postal suffit s'il ne dessert qu'une commune.
pub(super) fn par_code_postal(contexte: &Contexte) -> Trouvaille {
    match contexte.desservies.as_slice() {
        [] => Trouvaille::Inconnue { proches: vec![] },
        [commune] => Trouvaille::Commune {
            commune,
            motifs: vec![format!(
                "Commune absente : {} est la seule que dessert le code postal {}.",
                commune.nom,
                contexte.cites()
            )],
        },
        plusieurs => Trouvaille::Ambigue(plusieurs.to_vec()),
    }
}

pub(super) fn par_nom(saisie: &Saisie, contexte: &Contexte, noms: &[&'static Nom]) -> Trouvaille {
    let candidats = sans_doublon(noms);
    let desservis = d_aujourd_hui(retenir(&candidats, |c| contexte.dessert(c)));
    match desservis.as_slice() {
        [] if contexte.departements.is_empty() => sans_code_postal(saisie, contexte, &candidats),
        [] => contredit(saisie, contexte, &candidats),
        [seul] => trouve(seul, deux_codes(contexte)),
        plusieurs => ambigu(plusieurs, &[]),
    }
}

/// Aucune commune de ce nom n'a ce code postal.
fn contredit(saisie: &Saisie, contexte: &Contexte, candidats: &[Candidat]) -> Trouvaille {
    let abregees = abrege::reconnaitre(saisie, &contexte.desservies);
    let voisins =
        d_aujourd_hui(retenir(candidats, |c| contexte.departements.contains(&c.departement)));
    match (voisins.as_slice(), abregees.as_slice()) {
        ([], []) if candidats.is_empty() => {
            Trouvaille::Inconnue { proches: proches::chercher(saisie, contexte) }
        }
        ([], []) => ambigu(candidats, &contexte.desservies),
        ([], [commune]) => Trouvaille::Commune {
            commune,
            motifs: vec![format!(
                "Nom abrégé : {} ({}) est la seule commune du code postal {} qui y réponde.",
                commune.nom,
                commune.code,
                contexte.cites()
            )],
        },
        ([seul], []) => trouve(seul, vec![contradiction(seul.commune, contexte)]),
        (voisins, abregees) => ambigu(voisins, abregees),
    }
}

/// Ni code postal ni département : le nom seul, et le territoire qui reçoit pour départager.
fn sans_code_postal(saisie: &Saisie, contexte: &Contexte, candidats: &[Candidat]) -> Trouvaille {
    let prefere = contexte.prefere.unwrap_or("");
    let ici = d_aujourd_hui(retenir(candidats, |c| c.departement == prefere));
    match (ici.as_slice(), candidats) {
        (_, []) => Trouvaille::Inconnue { proches: proches::chercher(saisie, contexte) },
        ([seul], [_]) => trouve(seul, vec![]),
        ([seul], homonymes) => trouve(
            seul,
            vec![format!(
                "{} communes de France répondent à ce nom, une seule dans le département {prefere} : {} ({}).",
                homonymes.len(),
                seul.commune.nom,
                seul.commune.code
            )],
        ),
        ([], ailleurs) => {
            // « Boulogne », reçu dans le Pas-de-Calais, n'est pas forcément celui de la Vendée.
            let abregees = abrege::reconnaitre_dans(saisie, prefere);
            match d_aujourd_hui(ailleurs.to_vec()).as_slice() {
                [seul] if abregees.is_empty() => trouve(seul, vec![]),
                plusieurs => Trouvaille::Ambigue(
                    abregees.into_iter().chain(plusieurs.iter().map(|c| c.commune)).collect(),
                ),
            }
        }
        (plusieurs, _) => ambigu(plusieurs, &[]),
    }
}

fn trouve(candidat: &Candidat, autres_motifs: Vec<String>) -> Trouvaille {
    let Candidat { commune, nom } = *candidat;
    let motifs = motif_ancien_nom(nom, commune).into_iter().chain(autres_motifs).collect();
    Trouvaille::Commune { commune, motifs }
}

fn ambigu(candidats: &[Candidat], autres: &[&'static Commune]) -> Trouvaille {
    let mut communes: Vec<&'static Commune> = candidats.iter().map(|c| c.commune).collect();
    for autre in autres {
        if !communes.contains(autre) {
            communes.push(autre);
        }
    }
    Trouvaille::Ambigue(communes)
}

fn contradiction(commune: &Commune, contexte: &Contexte) -> String {
    let (nom, code) = (commune.nom, commune.code);
    let (dit, siens) = (contexte.cites(), commune.codes_postaux.join(", "));
    if contexte.desservies.is_empty() {
        let pourquoi = if contexte.cedex { "un CEDEX" } else { "inconnu, sans doute un CEDEX" };
        format!(
            "Le code postal {dit} est {pourquoi} ; {nom} ({code}) est la seule commune de ce nom dans le département {}.",
            commune.departement
        )
    } else {
        format!(
            "Le code postal {dit} n'est pas celui de {nom} ({siens}) ; c'est la seule commune de ce nom dans le département {}.",
            commune.departement
        )
    }
}

fn deux_codes(contexte: &Contexte) -> Vec<String> {
    match contexte.codes_postaux.as_slice() {
        [_, _, ..] => vec![format!("Plusieurs codes postaux sont écrits : {}.", contexte.cites())],
        _ => vec![],
    }
}

/// Une commune n'est candidate qu'une fois, sous son nom d'aujourd'hui s'il convient.
fn sans_doublon(noms: &[&'static Nom]) -> Vec<Candidat> {
    let mut candidats: Vec<Candidat> = Vec::with_capacity(noms.len());
    for nom in noms {
        let commune = &donnees().communes[nom.commune];
        match candidats.iter_mut().find(|c| c.commune.code == commune.code) {
            Some(deja) if nom.nature < deja.nom.nature => deja.nom = nom,
            Some(_) => {}
            None => candidats.push(Candidat { commune, nom }),
        }
    }
    candidats
}

fn retenir(candidats: &[Candidat], convient: impl Fn(&Commune) -> bool) -> Vec<Candidat> {
    candidats.iter().copied().filter(|c| convient(c.commune)).collect()
}

/// Un nom disparu ne dispute pas sa place à un nom qu'on porte encore.
fn d_aujourd_hui(candidats: Vec<Candidat>) -> Vec<Candidat> {
    let porte = |c: &Candidat| c.nom.nature != Nature::Disparue;
    if candidats.iter().any(porte) {
        candidats.into_iter().filter(porte).collect()
    } else {
        candidats
    }
}
