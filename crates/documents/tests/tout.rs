//! Les lettres, vues par des outils qui ne sont pas les nôtres, et les courriels.

use std::path::PathBuf;
use std::process::Command;

use documents::composition::{TRANCHE, fusionner, imprimer, rendre};
use documents::courriel::texte;
use documents::exemples;
use documents::lettre::Lettre;
use documents::lettre::relance::Rappel;
use documents::modeles::Modeles;

/// Écrit le PDF d'une lettre d'exemple dans le dossier temporaire des tests.
#[expect(clippy::unwrap_used, reason = "sans fichier écrit, rien à vérifier")]
fn ecrire(nom: &str, octets: &[u8]) -> PathBuf {
    let chemin = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(nom).with_extension("pdf");
    std::fs::write(&chemin, octets).unwrap();
    chemin
}

#[expect(clippy::panic, reason = "un outil absent fait échouer le test, et dit lequel")]
fn lancer(outil: &str, paquet: &str, arguments: &[&str]) -> String {
    let sortie = Command::new(outil).args(arguments).output().unwrap_or_else(|e| {
        panic!("« {outil} » ne se lance pas ({e}). Installez-le : apt-get install {paquet}.")
    });
    let ecrit = String::from_utf8_lossy(&sortie.stdout).into_owned();
    let plainte = String::from_utf8_lossy(&sortie.stderr);
    assert!(sortie.status.success(), "{outil} {arguments:?} : {ecrit}{plainte}");
    ecrit
}

#[test]
fn un_autre_lecteur_retrouve_le_texte_et_les_polices() {
    for lettre in exemples::toutes() {
        let pdf = rendre(&Modeles::integres(), &lettre).unwrap();
        let chemin = ecrire(pdf.modele, &pdf.octets);
        let chemin = chemin.to_str().unwrap();

        let lu = lancer("pdftotext", "poppler-utils", &[chemin, "-"]).replace('\u{a0}', " ");
        let lu = lu.split_whitespace().collect::<Vec<_>>().join(" ");
        for attendu in [
            &lettre.objet(),
            &lettre.entete().reference_dossier,
            &lettre.entete().destinataire.lignes[0],
        ] {
            assert!(
                lu.contains(attendu.as_str()),
                "« {attendu} » manque dans {} : {lu}",
                pdf.modele
            );
        }

        let polices = lancer("pdffonts", "poppler-utils", &[chemin]);
        let embarquees = polices.lines().skip(2).filter(|l| l.contains("Liberation")).count();
        assert!(embarquees >= 2, "{polices}");
        for ligne in polices.lines().skip(2) {
            // Colonnes « emb sub uni » : embarquée, réduite, lisible en Unicode.
            assert!(ligne.contains("yes yes yes"), "{} : {ligne}", pdf.modele);
        }

        let fiche = lancer("pdfinfo", "poppler-utils", &[chemin]).replace('\u{a0}', " ");
        assert!(fiche.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes")), "{fiche}");
        assert!(fiche.contains(&lettre.objet()), "{fiche}");
    }
}

#[test]
fn un_autre_lecteur_retrouve_le_texte_et_les_balises_d_un_imprime() {
    for imprime in exemples::imprimes::imprimes() {
        let pdf = imprimer(&Modeles::integres(), &imprime).unwrap();
        let chemin = ecrire(pdf.modele, &pdf.octets);
        let chemin = chemin.to_str().unwrap();
        let lu = lancer("pdftotext", "poppler-utils", &[chemin, "-"]).replace('\u{a0}', " ");
        let lu = lu.split_whitespace().collect::<Vec<_>>().join(" ");
        for attendu in [imprime.titre(), imprime.reference().to_owned()] {
            assert!(lu.contains(&attendu), "« {attendu} » manque dans {}", pdf.modele);
        }
        let fiche = lancer("pdfinfo", "poppler-utils", &[chemin]).replace('\u{a0}', " ");
        assert!(fiche.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes")), "{fiche}");
        let balises = lancer("pdfinfo", "poppler-utils", &["-struct", chemin]);
        assert!(balises.contains("H1"), "{balises}");
        lancer("qpdf", "qpdf", &["--check", chemin]);
    }
}

#[test]
fn un_autre_outil_trouve_les_fichiers_sains() {
    let modeles = Modeles::integres();
    let lettres = exemples::toutes();
    let mut chemins = vec![ecrire("liasse", &fusionner(&modeles, &lettres).unwrap())];
    for lettre in &lettres {
        let pdf = rendre(&modeles, lettre).unwrap();
        chemins.push(ecrire(&format!("sain-{}", pdf.modele), &pdf.octets));
    }
    for chemin in chemins {
        lancer("qpdf", "qpdf", &["--check", chemin.to_str().unwrap()]);
    }
}

#[test]
fn une_liasse_de_plus_de_cent_lettres_se_lit_de_la_premiere_a_la_derniere() {
    let lettres: Vec<Lettre> = (0..=TRANCHE)
        .map(|rang| {
            let mut lettre = exemples::relance_bailleur();
            if let Rappel::Bailleur(rappel) = &mut lettre.rappel {
                rappel.locataire = format!("Locataire-{rang}");
            }
            Lettre::Relance(lettre)
        })
        .collect();
    let chemin = ecrire("grande-liasse", &fusionner(&Modeles::integres(), &lettres).unwrap());
    let chemin = chemin.to_str().unwrap();
    lancer("qpdf", "qpdf", &["--check", chemin]);
    let lu = lancer("pdftotext", "poppler-utils", &[chemin, "-"]);
    let pages: Vec<&str> = lu.split('\u{c}').collect();
    for rang in 0..lettres.len() {
        let page = pages.get(2 * rang).copied().unwrap_or_default();
        assert!(page.contains(&format!("Locataire-{rang}\n")), "lettre {rang} : {page}");
    }
}

#[test]
fn le_courriel_de_chaque_lettre_se_relit() {
    for lettre in exemples::toutes() {
        let courriel = texte(&lettre);
        let message = format!("Objet : {}\n\n{}", courriel.objet, courriel.corps);
        insta::assert_snapshot!(lettre.modele(), message);
    }
}

#[test]
fn le_courriel_tait_le_nom_et_l_adresse_du_menage() {
    for lettre in exemples::toutes() {
        let courriel = texte(&lettre);
        for detail in ["Bruneau", "Lemoine"] {
            assert!(!courriel.objet.contains(detail), "{}", lettre.modele());
            assert!(!courriel.corps.contains(detail), "{}", lettre.modele());
        }
    }
}

#[test]
fn un_saut_de_ligne_recu_n_ajoute_pas_d_en_tete_au_courriel() {
    let mut lettre = exemples::ineligibilite_commissaire();
    lettre.notice.reference = "2026\r\nBcc: autre@example.org".to_owned();
    let courriel = texte(&Lettre::IneligibiliteCommissaire(lettre));
    assert!(!courriel.objet.contains(['\r', '\n']), "{}", courriel.objet);
    assert!(!courriel.corps.contains("\nBcc"), "{}", courriel.corps);
}
