use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::champ::ListeDeCodes;
use crate::texte::aplatir;

/// Forme aplatie → code, liste par liste.
static CODES: LazyLock<BTreeMap<String, BTreeMap<String, String>>> = LazyLock::new(|| {
    let listes: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        toml::from_str(include_str!("codes.toml")).unwrap_or_default();
    listes.into_iter().map(|(liste, codes)| (liste, formes(codes))).collect()
});

fn formes(codes: BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let mut plates = BTreeMap::new();
    for (code, synonymes) in codes {
        for forme in synonymes {
            plates.insert(aplatir(&forme), code.clone());
        }
        plates.insert(aplatir(&code), code);
    }
    plates
}

/// Le code que désigne un mot d'expéditeur.
pub(super) fn code(liste: ListeDeCodes, texte: &str) -> Option<&'static str> {
    let formes = CODES.get(liste.nom())?;
    // Le code lui-même, tel que nous l'écrivons, évite d'aplatir cent mille cellules.
    formes.get(texte).or_else(|| formes.get(&aplatir(texte))).map(String::as_str)
}

/// Les codes d'une liste, pour dire à l'expéditeur quoi écrire.
pub(super) fn codes(liste: ListeDeCodes) -> Vec<&'static str> {
    let mut codes: Vec<&str> =
        CODES.get(liste.nom()).into_iter().flat_map(|f| f.values().map(String::as_str)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.retain(|code| *code != "sci");
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_forme_ne_designe_qu_un_code() {
        let listes: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(include_str!("codes.toml")).unwrap();
        for (liste, codes) in &listes {
            let mut vues = BTreeMap::new();
            for (code, synonymes) in codes {
                for forme in synonymes {
                    let autre = vues.insert(aplatir(forme), code);
                    assert!(
                        autre.is_none_or(|autre| autre == code),
                        "{liste} : « {forme} » désigne {code} et {autre:?}"
                    );
                }
            }
        }
        assert_eq!(listes.len(), 8);
    }

    #[test]
    fn les_natures_des_donnees_sont_celles_du_contrat() {
        let mut attendues = crate::nature::Nature::TOUTES.map(crate::nature::Nature::nom);
        attendues.sort_unstable();
        assert_eq!(codes(ListeDeCodes::Nature), attendues);
    }
}
