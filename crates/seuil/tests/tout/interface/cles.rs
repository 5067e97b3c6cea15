//! Les clés, en ligne de commande.

use epreuves::Dossier;

use super::{compte, reussir};
use crate::programme::{executer, lignes_json};

#[test]
fn une_cle_se_fait_se_liste_se_renouvelle_et_se_retire_en_ligne_de_commande() {
    let dossier = Dossier::neuf("cles");
    let base = format!("sqlite:{}", dossier.chemin().join("seuil.db").display());
    reussir(&base, &compte("genesis", "bailleur_social", "Habitat des Essais"), "");
    let cle = |suite: &[&str]| reussir(&base, &[&["compte", "cle"], suite].concat(), "");

    let remise = cle(&["creer", "genesis", "--nom", "Genesis", "--jours", "30"]);
    let remise = remise.trim();
    assert!(remise.starts_with("seuil_") && remise.len() == 70, "{remise}");
    let liste = cle(&["lister", "--json"]);
    assert!(!liste.contains(remise), "la clé ne se montre qu'une fois");
    let lue = &lignes_json(&liste)[0];
    assert_eq!((&lue["compte"], &lue["portee"]), (&"genesis".into(), &"lecture".into()));
    assert!(lue["indice"].as_str().is_some_and(|indice| remise.ends_with(indice)));

    let neuve = cle(&["renouveler", "1", "--json"]);
    assert_ne!(lignes_json(&neuve)[0]["cle"], remise);
    cle(&["retirer", "2"]);
    let liste = cle(&["lister"]);
    assert!(liste.contains("retirée le"), "{liste}");

    for (suite, dit) in [
        (vec!["retirer", "2"], "introuvable"),
        (vec!["creer", "personne", "--nom", "X"], "Aucun compte"),
        (vec!["creer", "genesis", "--nom", "X", "--jours", "0"], "de 1 à 731 jours"),
    ] {
        let arguments = [&["compte", "cle"], suite.as_slice(), &["--base", &base]].concat();
        let refus = executer(&arguments);
        assert_eq!(refus.code, 1, "{suite:?}");
        let dit_en_minuscules = refus.messages.to_lowercase();
        assert!(dit_en_minuscules.contains(&dit.to_lowercase()), "{suite:?} : {}", refus.messages);
    }
}
