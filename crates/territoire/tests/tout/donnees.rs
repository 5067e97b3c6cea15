//! Ce que le fichier embarqué contient.

use std::collections::BTreeSet;

use territoire::{
    actuelle, arrondissement, commune, communes, communes_de_l_arrondissement, communes_de_l_epci,
    communes_du_code_postal, communes_du_departement, departement, departements, epci, source,
};

#[test]
fn la_source_dit_son_nom_son_annee_et_sa_licence() {
    let source = source();
    assert_eq!(source.annee, 2026);
    assert_eq!(source.licence, "Licence Ouverte 2.0");
    assert!(source.nom.contains("Insee"));
}

#[test]
fn la_france_de_2026_est_entiere() {
    let municipaux = communes().filter(|c| c.ville.is_some()).count();
    assert_eq!((communes().count() - municipaux, municipaux), (34_969, 45));
    assert_eq!(departements().count(), 109);
}

#[test]
fn arras_est_la_ou_elle_est() {
    let arras = commune("62041").unwrap();
    assert_eq!((arras.nom, arras.departement), ("Arras", "62"));
    assert_eq!(arras.codes_postaux, ["62000"]);
    assert_eq!(arrondissement(arras.arrondissement.unwrap()).unwrap().nom, "Arras");
    assert_eq!(departement("62").unwrap().nom, "Pas-de-Calais");
    let cua = epci(arras.epci.unwrap()).unwrap();
    assert_eq!((cua.nature, cua.nom), ("CU", "CU d'Arras"));
    assert!(communes_de_l_epci(cua.code).any(|c| c.code == "62041"));
}

#[test]
fn les_sept_arrondissements_du_pas_de_calais_le_partagent() {
    let parts: Vec<BTreeSet<&str>> = ["621", "622", "623", "624", "625", "626", "627"]
        .iter()
        .map(|code| communes_de_l_arrondissement(code).map(|c| c.code).collect())
        .collect();
    let tout: BTreeSet<&str> = communes_du_departement("62").map(|c| c.code).collect();
    assert!(parts.iter().all(|part| !part.is_empty()));
    assert_eq!(parts.iter().map(BTreeSet::len).sum::<usize>(), tout.len());
    assert_eq!(parts.into_iter().flatten().collect::<BTreeSet<_>>(), tout);
}

#[test]
fn tout_renvoi_mene_quelque_part() {
    for c in communes() {
        assert!(departement(c.departement).is_some(), "{}", c.code);
        assert!(c.arrondissement.is_none_or(|a| arrondissement(a).is_some()), "{}", c.code);
        assert!(c.epci.is_none_or(|e| epci(e).is_some()), "{}", c.code);
        assert!(c.ville.is_none_or(|v| commune(v).is_some()), "{}", c.code);
    }
}

#[test]
fn un_ancien_code_mene_a_la_commune_d_aujourd_hui() {
    #[rustfmt::skip]
    let cas = [
        ("62110", Some("62473")), // Berguette, associée d'Isbergues
        ("62807", Some("62757")), // Tatinghem
        ("62447", Some("62447")), // Hesdin-la-Forêt a gardé le code de Hesdin
        ("75109", Some("75109")),
        ("62999", None),
        ("",      None),
    ];
    for (ancien, attendu) in cas {
        assert_eq!(actuelle(ancien).map(|c| c.code), attendu, "{ancien}");
    }
    assert!(commune("62110").is_none(), "un ancien code n'est pas une commune");
}

#[test]
fn un_code_postal_de_paris_designe_l_arrondissement_et_non_la_ville() {
    let codes: Vec<&str> = communes_du_code_postal("75116").map(|c| c.code).collect();
    assert_eq!(codes, ["75116"]);
    assert!(communes_du_code_postal("62022").next().is_none(), "un CEDEX ne dessert rien");
}
