use jiff::civil::date;
use tableur::champ::Champ;
use tableur::correspondance::Correspondance;
use tableur::lecture::{Cause, Encodage, Ligne, Options, Sorte, ouvrir};
use tableur::nature::Nature;
use tableur::valeur::Valeur;

use crate::{lignes, lire, octets};

fn texte(ligne: &Ligne, champ: Champ) -> &str {
    match ligne.valeur(champ) {
        Some(Valeur::Texte(texte)) => texte,
        autre => panic!("ligne {} : {champ} = {autre:?}", ligne.ligne),
    }
}

fn numeros(lignes: &[Ligne]) -> Vec<u64> {
    lignes.iter().map(|ligne| ligne.ligne).collect()
}

/// Trois mêmes notices, écrites de toutes les façons promises : elles se lisent pareil.
#[test]
fn la_forme_du_fichier_ne_change_rien_a_ce_qu_il_dit() {
    let modele: Vec<_> =
        lignes("variantes/cdp-fins-de-ligne-lf.csv").into_iter().map(|l| l.champs).collect();
    assert_eq!(modele.len(), 3);
    #[rustfmt::skip]
    let cas = [
        // fichier                                      encodage                     séparateur  lignes
        ("cdp-utf16be.csv",                Some(Encodage::Utf16Be),     Some(';'),  [2, 3, 4]),
        ("cdp-utf16le-sans-marque.txt",    Some(Encodage::Utf16Le),     Some('\t'), [2, 3, 4]),
        ("cdp-1252-tabulations.txt",       Some(Encodage::Windows1252), Some('\t'), [2, 3, 4]),
        ("cdp-fins-de-ligne-cr.csv",       Some(Encodage::Utf8),        Some(';'),  [2, 3, 4]),
        ("cdp-utf8-marque-virgules.csv",   Some(Encodage::Utf8),        Some(','),  [2, 3, 4]),
        ("cdp-sep-indique.csv",            Some(Encodage::Utf8),        Some('|'),  [3, 4, 5]),
        ("cdp-ordre-et-noms.csv",          Some(Encodage::Utf8),        Some(';'),  [2, 3, 4]),
        ("cdp-une-notice-par-ligne.ndjson", Some(Encodage::Utf8),       None,       [1, 2, 3]),
    ];
    for (nom, encodage, separateur, attendus) in cas {
        let classeur = lire(&format!("variantes/{nom}")).unwrap();
        assert_eq!((classeur.encodage, classeur.separateur), (encodage, separateur), "{nom}");
        let lues: Vec<Ligne> = classeur.lignes().collect();
        assert_eq!(numeros(&lues), attendus, "{nom}");
        for (lue, modele) in lues.iter().zip(&modele) {
            assert_eq!(lue.champs, *modele, "{nom}, ligne {}", lue.ligne);
            assert_eq!(lue.defauts, [""; 0], "{nom}");
        }
    }
}

#[test]
fn chaque_nature_a_son_exemple_et_se_reconnait() {
    #[rustfmt::skip]
    let cas = [
        ("variantes/cdp-fins-de-ligne-lf.csv",         Nature::Cdp,               3),
        ("variantes/saisines-bailleur.csv",            Nature::SaisineBailleur,   2),
        ("variantes/assignations-deux-feuilles.ods",   Nature::Assignation,       3),
        ("variantes/decisions.xlsx",                   Nature::Decision,          2),
        ("variantes/cql.csv",                          Nature::Cql,               2),
        ("variantes/requisitions-cfp.json",            Nature::RequisitionCfp,    2),
        ("variantes/signalements-impayes.csv",         Nature::SignalementImpaye, 2),
        ("variantes/alertes.csv",                      Nature::Alerte,            2),
    ];
    for (nom, nature, nombre) in cas {
        // Le nom du fichier ne doit pas aider : les en-têtes suffisent.
        let classeur = ouvrir("sans-nom", octets(nom), &Options::default())
            .unwrap_or_else(|r| panic!("{nom} : {r}"));
        let lues: Vec<Ligne> = classeur.lignes().collect();
        assert_eq!(lues.len(), nombre, "{nom}");
        for ligne in &lues {
            assert_eq!(ligne.nature, Some(nature), "{nom}");
            assert!(ligne.valeur(Champ::LocataireNom).is_some(), "{nom}");
            assert!(ligne.valeur(nature.champ_date()).is_some(), "{nom}");
        }
    }
}

#[test]
fn les_champs_propres_a_chaque_nature_se_lisent() {
    let decisions = lignes("variantes/decisions.xlsx");
    assert_eq!(decisions[0].valeur(Champ::Date), Some(&Valeur::Date(date(2026, 2, 12))));
    assert_eq!(texte(&decisions[0], Champ::Issue), "delais");
    assert_eq!(decisions[0].valeur(Champ::DelaisMois), Some(&Valeur::Entier(24)));
    assert_eq!(decisions[0].valeur(Champ::LoyerRepris), Some(&Valeur::OuiNon(true)));
    assert_eq!(decisions[1].valeur(Champ::DelaiDepartMois), Some(&Valeur::Entier(2)));
    assert_eq!(decisions[1].valeur(Champ::ParDefaut), Some(&Valeur::OuiNon(true)));

    let signalements = lignes("variantes/signalements-impayes.csv");
    assert_eq!(texte(&signalements[0], Champ::Origine), "caf");
    assert_eq!(signalements[0].valeur(Champ::Dette), Some(&Valeur::Montant(95_600)));
    assert_eq!(texte(&signalements[1], Champ::AideVerseeA), "locataire");

    let saisines = lignes("variantes/saisines-bailleur.csv");
    assert_eq!(texte(&saisines[0], Champ::BailleurType), "bailleur_social");
    assert_eq!(saisines[0].valeur(Champ::Dette), Some(&Valeur::Montant(185_000)));
    assert_eq!(saisines[1].valeur(Champ::Dette), None);

    let cql = lignes("variantes/cql.csv");
    assert_eq!(cql[0].valeur(Champ::DateNotificationPrefet), Some(&Valeur::Date(date(2026, 5, 5))));
    assert_eq!(texte(&cql[0], Champ::Etude), "SCP Delvigne & Marquant");

    let requisitions = lignes("variantes/requisitions-cfp.json");
    assert_eq!(texte(&requisitions[0], Champ::ReferenceExploc), "EX-62-0001");
    assert_eq!(texte(&requisitions[1], Champ::Canal), "courrier");

    let alertes = lignes("variantes/alertes.csv");
    assert_eq!(texte(&alertes[0], Champ::Code), "plan rompu");
    assert_eq!(
        texte(&alertes[0], Champ::Contenu),
        "Le plan du FSL n’est plus suivi depuis novembre."
    );
    assert_eq!(texte(&alertes[1], Champ::Origine), "maire");
}

#[test]
fn un_json_peut_meler_les_natures() {
    let lues = lignes("variantes/natures-melees.json");
    let natures: Vec<_> = lues.iter().map(|ligne| ligne.nature).collect();
    assert_eq!(natures, [Some(Nature::Cdp), Some(Nature::Cql), None, None]);
    // « date » est celle de l'acte, sous le nom qu'elle a pour chaque nature.
    assert_eq!(lues[0].valeur(Champ::DateSignification), Some(&Valeur::Date(date(2026, 1, 15))));
    assert_eq!(lues[1].valeur(Champ::Date), Some(&Valeur::Date(date(2026, 5, 4))));
    assert!(
        matches!(lues[2].valeur(Champ::Nature), Some(Valeur::Illisible { brut, .. }) if brut == "tract")
    );
    assert_eq!(lues[3].champs, []);
    assert!(lues[3].defauts[0].contains("n'est pas un objet"));
}

#[test]
fn une_enveloppe_json_dit_la_nature_et_garde_les_fautes_de_type() {
    let classeur = lire("variantes/cdp-enveloppe.json").unwrap();
    assert_eq!(classeur.tables[0].nature, Some(Nature::Cdp));
    let inconnue = classeur.tables[0].entetes.iter().find(|e| e.texte == "gestionnaire").unwrap();
    assert_eq!(inconnue.champ, None, "une clé inconnue reste listée");
    let lues: Vec<Ligne> = classeur.lignes().collect();
    let illisible = |rang: usize, champ: Champ| match lues[rang].valeur(champ) {
        Some(Valeur::Illisible { brut, .. }) => brut.as_str(),
        autre => panic!("{champ} : {autre:?}"),
    };
    assert_eq!(
        lues[0].valeur(Champ::MontantDette),
        Some(&Valeur::Montant(231_580)),
        "un entier est en centimes"
    );
    assert_eq!(illisible(1, Champ::MontantDette), "1290");
    assert_eq!(illisible(2, Champ::MontantDette), "982.88");
    assert_eq!(illisible(2, Champ::LocataireNom), "{…}");
    assert_eq!(lues[2].valeur(Champ::AideLogement), Some(&Valeur::OuiNon(true)));
}

#[test]
fn titres_totaux_et_en_tetes_repetes_ne_sont_pas_des_lignes() {
    let classeur = lire("variantes/cdp-titres-et-totaux.csv").unwrap();
    assert_eq!(classeur.tables[0].ligne_entete, 5);
    let mut lignes = classeur.lignes();
    let lues: Vec<Ligne> = lignes.by_ref().collect();
    assert_eq!(numeros(&lues), [7, 12, 13, 14]);
    assert_eq!(
        lues[3].champs,
        [(Champ::ReferenceActe, Valeur::Texte("V-0004".to_owned()))],
        "presque vide, une notice reste une notice"
    );
    let passees: Vec<_> =
        lignes.passees().iter().map(|passee| (passee.ligne, passee.sorte)).collect();
    assert_eq!(
        passees,
        [
            (6, Sorte::Titre),
            (8, Sorte::Total),
            (10, Sorte::EnteteRepetee),
            (11, Sorte::Titre),
            (15, Sorte::Total),
            (16, Sorte::Total),
            (17, Sorte::Titre),
        ]
    );
}

#[test]
fn une_cellule_sur_plusieurs_lignes_ne_decale_pas_les_numeros() {
    let lues = lignes("variantes/cdp-cellules-multilignes.csv");
    assert_eq!(numeros(&lues), [2, 5, 6]);
    assert_eq!(
        texte(&lues[0], Champ::LogementAdresse),
        "12, rue des Tilleuls Bâtiment B Appartement 3"
    );
    assert_eq!(texte(&lues[1], Champ::BailleurNom), "SCI \"Les Peupliers\"; gérance");
}

#[test]
fn des_en_tetes_sur_deux_lignes_se_comprennent_ensemble() {
    let lues = lignes("variantes/cdp-entetes-sur-deux-lignes.csv");
    assert_eq!(numeros(&lues), [3, 4, 5]);
    assert_eq!(texte(&lues[0], Champ::BailleurType), "personne_physique");
    assert_eq!(texte(&lues[0], Champ::BailleurNom), "Aurélie Tanchon");
    assert_eq!(texte(&lues[0], Champ::LocataireNom), "LEROUGE");
    assert_eq!(texte(&lues[0], Champ::LogementAdresse), "12, rue des Tilleuls");
}

#[test]
fn un_ods_de_deux_feuilles_se_lit_en_entier() {
    let classeur = lire("variantes/assignations-deux-feuilles.ods").unwrap();
    assert_eq!(classeur.tables.len(), 2);
    assert_eq!(classeur.ignorees.len(), 1, "la feuille sans tableau est dite");
    let lues: Vec<Ligne> = classeur.lignes().collect();
    let ou: Vec<_> =
        lues.iter().map(|ligne| (ligne.feuille.as_deref().unwrap(), ligne.ligne)).collect();
    assert_eq!(ou, [("Arras", 4), ("Lens", 2), ("Lens", 3)]);
    assert_eq!(
        texte(&lues[0], Champ::LocataireNom),
        "LEROUGE",
        "la note attachée à la cellule n'en fait pas partie"
    );
    assert_eq!(
        lues[0].valeur(Champ::MontantDette),
        Some(&Valeur::Montant(231_580)),
        "valeur enregistrée d'une formule"
    );
    assert_eq!(texte(&lues[1], Champ::Motif), "troubles");
    assert!(
        matches!(lues[1].valeur(Champ::MontantDette), Some(Valeur::Illisible { brut, .. }) if brut == "#REF!")
    );
    assert!(matches!(lues[2].valeur(Champ::DateAssignation), Some(Valeur::Illisible { .. })));
    assert!(lues[2].defauts[0].contains("pas de valeur enregistrée"), "{:?}", lues[2].defauts);
    assert_eq!(texte(&lues[2], Champ::LocatairePrenom), "Zoé Ana Lou");
}

#[test]
fn un_xlsx_a_formules_et_numeros_de_jour_se_lit() {
    let classeur = lire("variantes/cdp-formules-et-numeros-de-jour.xlsx").unwrap();
    assert_eq!(classeur.avertissements.len(), 1, "la feuille masquée est lue et le dit");
    let lues: Vec<Ligne> = classeur.lignes().collect();
    let ou: Vec<_> =
        lues.iter().map(|ligne| (ligne.feuille.as_deref().unwrap(), ligne.ligne)).collect();
    assert_eq!(ou, [("CDP janvier", 5), ("CDP janvier", 6), ("CDP janvier", 7), ("Suite", 2)]);
    let dates: Vec<_> =
        lues.iter().map(|ligne| ligne.valeur(Champ::DateSignification).unwrap().clone()).collect();
    assert_eq!(
        dates,
        [date(2026, 1, 15), date(2026, 1, 16), date(2026, 1, 20), date(2026, 1, 22)]
            .map(Valeur::Date),
        "date typée, numéro de jour, texte"
    );
    assert_eq!(texte(&lues[0], Champ::Telephone), "0612000001");
    assert_eq!(texte(&lues[1], Champ::CodePostal), "01000");
    assert_eq!(
        lues[1].valeur(Champ::MontantDette),
        Some(&Valeur::Montant(129_000)),
        "valeur enregistrée d'une formule"
    );
    assert_eq!(
        lues[2].valeur(Champ::MontantDette),
        Some(&Valeur::Montant(98_288)),
        "arrondi au centime"
    );
    assert!(
        matches!(lues[2].valeur(Champ::AideLogement), Some(Valeur::Illisible { brut, .. }) if brut == "#N/A")
    );
    assert!(matches!(lues[2].valeur(Champ::ImpayeDepuis), Some(Valeur::Illisible { .. })));
    assert!(lues[2].defauts[0].contains("pas de valeur enregistrée"));
}

#[test]
fn un_classeur_qui_compte_depuis_1904_donne_les_bons_jours() {
    let lues = lignes("variantes/cdp-depuis-1904.xlsx");
    assert_eq!(lues[0].valeur(Champ::DateSignification), Some(&Valeur::Date(date(2026, 1, 15))));
}

#[test]
fn dates_et_sommes_se_lisent_sous_toutes_leurs_formes() {
    let lues = lignes("variantes/cdp-dates-et-sommes.csv");
    let jour = Valeur::Date(date(2026, 1, 15));
    for ligne in &lues[..5] {
        assert_eq!(ligne.valeur(Champ::DateSignification), Some(&jour), "ligne {}", ligne.ligne);
        assert_eq!(ligne.valeur(Champ::DateBail), Some(&jour), "ligne {}", ligne.ligne);
        assert_eq!(
            ligne.valeur(Champ::LoyerHorsCharges),
            Some(&Valeur::Montant(123_456)),
            "ligne {}",
            ligne.ligne
        );
        assert_eq!(
            ligne.valeur(Champ::MontantDette),
            Some(&Valeur::Montant(123_456)),
            "ligne {}",
            ligne.ligne
        );
    }
    assert_eq!(lues[5].valeur(Champ::DateSignification), Some(&Valeur::Date(date(1900, 1, 1))));
    assert_eq!(lues[5].valeur(Champ::LoyerHorsCharges), Some(&Valeur::Montant(-5_000)));
    let illisibles =
        lues[6].champs.iter().filter(|(_, v)| matches!(v, Valeur::Illisible { .. })).count();
    assert_eq!(illisibles, 6);
}

#[test]
fn une_ligne_irreguliere_est_gardee_avec_son_defaut() {
    let classeur = lire("variantes/cdp-lignes-irregulieres.csv").unwrap();
    assert!(classeur.avertissements[0].contains("Plusieurs colonnes disent « commune »"));
    let lues: Vec<Ligne> = classeur.lignes().collect();
    assert_eq!(numeros(&lues), [2, 3, 4, 5]);
    assert!(lues[0].defauts[0].contains("Deux colonnes disent « commune »"));
    assert!(lues[1].defauts[0].contains("12 cellules pour 21 en-têtes"));
    assert!(lues[2].defauts[0].contains("1 cellule(s) remplie(s) de plus"));
    assert_eq!(lues[3].defauts, [""; 0]);
    assert_eq!(texte(&lues[3], Champ::Commune), "Lens", "la seconde colonne supplée la première");
}

#[test]
fn des_accents_mal_encodes_se_reparent_et_se_disent() {
    let lues = lignes("variantes/cdp-accents-mal-encodes.csv");
    assert_eq!(lues[0].champs[2..], lues[1].champs[2..]);
    assert_eq!(lues[0].defauts.len(), 2);
}

#[test]
fn un_nom_hostile_se_lit_tel_quel() {
    let lues = lignes("variantes/cdp-noms-hostiles.csv");
    assert_eq!(texte(&lues[0], Champ::LocataireNom), "=HYPERLINK(\"http://exemple.invalid\")");
    assert_eq!(texte(&lues[0], Champ::LocatairePrenom), "<b>Ana</b>");
    assert_eq!(texte(&lues[2], Champ::LocataireNom), "TOTAL", "une personne peut porter ce nom");
}

#[test]
fn des_en_tetes_inconnus_se_lisent_une_fois_la_correspondance_donnee() {
    let nom = "variantes/cdp-a-faire-correspondre.csv";
    let refus = lire(nom).err().unwrap();
    let Cause::EntetesInconnus(inconnus) = &refus.cause else { panic!("{refus}") };
    let textes: Vec<&str> = inconnus.iter().map(|inconnu| inconnu.texte.as_str()).collect();
    assert_eq!(
        textes,
        ["Identifiant", "Remis le", "Preneur à bail", "Localisation", "Somme exigible"]
    );
    assert_eq!(inconnus[4].proches, [Champ::MontantDette]);
    assert_eq!(refus.ou, format!("{nom}, ligne 1"));
    assert!(refus.motif.contains("Donnez la correspondance"), "{refus}");

    let correspondance = Correspondance::default()
        .avec("Identifiant", Champ::ReferenceActe)
        .avec("Remis le", Champ::DateSignification)
        .avec("Preneur à bail", Champ::LocataireNom)
        .avec("Localisation", Champ::Commune)
        .sans("Somme exigible");
    let options = Options {
        nature: Some(Nature::Cdp),
        correspondance: Some(correspondance),
        ..Options::default()
    };
    let classeur = ouvrir(nom, octets(nom), &options).unwrap();
    let lues: Vec<Ligne> = classeur.lignes().collect();
    assert_eq!(lues.len(), 2);
    assert_eq!(texte(&lues[1], Champ::LocataireNom), "D'HAUCOURT");
    assert_eq!(lues[0].valeur(Champ::MontantDette), None, "un en-tête écarté ne se lit pas");
}

#[test]
fn la_nature_donnee_l_emporte() {
    let nom = "variantes/refus/sans-nature.csv";
    let options = Options { nature: Some(Nature::Cql), ..Options::default() };
    let classeur = ouvrir(nom, octets(nom), &options).unwrap();
    let lue = classeur.lignes().next().unwrap();
    assert_eq!(lue.nature, Some(Nature::Cql));
    assert_eq!(lue.valeur(Champ::Date), Some(&Valeur::Date(date(2026, 1, 15))));
}

#[test]
fn chaque_variante_est_annoncee_dans_le_lisezmoi() {
    let annonce = String::from_utf8(octets("LISEZMOI.md")).unwrap();
    let mut vues = 0;
    for entree in std::fs::read_dir(crate::dossier().join("variantes")).unwrap() {
        let entree = entree.unwrap();
        if entree.file_type().unwrap().is_file() {
            let nom = entree.file_name().into_string().unwrap();
            assert!(annonce.contains(&format!("`{nom}`")), "{nom} n'est pas dans LISEZMOI.md");
            vues += 1;
        }
    }
    assert_eq!(vues, 28);
}
