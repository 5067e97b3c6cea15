//! Les mots qui n'ont pas leur place dans le dépôt.

use super::{Fichier, aucun, fichiers, sources};

/// Écrits en morceaux, pour que ce fichier ne se dénonce pas lui-même.
const INTERDITS: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "faites-le, ou écrivez un DOUTE numéroté"),
    (concat!("FIX", "ME"), "corrigez, ou écrivez un DOUTE numéroté"),
    (concat!("todo", "!("), "faites-le"),
    (concat!("unimple", "mented!("), "faites-le"),
    (concat!("/wo", "rk/"), "un chemin de machine"),
    (concat!("/ro", "ot/"), "un chemin de machine"),
    (concat!("/ho", "me/"), "un chemin de machine"),
    (concat!("\"/t", "mp/"), "un chemin de machine : `Dossier::neuf`"),
    (concat!("../sha", "red"), "citez la source par son titre"),
];

const TEXTES: &[&str] =
    &["rs", "md", "sql", "html", "css", "js", "typ", "toml", "json", "csv", "txt", "sh", ""];

/// Le mot, seul, et non au milieu d'un autre.
fn contient(ligne: &str, mot: &str) -> bool {
    let lettre = |c: char| c.is_alphanumeric() || c == '_';
    ligne.match_indices(mot).any(|(place, _)| {
        let avant = ligne[..place].chars().next_back();
        let apres = ligne[place + mot.len()..].chars().next();
        let colle_avant = mot.starts_with(lettre) && avant.is_some_and(lettre);
        let colle_apres = mot.ends_with(lettre) && apres.is_some_and(lettre);
        !colle_avant && !colle_apres
    })
}

fn defauts(fichier: &Fichier) -> Vec<String> {
    let mut defauts = vec![];
    for (numero, ligne) in fichier.texte.lines().enumerate() {
        for (mot, conseil) in INTERDITS.iter().filter(|(mot, _)| contient(ligne, mot)) {
            defauts.push(format!("{}:{} : « {mot} », {conseil}", fichier.chemin, numero + 1));
        }
    }
    defauts
}

#[test]
fn un_mot_interdit_se_voit_seul_et_pas_dans_un_autre() {
    let mot = INTERDITS[0].0;
    assert!(contient(&format!("// {mot} : plus tard"), mot));
    assert!(!contient(&format!("ME{mot}LOGIE"), mot));
    assert!(!contient(&format!("{mot}S"), mot));
}

#[test]
fn rien_n_est_remis_a_plus_tard_et_aucune_machine_n_est_nommee() {
    let defauts: Vec<_> = fichiers("", TEXTES).iter().flat_map(defauts).collect();
    aucun(&defauts);
}

#[test]
fn un_lint_se_tait_avec_une_raison_ou_pas_du_tout() {
    let tus = [concat!("#[al", "low("), concat!("#![al", "low(")];
    let mut defauts = vec![];
    for fichier in sources() {
        for (numero, ligne) in fichier.texte.lines().enumerate() {
            if tus.iter().any(|tu| ligne.contains(tu)) {
                let place = format!("{}:{}", fichier.chemin, numero + 1);
                defauts.push(format!("{place} : écrivez `#[expect(…, reason = \"…\")]`"));
            }
        }
    }
    aucun(&defauts);
}
