//! Chaque menace de `docs/securite.md` nomme un essai qui existe.

use super::{aucun, racine, sources};

/// Les noms d'essais entre accents graves : des mots liés, en minuscules.
fn essais(texte: &str) -> Vec<&str> {
    texte
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|mot| mot.matches('_').count() >= 3)
        .filter(|mot| {
            mot.bytes().all(|o| o.is_ascii_lowercase() || o.is_ascii_digit() || o == b'_')
        })
        .collect()
}

/// Les lignes du tableau des menaces, sans ses en-têtes.
fn menaces(texte: &str) -> Vec<&str> {
    let (_, apres) = texte.split_once("## Menaces").expect("une section « Menaces »");
    let (section, _) = apres.split_once("\n## ").expect("une section la suit");
    section.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| Menace")).collect()
}

#[test]
fn chaque_menace_a_un_essai_qui_existe() {
    let texte =
        std::fs::read_to_string(racine().join("docs/securite.md")).expect("docs/securite.md");
    let sources = sources();
    let existe = |nom: &str| {
        let definition = format!("fn {nom}(");
        sources.iter().any(|fichier| fichier.texte.contains(&definition))
    };
    let menaces = menaces(&texte);
    assert!(menaces.len() > 15, "{} menaces", menaces.len());
    let sans = menaces.iter().filter(|menace| essais(menace).is_empty());
    let mut defauts: Vec<String> = sans.map(|menace| format!("sans essai : {menace}")).collect();
    defauts.extend(
        essais(&texte)
            .into_iter()
            .filter(|nom| !existe(nom))
            .map(|nom| format!("l'essai {nom} n'existe pas")),
    );
    aucun(&defauts);
}

#[test]
fn un_nom_d_essai_se_distingue_d_une_option() {
    let texte =
        "`--https`, `seuil cles changer`, `X-Forwarded-For`, `un_essai_a_ce_nom`, `deux_mots`";
    assert_eq!(essais(texte), ["un_essai_a_ce_nom"]);
}
