//! Deux fiches : le même ménage, peut-être, ou deux ménages.

use ccapex::notice::Identite;
use ccapex::rapprochement::cles::cles;
use ccapex::rapprochement::comparer::{Ressemblance, comparer};
use ccapex::rapprochement::fiche::Fiche;
use jiff::civil::Date;
use proptest::prelude::*;

/// « NOM|Prénom|naissance|adresse|bailleur », à Arras.
fn fiche(ecrit: &str) -> Fiche {
    let mut champs = ecrit.split('|').map(|champ| champ.trim().to_owned());
    let mut champ = || champs.next().unwrap_or_default();
    let identite = Identite {
        nom: champ(),
        prenom: champ(),
        naissance: champ().parse::<Date>().ok(),
        adresse: champ(),
        bailleur_nom: champ(),
        ..Identite::default()
    };
    Fiche::nouvelle(&identite, "62041")
}

fn mot(ressemblance: Ressemblance) -> &'static str {
    match ressemblance {
        Ressemblance::Certaine => "certaine",
        Ressemblance::Douteuse(_) => "douteuse",
        Ressemblance::Autre => "autre",
    }
}

#[rustfmt::skip]
const CAS: [(&str, &str, &str, &str); 40] = [
    // libellé                                    une fiche                                               l'autre                                                  verdict
    ("casse, accents, ponctuation",               "Lefèvre|Éric|1980-02-03|12, rue de l'Église|",          "LEFEVRE|ERIC|1980-02-03|12 RUE DE L EGLISE|",            "certaine"),
    ("nom et prénom échangés",                    "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",               "Éric|Lefèvre|1980-02-03|12 rue Pasteur|",                "certaine"),
    ("faute de frappe dans le nom",               "Delattre|Éric|1980-02-03|12 rue Pasteur|",              "Delatrte|Éric|1980-02-03|12 rue Pasteur|",               "certaine"),
    ("faute de frappe, sans naissance",           "Delattre|Éric||12 rue Pasteur|A B",                     "Delatrte|Éric|1980-02-03|12 rue Pasteur|A B",            "douteuse"),
    ("lettre doublée, sans naissance",            "Ruiz|Dorothée||12 rue Pasteur|",                        "Ruuiz|Dorothée|1980-02-03|12 rue Pasteur|",              "certaine"),
    ("naissance absente d'un côté",               "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",                "certaine"),
    ("voie abrégée",                              "Lefèvre|Éric||12 boulevard du Général de Gaulle|",      "Lefèvre|Éric||12 BD GAL DE GAULLE|",                     "certaine"),
    ("saint abrégé, article perdu",               "Lefèvre|Éric||4 place de Saint-Éloi|",                  "Lefèvre|Éric||4 PL ST ELOI|",                            "certaine"),
    ("prénom de la rue abrégé",                   "Lefèvre|Éric||12 rue Victor Hugo|",                     "Lefèvre|Éric||12 r. V. Hugo|",                           "certaine"),
    ("prénom de la rue omis, même naissance",     "Lefèvre|Éric|1980-02-03|12 rue Victor Hugo|",           "Lefèvre|Éric|1980-02-03|12 rue Hugo|",                   "certaine"),
    ("CEDEX et code postal dans l'adresse",       "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric||12 rue Pasteur 62000 ARRAS CEDEX|",        "certaine"),
    ("numéro précédé de son signe",               "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric||n° 12 rue Pasteur|",                       "certaine"),
    ("numéro après la voie",                      "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric||rue Pasteur, 12|",                         "certaine"),
    ("nom de la résidence avant le numéro",       "Lefèvre|Éric||14 rue Pasteur|",                         "Lefèvre|Éric||Résidence les Lilas, 14 rue Pasteur|",     "certaine"),
    ("appartement écrit autrement",               "Lefèvre|Éric||14 rue Pasteur apt 3|",                   "Lefèvre|Éric||Appartement n° 3, 14 rue Pasteur|",        "certaine"),
    ("étage écrit d'un côté",                     "Lefèvre|Éric||14 rue Pasteur|",                         "Lefèvre|Éric||14 rue Pasteur 2ème étage|",               "certaine"),
    ("civilité dans le nom",                      "Lefèvre|Éric||12 rue Pasteur|",                         "M. Lefèvre|Éric||12 rue Pasteur|",                       "certaine"),
    ("jour et mois inversés, même bailleur",      "Lefèvre|Éric|1980-02-03|12 rue Pasteur|Jean Hervé",     "Lefèvre|Éric|1980-03-02|12 rue Pasteur|M. HERVE Jean",   "certaine"),
    ("jour et mois inversés, bailleur inconnu",   "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",               "Lefèvre|Éric|1980-03-02|12 rue Pasteur|",                "douteuse"),
    ("nom d'épouse",                              "Lefèvre|Odile|1980-02-03|12 rue Pasteur|",              "Carpentier épouse Lefèvre|Odile|1980-02-03|12 rue Pasteur|", "certaine"),
    ("initiale du prénom, sans naissance",        "Lefèvre|J.||12 rue Pasteur|",                           "Lefèvre|Jeanne||12 rue Pasteur|",                        "douteuse"),
    ("12 et 12 bis, même naissance",              "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",               "Lefèvre|Éric|1980-02-03|12 bis rue Pasteur|",            "certaine"),
    ("12 et 12 bis, rien d'autre",                "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric||12 bis rue Pasteur|",                      "douteuse"),
    ("locataires successifs, même bailleur",      "Lefèvre|Éric|1980-02-03|12 rue Pasteur|Jean Hervé",     "Morel|Anne|1991-01-01|12 rue Pasteur|Jean Hervé",        "autre"),
    ("locataires successifs de même prénom",      "Lefèvre|Éric||12 rue Pasteur|Jean Hervé",               "Morel|Éric||12 rue Pasteur|Jean Hervé",                  "autre"),
    ("parent et enfant",                          "Lefèvre|Éric|1980-02-03|12 rue Pasteur|Jean Hervé",     "Lefèvre|Hugo|2004-05-06|12 rue Pasteur|Zoé Morel",       "autre"),
    ("père et fils de même prénom",               "Lefèvre|Éric|1955-02-03|12 rue Pasteur|",               "Lefèvre|Éric|1985-02-03|12 rue Pasteur|",                "douteuse"),
    ("couple, même bailleur",                     "Lefèvre|Éric|1980-02-03|12 rue Pasteur|Jean Hervé",     "Lefèvre|Odile|1982-07-08|12 rue Pasteur|Jean Hervé",     "douteuse"),
    ("jumeaux",                                   "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",               "Lefèvre|Odile|1980-02-03|12 rue Pasteur|",               "douteuse"),
    ("Louis et Louise, nés le même jour",         "Lefèvre|Louis|1980-02-03|12 rue Pasteur|",              "Lefèvre|Louise|1980-02-03|12 rue Pasteur|",              "douteuse"),
    ("Laure et Laura, naissance inconnue",        "Lefèvre|Laure||12 rue Pasteur|Jean Hervé",              "Lefèvre|Laura||12 rue Pasteur|Jean Hervé",               "douteuse"),
    ("Léo et Léa",                                "Lefèvre|Léo|2004-02-03|12 rue Pasteur|",                "Lefèvre|Léa|2006-02-03|12 rue Pasteur|",                 "autre"),
    ("homonymes à deux adresses",                 "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",               "Lefèvre|Éric|1961-08-09|3 avenue Foch|",                 "autre"),
    ("homonymes sans naissance",                  "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric||3 avenue Foch|",                           "autre"),
    ("a peut-être déménagé dans la commune",      "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",               "Lefèvre|Éric|1980-02-03|3 avenue Foch|",                 "douteuse"),
    ("homonymes, deux appartements",              "Lefèvre|Éric|1980-02-03|14 rue Pasteur apt 3|",         "Lefèvre|Éric|1961-08-09|14 rue Pasteur apt 8|",          "autre"),
    ("un appartement écrit, sans naissance",      "Lefèvre|Éric||14 rue Pasteur apt 3|",                   "Lefèvre|Éric|1980-02-03|14 rue Pasteur|",                "douteuse"),
    ("même nom, deux appartements",               "Lefèvre|Éric|1980-02-03|14 rue Pasteur apt 3|J H",      "Lefèvre|Odile|1982-07-08|14 rue Pasteur apt 8|J H",      "autre"),
    ("rue Pasteur et avenue Pasteur",             "Lefèvre|Éric||12 rue Pasteur|",                         "Lefèvre|Éric||12 avenue Pasteur|",                       "autre"),
    ("adresse absente d'un côté",                 "Lefèvre|Éric|1980-02-03||",                             "Lefèvre|Éric|1980-02-03|12 rue Pasteur|",                "douteuse"),
];

#[test]
fn deux_fiches_se_rejoignent_se_demandent_ou_s_ignorent() {
    let mut ecarts = Vec::new();
    for (libelle, a, b, verdict) in CAS {
        let (a, b) = (fiche(a), fiche(b));
        let comparaison = comparer(&a, &b);
        if mot(comparaison.ressemblance) != verdict {
            ecarts
                .push(format!("{libelle} : {verdict} attendu, {comparaison:?}\n  {a:?}\n  {b:?}"));
        }
        assert!(comparaison.motifs.len() >= 3, "{libelle} : {:?}", comparaison.motifs);
        // Ce qui se rejoint ou se demande doit d'abord se retrouver.
        let (cles_a, cles_b) = (cles("62", &a), cles("62", &b));
        assert!(
            verdict == "autre" || cles_a.iter().any(|cle| cles_b.contains(cle)),
            "{libelle} : aucune clé commune"
        );
    }
    assert!(ecarts.is_empty(), "{}", ecarts.join("\n"));
}

#[test]
fn deux_communes_deux_dossiers() {
    let ici = fiche("Lefèvre|Éric|1980-02-03|12 rue Pasteur|");
    let ailleurs = Fiche { commune: "62498".to_owned(), ..ici.clone() };
    assert_eq!(comparer(&ici, &ailleurs).ressemblance, Ressemblance::Autre);
    assert_eq!(comparer(&ici, &ailleurs).motifs, ["communes différentes"]);
}

#[test]
fn les_raisons_ne_nomment_personne() {
    for (libelle, a, b, _) in CAS {
        for motif in comparer(&fiche(a), &fiche(b)).motifs {
            assert!(
                !motif.contains("Lefèvre") && !motif.contains("Pasteur"),
                "{libelle} : {motif}"
            );
        }
    }
}

fn fiches() -> impl Strategy<Value = Fiche> {
    let parmi = |choix: &'static [&'static str]| prop::sample::select(choix);
    (
        parmi(&[
            "Lefèvre",
            "Lefebvre",
            "Louis",
            "Ruiz",
            "Ruuiz",
            "Éric Lefèvre",
            "L.",
            "",
            "Rou",
            "Riou",
        ]),
        parmi(&["Éric", "Louis", "Louise", "Jean Louis", "J.", "", "Laure", "Laura", "Lefèvre"]),
        parmi(&["1980-02-03", "1980-03-02", "1980-02-13", "1950-02-03", ""]),
        parmi(&[
            "12 rue Victor Hugo",
            "12 r V Hugo",
            "12 bis rue Hugo",
            "rue Hugo apt 3",
            "12 rue V. Hugo apt 4",
            "",
            "œ 12",
            "12 12 12",
        ]),
        parmi(&["Jean Hervé", "HERVE JEAN", ""]),
    )
        .prop_map(|(nom, prenom, naissance, adresse, bailleur)| {
            fiche(&format!("{nom}|{prenom}|{naissance}|{adresse}|{bailleur}"))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn comparer_est_symetrique(a in fiches(), b in fiches()) {
        prop_assert_eq!(comparer(&a, &b), comparer(&b, &a));
    }

    #[test]
    fn aucune_ecriture_n_arrete_la_comparaison(nom in ".{0,12}", prenom in ".{0,12}", adresse in ".{0,40}", autre in ".{0,40}") {
        let ecrit = |adresse: String| {
            Fiche::nouvelle(&Identite { nom: nom.clone(), prenom: prenom.clone(), adresse, ..Identite::default() }, "62041")
        };
        let (a, b) = (ecrit(adresse), ecrit(autre));
        prop_assert_eq!(comparer(&a, &b), comparer(&b, &a));
        prop_assert!(cles("62", &a).len() <= 3);
    }
}
