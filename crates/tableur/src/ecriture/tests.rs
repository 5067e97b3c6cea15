use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::champ::Champ;
use crate::lecture::{Options, ouvrir};
use crate::valeur::Valeur;

fn colonnes() -> Vec<Colonne> {
    vec![
        Colonne::nouvelle("reference_acte", GenreColonne::Texte),
        Colonne::nouvelle("date_signification", GenreColonne::Date),
        Colonne::nouvelle("locataire_nom", GenreColonne::Texte),
        Colonne::nouvelle("commune", GenreColonne::Texte),
        Colonne::nouvelle("montant_dette", GenreColonne::Montant),
        Colonne::nouvelle("nombre_enfants", GenreColonne::Entier),
        Colonne::nouvelle("aide_logement", GenreColonne::Texte),
    ]
}

fn ecrire(format: Format, lignes: &[Vec<Cellule>]) -> Vec<u8> {
    let mut ecrivain = Ecrivain::nouveau(format, "CDP / reçus [2026]", &colonnes()).unwrap();
    for ligne in lignes {
        ecrivain.ligne(ligne).unwrap();
    }
    ecrivain.terminer().unwrap()
}

fn en_csv(texte: &str) -> String {
    let mut ecrivain =
        Ecrivain::nouveau(Format::Csv, "", &[Colonne::nouvelle("t", GenreColonne::Texte)]).unwrap();
    ecrivain.ligne(&[Cellule::Texte(texte.to_owned())]).unwrap();
    let octets = String::from_utf8(ecrivain.terminer().unwrap()).unwrap();
    octets.strip_prefix("\u{feff}t\r\n").unwrap().strip_suffix("\r\n").unwrap().to_owned()
}

fn une_ligne() -> Vec<Cellule> {
    vec![
        Cellule::Texte("2026-1".to_owned()),
        Cellule::Date(date(2026, 1, 15)),
        Cellule::Texte("L'Hôte; \"Roy\" & <b>".to_owned()),
        Cellule::Texte("Béthune".to_owned()),
        Cellule::Montant(-123_456),
        Cellule::Entier(3),
        Cellule::OuiNon(true),
    ]
}

#[test]
fn le_csv_s_ouvre_d_un_clic_dans_un_tableur_francais() {
    let texte = String::from_utf8(ecrire(Format::Csv, &[une_ligne()])).unwrap();
    assert_eq!(
        texte,
        "\u{feff}reference_acte;date_signification;locataire_nom;commune;montant_dette;nombre_enfants;aide_logement\r\n\
         2026-1;15/01/2026;\"L'Hôte; \"\"Roy\"\" & <b>\";Béthune;\"-1234,56\";3;oui\r\n"
    );
}

#[test]
fn rien_ne_s_execute_a_l_ouverture_et_les_nombres_restent_des_nombres() {
    #[rustfmt::skip]
    let cas = [
        ("=1+1",                       "'=1+1"),
        ("=HYPERLINK(\"http://x\")",   "\"'=HYPERLINK(\"\"http://x\"\")\""),
        ("+33 6 12",                   "'+33 6 12"),
        ("-cmd",                       "'-cmd"),
        ("@SUM(A1)",                   "'@SUM(A1)"),
        ("\t=1",                       "\"'\t=1\""),
        ("\r=1",                       "\"'\r=1\""),
        ("  =1+1",                     "'  =1+1"),
        ("＝1+1",                      "'＝1+1"),
        ("-12,50",                     "\"-12,50\""),
        ("+33612345678",               "+33612345678"),
        ("-",                          "'-"),
        ("O'Brien",                    "O'Brien"),
        ("a;b",                        "\"a;b\""),
    ];
    for (texte, attendu) in cas {
        assert_eq!(en_csv(texte), attendu, "« {texte} »");
    }
}

#[test]
fn un_classeur_n_a_jamais_de_formule() {
    let ligne = vec![
        Cellule::Texte("=1+1".to_owned()),
        Cellule::Vide,
        Cellule::Texte("=cmd|' /C calc'!A0".to_owned()),
    ];
    for format in [Format::Xlsx, Format::Ods] {
        let xml = contenu(&ecrire(format, std::slice::from_ref(&ligne)), format);
        assert!(!xml.contains("<f>") && !xml.contains("table:formula"), "{format:?}");
        assert!(xml.contains("=1+1"), "{format:?} : le texte est là");
    }
}

fn contenu(octets: &[u8], format: Format) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(octets)).unwrap();
    let nom = if format == Format::Xlsx { "xl/worksheets/sheet1.xml" } else { "content.xml" };
    std::io::read_to_string(zip.by_name(nom).unwrap()).unwrap()
}

#[test]
fn un_temoin_independant_relit_nos_classeurs() {
    use calamine::{Data, Reader};
    let octets = ecrire(Format::Xlsx, &[une_ligne()]);
    let mut xlsx: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(octets)).unwrap();
    let octets = ecrire(Format::Ods, &[une_ligne()]);
    let mut ods: calamine::Ods<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(octets)).unwrap();
    assert_eq!(xlsx.sheet_names(), ["CDP   reçus  2026"]);
    assert_eq!(ods.sheet_names(), ["CDP   reçus  2026"]);
    for feuille in
        [xlsx.worksheet_range_at(0).unwrap().unwrap(), ods.worksheet_range_at(0).unwrap().unwrap()]
    {
        assert_eq!(feuille.get((0, 2)), Some(&Data::String("locataire_nom".to_owned())));
        assert_eq!(feuille.get((1, 2)), Some(&Data::String("L'Hôte; \"Roy\" & <b>".to_owned())));
        assert_eq!(feuille.get((1, 4)), Some(&Data::Float(-1234.56)));
        assert!(matches!(feuille.get((1, 1)), Some(Data::DateTime(_) | Data::DateTimeIso(_))));
    }
}

#[test]
fn les_memes_lignes_donnent_les_memes_octets() {
    for format in [Format::Csv, Format::Xlsx, Format::Ods] {
        assert_eq!(ecrire(format, &[une_ligne()]), ecrire(format, &[une_ligne()]), "{format:?}");
    }
}

#[test]
fn un_export_pris_au_fil_de_l_eau_a_les_memes_octets() {
    for format in [Format::Csv, Format::Xlsx, Format::Ods] {
        let lignes = vec![une_ligne(); 3_000];
        let entier = ecrire(format, &lignes);
        let mut ecrivain = Ecrivain::nouveau(format, "CDP / reçus [2026]", &colonnes()).unwrap();
        let (mut octets, mut en_memoire) = (vec![], 0);
        for ligne in &lignes {
            ecrivain.ligne(ligne).unwrap();
            let pris = ecrivain.prendre();
            en_memoire = en_memoire.max(pris.len());
            octets.extend(pris);
        }
        octets.extend(ecrivain.terminer().unwrap());
        assert_eq!(octets, entier, "{format:?}");
        assert!(en_memoire < 200_000, "{format:?} : {en_memoire}");
    }
}

#[test]
fn une_ligne_trop_large_se_refuse() {
    let mut ecrivain =
        Ecrivain::nouveau(Format::Ods, "x", &[Colonne::nouvelle("a", GenreColonne::Entier)])
            .unwrap();
    assert_eq!(
        ecrivain.ligne(&[Cellule::Entier(1), Cellule::Entier(2)]),
        Err(EchecEcriture::TropDeCellules { cellules: 2, colonnes: 1 })
    );
}

#[test]
fn un_nom_de_feuille_est_toujours_admis() {
    #[rustfmt::skip]
    let cas = [
        ("Échéances",                                   "Échéances"),
        ("a/b",                                         "a b"),
        ("  ",                                          "Export"),
        ("Commandements de payer reçus en novembre",    "Commandements de payer reçus en"),
    ];
    for (titre, attendu) in cas {
        assert_eq!(nom_de_feuille(titre), attendu);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ce_qui_est_ecrit_se_relit(
        lignes in prop::collection::vec(("[A-Z]{2}-[0-9]{1,6}", 0_i64..40_000, "[A-ZÀ-Ýa-zà-ÿ]{2,12}( [\"<&;,']?[a-z]{1,8}){0,2}", -10_000_000_i64..10_000_000, 0_i64..9, any::<bool>()), 0..20),
    ) {
        let jour = |jours: i64| date(1930, 1, 1).saturating_add(jiff::ToSpan::days(jours));
        let cellules: Vec<Vec<Cellule>> = lignes
            .iter()
            .map(|(reference, jours, nom, dette, enfants, aide)| vec![
                Cellule::Texte(reference.clone()),
                Cellule::Date(jour(*jours)),
                Cellule::Texte(nom.clone()),
                Cellule::Texte("Arras".to_owned()),
                Cellule::Montant(*dette),
                Cellule::Entier(*enfants),
                Cellule::OuiNon(*aide),
            ])
            .collect();
        for format in [Format::Csv, Format::Xlsx, Format::Ods] {
            let classeur = ouvrir("export", ecrire(format, &cellules), &Options::default()).unwrap();
            let relues: Vec<_> = classeur.lignes().collect();
            prop_assert_eq!(relues.len(), lignes.len());
            for (relue, (reference, jours, nom, dette, enfants, aide)) in relues.iter().zip(&lignes) {
                prop_assert_eq!(relue.valeur(Champ::ReferenceActe), Some(&Valeur::Texte(reference.clone())));
                prop_assert_eq!(relue.valeur(Champ::DateSignification), Some(&Valeur::Date(jour(*jours))));
                prop_assert_eq!(relue.valeur(Champ::LocataireNom), Some(&Valeur::Texte(nom.clone())));
                prop_assert_eq!(relue.valeur(Champ::MontantDette), Some(&Valeur::Montant(*dette)));
                prop_assert_eq!(relue.valeur(Champ::NombreEnfants), Some(&Valeur::Entier(*enfants)));
                prop_assert_eq!(relue.valeur(Champ::AideLogement), Some(&Valeur::OuiNon(*aide)));
            }
        }
    }

    #[test]
    fn aucun_texte_ne_casse_un_export(texte in "\\PC{0,30}|[\u{0}-\u{1f}=+@;\"]{1,10}") {
        for format in [Format::Csv, Format::Xlsx, Format::Ods] {
            let lignes = [vec![Cellule::Texte("R-1".to_owned()), Cellule::Date(date(2026, 1, 1)), Cellule::Texte(texte.clone()), Cellule::Texte("Lens".to_owned())]];
            let classeur = ouvrir("export", ecrire(format, &lignes), &Options::default()).unwrap();
            prop_assert_eq!(classeur.lignes().count(), 1, "{:?}", format);
        }
    }
}
