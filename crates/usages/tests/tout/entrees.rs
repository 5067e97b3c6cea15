//! Les mauvaises entrées : un message clair, rien à moitié, et jamais une réponse fondée sur l'impossible.

use std::sync::Arc;

use ccapex::identifiants::PieceId;
use ccapex::notice::Nature;
use ccapex::signalement::statut::Statut;
use tableur::champ::Champ;
use tableur::correspondance::Correspondance;
use tableur::lecture::Cause;
use usages::reception::Recu;

use crate::appareil::{Appareil, central, etude, exemple};
use crate::notices::{Ligne, cdp, csv};

/// Le refus d'un fichier : où, pourquoi, et la raison pour le programme.
async fn refus(
    a: &Appareil,
    nom: &str,
    octets: Vec<u8>,
    nature: Option<Nature>,
) -> (String, Cause) {
    let (recu, reponses) = a.depose(&central(), nom, octets, nature, None).await.unwrap();
    assert!(reponses.is_empty());
    match recu {
        Recu::Refuse(refuse, refus) => {
            assert_eq!(refuse.statut, "refuse");
            (refuse.motif, refus.cause)
        }
        Recu::Lu(bilan) => panic!("{nom} est lu : {bilan:?}"),
    }
}

async fn un_fichier_illisible_est_refuse_entier_et_garde(a: Arc<Appareil>) {
    let entier = exemple("cdp-listing.xlsx");
    let mut binaire: Vec<u8> =
        (0..4_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    binaire[0] = 0;
    let sans_fin = [csv(&[cdp("R-1")]), b"\"R-2;jamais ferm\xc3\xa9\r\n".to_vec()].concat();
    let cas: [(&str, Vec<u8>); 9] = [
        ("vide.csv", Vec::new()),
        ("espaces.csv", b" \r\n\r\n".to_vec()),
        ("coupe.xlsx", entier[..entier.len() / 2].to_vec()),
        ("entete-seul.xlsx", entier[..30].to_vec()),
        ("binaire.csv", binaire),
        ("guillemet.csv", sans_fin),
        ("page.xls", exemple("variantes/refus/page-web.xls")),
        ("pdf.csv", exemple("variantes/refus/pdf-renomme.csv")),
        ("coupe.json", exemple("variantes/refus/coupe.json")),
    ];
    let combien = i64::try_from(cas.len()).unwrap();
    for (nom, octets) in cas {
        let (motif, _) = refus(&a, nom, octets, Some(Nature::Cdp)).await;
        assert!(motif.len() > 40, "{nom} : {motif}");
    }
    let brut = a.brut().await;
    assert_eq!(brut.compter("piece").await, combien);
    assert_eq!(brut.compter("piece WHERE etat = 'refuse' AND motif <> ''").await, combien);
    assert_eq!(brut.compter("notice").await, 0);
}

async fn un_programme_ou_une_page_ne_se_garde_pas_quel_que_soit_son_nom(a: Arc<Appareil>) {
    let macros = [b"PK\x03\x04".as_slice(), b"....xl/vbaProject.bin...."].concat();
    let cas: [(&str, Vec<u8>, &str); 5] = [
        ("tableau.csv", [b"MZ\x90\0\x03\0\0\0".as_slice(), &[0; 200]].concat(), "un programme"),
        ("liste.xlsx", b"\x7FELF\x02\x01\x01".to_vec(), "un programme"),
        ("envoi.txt", b"#!/bin/sh\nrm -rf /\n".to_vec(), "un script"),
        ("page.xls", exemple("variantes/refus/page-web.xls"), "une page web"),
        ("macros.xlsx", macros, "avec des macros"),
    ];
    for (rang, (nom, octets, quoi)) in cas.into_iter().enumerate() {
        let (motif, _) = refus(&a, nom, octets, Some(Nature::Cdp)).await;
        assert!(motif.contains(quoi) && motif.contains("n'est donc pas gardé"), "{nom} : {motif}");
        let piece = PieceId(i64::try_from(rang).unwrap() + 1);
        let rendu = usages::reception::registre::octets(&a.maison, &central(), piece).await;
        assert!(rendu.unwrap_err().to_string().contains(quoi), "{nom}");
    }
    let brut = a.brut().await;
    assert_eq!((brut.compter("piece").await, brut.compter("piece_octets").await), (5, 0));
    // Un PDF n'est pas un tableau, mais il n'exécute rien : il se garde.
    refus(&a, "lettre.pdf", exemple("variantes/refus/pdf-renomme.csv"), Some(Nature::Cdp)).await;
    assert_eq!(brut.compter("piece_octets").await, 1);
}

async fn des_en_tetes_inconnus_sont_listes_avec_les_champs_proches_puis_retenus(a: Arc<Appareil>) {
    let fichier = || exemple("variantes/cdp-a-faire-correspondre.csv");
    let (motif, cause) = refus(&a, "a-associer.csv", fichier(), Some(Nature::Cdp)).await;
    assert!(motif.contains("Preneur à bail"), "{motif}");
    let Cause::EntetesInconnus(inconnus) = cause else { panic!("{cause:?}") };
    assert!(inconnus.iter().any(|e| e.texte == "Somme exigible"), "{inconnus:?}");
    assert!(inconnus.iter().any(|e| !e.proches.is_empty()), "{inconnus:?}");

    let dite = Correspondance::default()
        .avec("Identifiant", Champ::ReferenceActe)
        .avec("Remis le", Champ::DateSignification)
        .avec("Preneur à bail", Champ::LocataireNom)
        .avec("Localisation", Champ::Commune)
        .avec("Somme exigible", Champ::MontantDette);
    let lecocq = etude("SELARL Lecocq");
    let (_, reponses) =
        a.depose(&lecocq, "une-fois.csv", fichier(), Some(Nature::Cdp), Some(dite)).await.unwrap();
    assert_eq!(reponses.len(), 2);
    assert_eq!(reponses[0].commune.as_deref(), Some("62041"));
    // La seconde fois, cet expéditeur n'a plus rien à dire ; un autre, si.
    let suite = b"Identifiant;Remis le;Preneur \xe0 bail;Localisation;Somme exigible\r\nV-0003;16/01/2026;MARTEL;LENS;900\r\n";
    let (_, reponses) =
        a.depose(&lecocq, "suite.csv", suite.to_vec(), Some(Nature::Cdp), None).await.unwrap();
    assert_eq!(reponses[0].commune.as_deref(), Some("62498"));
    let (recu, _) = a
        .depose(
            &etude("SCP Hanot Bécu"),
            "suite.csv",
            [&suite[..], b"\r\n"].concat(),
            Some(Nature::Cdp),
            None,
        )
        .await
        .unwrap();
    assert!(matches!(recu, Recu::Refuse(..)), "{recu:?}");
}

async fn une_colonne_en_double_ou_absente_ne_fait_rien_perdre(a: Arc<Appareil>) {
    let octets = "reference_acte;etude;date_signification;bailleur_type;locataire_nom;locataire_nom;commune;montant_dette\r\n\
        D-1;SELARL Lecocq;05/10/2026;personne_physique;Lefèvre;Lefèvre;Lens;2000\r\n\
        D-2;SELARL Lecocq;05/10/2026;personne_physique;Launay;;Arras;900\r\n";
    let (recu, reponses) =
        a.depose(&central(), "double.csv", octets.as_bytes().to_vec(), None, None).await.unwrap();
    assert!(matches!(recu, Recu::Lu(_)), "{recu:?}");
    assert_eq!(reponses.len(), 2);
    // Sans loyer ni date d'impayé, rien ne se teste : une question, pas un « non ».
    assert!(
        reponses.iter().all(|r| r.statut == Statut::Incomplet && r.dossier.is_some()),
        "{reponses:?}"
    );
}

async fn un_mauvais_encodage_se_repare_ou_se_dit(a: Arc<Appareil>) {
    let lignes = [cdp("R-1")];
    let utf8 = String::from_utf8(csv(&lignes)).unwrap();
    let latin: Vec<u8> = utf8.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(utf8.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let premiere = a.recoit("utf8.csv", &lignes).await.remove(0);
    for (nom, octets) in [("latin.csv", latin), ("utf16.csv", utf16)] {
        let (_, reponses) = a.depose(&central(), nom, octets, None, None).await.unwrap();
        assert_eq!(reponses[0].statut, Statut::Doublon, "{nom}");
        assert_eq!(reponses[0].dossier, premiere.dossier, "{nom}");
    }
}

async fn une_valeur_impossible_devient_une_question_jamais_une_reponse(a: Arc<Appareil>) {
    // Une dette de quatre loyers, ou un impayé de cinq mois, seraient éligibles s'ils étaient vrais.
    let sur_la_dette = |reference: &str| cdp(reference).avec("impaye_depuis", "01/09/2026");
    let sur_l_impaye = |reference: &str| cdp(reference).avec("montant_dette", "600");
    #[rustfmt::skip]
    let cas: [(&str, Ligne, &str); 11] = [
        ("loyer nul",            sur_la_dette("R-1").avec("loyer_hors_charges", "0"),              "loyer_hors_charges"),
        ("loyer négatif",        sur_la_dette("R-2").avec("loyer_hors_charges", "-500"),           "loyer_hors_charges"),
        ("loyer absurde",        sur_la_dette("R-3").avec("loyer_hors_charges", "5 000 000"),      "loyer_hors_charges"),
        ("dette négative",       sur_la_dette("R-4").avec("montant_dette", "-2000"),               "montant_dette"),
        ("dette absurde",        sur_la_dette("R-5").avec("montant_dette", "20000000"),            "montant_dette"),
        ("impayé de 1900",       sur_l_impaye("R-6").avec("impaye_depuis", "01/01/1900"),          "impaye_depuis"),
        ("impayé de 2099",       sur_l_impaye("R-7").avec("impaye_depuis", "01/01/2099"),          "impaye_depuis"),
        ("acte de 1900",         cdp("R-8").avec("date_signification", "02/01/1900"),              "date_signification"),
        ("acte de 2099",         cdp("R-9").avec("date_signification", "05/01/2099"),              "date_future"),
        ("acte un dimanche",     cdp("R-10").avec("date_signification", "04/10/2026"),             "signification_jour_interdit"),
        ("acte le 31 février",   cdp("R-11").avec("date_signification", "31/02/2026"),             "date_signification"),
    ];
    for (rang, (libelle, ligne, motif)) in cas.into_iter().enumerate() {
        let reponse = a.recoit_une(ligne.du_menage(rang)).await;
        assert_eq!(reponse.statut, Statut::Incomplet, "{libelle} : {reponse:?}");
        assert_eq!(reponse.motif.as_deref(), Some(motif), "{libelle}");
        assert!(!reponse.a_completer.is_empty(), "{libelle}");
        assert!(!reponse.explication.is_empty(), "{libelle}");
    }
    let bail = a.recoit_une(cdp("R-20").avec("date_bail", "01/01/1900")).await;
    assert_eq!((bail.statut, bail.fin_delai), (Statut::Eligible, None));
    assert!(bail.a_completer.contains(&"date_bail".to_owned()), "{bail:?}");
}

sur_les_deux_moteurs!(
    un_programme_ou_une_page_ne_se_garde_pas_quel_que_soit_son_nom,
    un_fichier_illisible_est_refuse_entier_et_garde,
    des_en_tetes_inconnus_sont_listes_avec_les_champs_proches_puis_retenus,
    une_colonne_en_double_ou_absente_ne_fait_rien_perdre,
    un_mauvais_encodage_se_repare_ou_se_dit,
    une_valeur_impossible_devient_une_question_jamais_une_reponse,
);
