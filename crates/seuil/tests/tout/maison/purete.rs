//! Le cœur est pur : ni disque, ni réseau, ni horloge, ni environnement, ni hasard.

use super::{Fichier, aucun, fichiers};

const PURS: [&str; 3] = ["droit", "ccapex", "territoire"];

/// Ce qu'on ne doit pas y lire, et ce que c'est.
const IMPURETES: &[(&str, &str)] = &[
    ("std::fs", "le disque"),
    ("std::net", "le réseau"),
    ("std::env", "l'environnement"),
    ("std::process", "un autre programme"),
    ("std::thread", "l'ordre des fils"),
    ("fs::read", "le disque"),
    ("File::open", "le disque"),
    ("env::var", "l'environnement"),
    ("SystemTime", "l'horloge"),
    ("Instant::now", "l'horloge"),
    ("Timestamp::now", "l'horloge"),
    ("Zoned::now", "l'horloge"),
    ("TimeZone::system", "l'environnement"),
    ("rand::", "le hasard"),
    ("getrandom", "le hasard"),
    ("now_v7", "l'horloge et le hasard"),
    ("new_v4", "le hasard"),
    ("RandomState", "le hasard"),
    ("tokio::", "le réseau"),
    ("println!", "l'écran"),
];

/// Le code qui précède le module de tests d'un fichier.
fn sans_tests(texte: &str) -> &str {
    let ouvre_un_module = |place: usize| {
        let mut lignes = texte[place..].lines().skip(1);
        lignes.next().is_some_and(|ligne| ligne.starts_with("mod ") && ligne.ends_with('{'))
    };
    texte
        .match_indices("#[cfg(test)]")
        .find(|(place, _)| ouvre_un_module(*place))
        .map_or(texte, |(place, _)| &texte[..place])
}

/// Ce que le code d'un fichier lit du monde, ses commentaires et ses tests mis à part.
fn impuretes(fichier: &Fichier) -> Vec<String> {
    let mut defauts = vec![];
    for (numero, ligne) in sans_tests(&fichier.texte).lines().enumerate() {
        let ligne = ligne.split("//").next().unwrap_or_default();
        for (mot, chose) in IMPURETES.iter().filter(|(mot, _)| ligne.contains(mot)) {
            let place = format!("{}:{}", fichier.chemin, numero + 1);
            defauts.push(format!("{place} : `{mot}` lit {chose} ; recevez la valeur en argument"));
        }
    }
    defauts
}

#[test]
fn une_lecture_de_l_horloge_se_voit_mais_pas_dans_un_commentaire_ni_un_test() {
    let fichier = |texte: &str| Fichier { chemin: "droit.rs".to_owned(), texte: texte.to_owned() };
    let fautif = impuretes(&fichier("fn x() {\n    Timestamp::now();\n}"));
    assert_eq!(
        fautif,
        ["droit.rs:2 : `Timestamp::now` lit l'horloge ; recevez la valeur en argument"]
    );
    assert!(impuretes(&fichier("// Jamais de `Timestamp::now`.")).is_empty());
    let avant = fichier("#[cfg(test)]\nmod tests;\nuse std::fs;");
    assert_eq!(impuretes(&avant).len(), 1);
    assert!(impuretes(&fichier("#[cfg(test)]\nmod tests {\n    use std::fs;\n}")).is_empty());
}

#[test]
fn le_coeur_ne_lit_ni_le_monde_ni_l_heure() {
    let defauts: Vec<_> = PURS
        .iter()
        .flat_map(|nom| fichiers(&format!("crates/{nom}/src"), &["rs"]))
        .filter(|fichier| !fichier.chemin.ends_with("/tests.rs"))
        .filter(|fichier| !fichier.chemin.contains("/tests/"))
        .flat_map(|fichier| impuretes(&fichier))
        .collect();
    aucun(&defauts);
}
