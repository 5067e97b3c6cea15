//! Une règle, un écran, un cas d'usage : un fichier. Un fichier long a une raison, relue ici.

use super::{aucun, fichiers};

const TOUJOURS_TROP: usize = 900;
const A_JUSTIFIER: usize = 600;

/// Les fichiers de plus de 600 lignes, et pourquoi on ne les coupe pas.
const LONGS: &[(&str, &str)] = &[];

/// Ce qu'il y a à redire d'un fichier de cette longueur.
fn defaut(chemin: &str, lignes: usize, longs: &[(&str, &str)]) -> Option<String> {
    let justifie = longs.iter().any(|(long, _)| *long == chemin);
    match lignes {
        n if n > TOUJOURS_TROP => Some(format!("{chemin} : {n} lignes, coupez-le")),
        n if n > A_JUSTIFIER && !justifie => {
            Some(format!("{chemin} : {n} lignes ; coupez-le, ou dites pourquoi dans LONGS"))
        }
        n if n <= A_JUSTIFIER && justifie => {
            Some(format!("{chemin} : {n} lignes seulement, retirez-le de LONGS"))
        }
        _ => None,
    }
}

#[test]
fn un_fichier_long_se_coupe_ou_s_explique() {
    let longs = [("long.rs", "une table")];
    assert_eq!(defaut("court.rs", 600, &longs), None);
    assert_eq!(defaut("long.rs", 900, &longs), None);
    assert!(defaut("long.rs", 901, &longs).is_some());
    assert!(defaut("long.rs", 600, &longs).is_some());
    assert!(defaut("autre.rs", 601, &longs).is_some());
}

#[test]
fn aucun_fichier_source_n_est_trop_long() {
    let sources: Vec<_> = fichiers("crates", &["rs"])
        .into_iter()
        .filter(|fichier| fichier.chemin.contains("/src/"))
        .collect();
    let mut defauts: Vec<_> = sources
        .iter()
        .filter_map(|fichier| defaut(&fichier.chemin, fichier.texte.lines().count(), LONGS))
        .collect();
    for (long, _) in LONGS {
        if !sources.iter().any(|fichier| fichier.chemin == *long) {
            defauts.push(format!("{long} n'existe plus, retirez-le de LONGS"));
        }
    }
    aucun(&defauts);
}
