//! Les clés de recherche : deux fiches qui peuvent être le même ménage en partagent au moins une.

use sha2::{Digest, Sha256};

use crate::rapprochement::fiche::Fiche;

/// Les clés d'une fiche dans un profil : adresse, noms, naissance. Une à trois, sans doublon.
#[must_use]
pub fn cles(profil: &str, fiche: &Fiche) -> Vec<i64> {
    let mut cles = Vec::with_capacity(3);
    let tete = |genre: &str| {
        let mut somme = Sha256::new();
        for partie in [profil, genre, &fiche.commune] {
            somme.update(partie);
            somme.update([0]);
        }
        somme
    };
    // Le numéro sans son indice et le dernier mot de la voie : « 12 bis rue V. Hugo » retrouve « 12 rue Victor Hugo ».
    if let Some(dernier) = fiche.voie.split(' ').next_back().filter(|mot| !mot.is_empty()) {
        let mut somme = tete("adresse");
        somme.update(fiche.chiffres_du_numero());
        somme.update([0]);
        somme.update(dernier);
        cles.push(entier(somme));
    }
    let mots = fiche.mots_du_nom();
    if !mots.is_empty() {
        let mut somme = tete("noms");
        for mot in mots {
            somme.update(mot);
            somme.update([0]);
        }
        cles.push(entier(somme));
    }
    if let Some(naissance) = fiche.naissance {
        let mut somme = tete("naissance");
        somme.update(naissance.to_string());
        cles.push(entier(somme));
    }
    cles
}

fn entier(somme: Sha256) -> i64 {
    let mut octets = [0; 8];
    octets.copy_from_slice(&somme.finalize()[..8]);
    i64::from_le_bytes(octets)
}
