//! La même personne, écrite autrement : capitales, accents perdus, abréviations, fautes de frappe.

use ccapex::texte::cle;

use super::menage::Menage;
use super::tirage::Tirage;

/// Récrit un ménage comme une autre étude l'aurait saisi.
pub(crate) fn autrement(mut menage: Menage, t: &mut Tirage) -> Menage {
    if t.sur_mille(500) {
        menage.nom = sans_accent(&menage.nom).to_uppercase();
    }
    if t.sur_mille(250) {
        menage.prenom = sans_accent(&menage.prenom);
    }
    if t.sur_mille(80) {
        menage.nom = faute(&menage.nom, t);
    }
    if t.sur_mille(40) {
        std::mem::swap(&mut menage.nom, &mut menage.prenom);
    }
    if t.sur_mille(300) {
        menage.voie = abrege(&menage.voie);
    }
    if t.sur_mille(200) {
        menage.voie = sans_accent(&menage.voie).to_uppercase();
    }
    menage
}

/// Deux lettres voisines échangées, ou une de moins.
fn faute(mot: &str, t: &mut Tirage) -> String {
    let mut lettres: Vec<char> = mot.chars().collect();
    let place = usize::try_from(1 + t.sous(lettres.len().saturating_sub(2) as u64)).unwrap_or(1);
    if place + 1 < lettres.len() {
        if t.sur_mille(500) {
            lettres.swap(place, place + 1);
        } else {
            lettres.remove(place);
        }
    }
    lettres.into_iter().collect()
}

fn abrege(voie: &str) -> String {
    [("avenue", "av."), ("boulevard", "bd"), ("résidence", "rés."), ("rue", "r."), ("place", "pl.")]
        .into_iter()
        .find_map(|(entier, court)| {
            voie.strip_prefix(entier).map(|reste| format!("{court}{reste}"))
        })
        .unwrap_or_else(|| voie.to_owned())
}

/// Les capitales d'un logiciel ancien : « SAINT OMER », « ETAPLES ».
pub(crate) fn en_capitales(commune: &str, t: &mut Tirage) -> String {
    let nom = cle(commune).to_uppercase();
    match nom.strip_prefix("SAINT ") {
        Some(reste) if t.sur_mille(500) => format!("ST {reste}"),
        Some(_) | None => nom,
    }
}

fn sans_accent(texte: &str) -> String {
    texte
        .chars()
        .map(|lettre| match lettre {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'É' => 'E',
            'î' | 'ï' => 'i',
            'à' | 'â' => 'a',
            'ô' => 'o',
            'û' | 'ù' => 'u',
            'ç' => 'c',
            autre => autre,
        })
        .collect()
}
