//! La documentation mène quelque part.

use std::path::Path;

use super::{aucun, fichiers, racine};

/// Les cibles des liens d'un texte Markdown qui restent dans le dépôt, sans leur ancre.
fn cibles(markdown: &str) -> Vec<&str> {
    markdown
        .split("](")
        .skip(1)
        .filter_map(|suite| suite.split(')').next())
        .filter_map(|cible| cible.split('#').next())
        // Une page de Seuil, citée par un guide : les essais de l'aide la vérifient.
        .filter(|cible| !cible.is_empty() && !cible.contains("://") && !cible.starts_with('/'))
        .collect()
}

#[test]
fn un_lien_se_reconnait_et_une_adresse_du_dehors_s_ignore() {
    let texte =
        "[ici](docs/a.md) [là](b.md#c) [haut](#d) [page](/aide) [dehors](https://exemple.fr)";
    assert_eq!(cibles(texte), ["docs/a.md", "b.md"]);
}

#[test]
fn chaque_lien_mene_a_un_fichier() {
    let mut defauts = vec![];
    for fichier in fichiers("", &["md"]) {
        let dossier = Path::new(&fichier.chemin).parent().expect("un fichier a un dossier");
        for cible in cibles(&fichier.texte) {
            if !racine().join(dossier).join(cible).exists() {
                defauts.push(format!("{} : {cible} n'existe pas", fichier.chemin));
            }
        }
    }
    aucun(&defauts);
}
