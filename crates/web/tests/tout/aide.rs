//! L'aide : publique, la sienne d'abord, et rien de ce qu'elle cite ne manque.

use std::collections::BTreeSet;
use std::path::Path;

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;
use web::aide::{GUIDES, mots};
use web::routes::adresses;

use super::appareil::Service;

/// Une image de guide ne pèse pas plus : cent mille octets.
const POIDS: usize = 100_000;

fn images() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/images"))
}

/// Cette adresse est-elle celle d'une page ? Un paramètre prend n'importe quelle valeur.
fn est_une_page(cite: &str) -> bool {
    let chemin = cite.split(['?', '#']).next().unwrap_or_default();
    adresses().iter().filter(|a| a.methode == "GET").any(|adresse| {
        let (ecrits, attendus) = (chemin.split('/'), adresse.chemin.split('/'));
        ecrits.clone().count() == attendus.clone().count()
            && ecrits.zip(attendus).all(|(a, b)| a == b || (b.starts_with('{') && !a.is_empty()))
    })
}

#[test]
fn un_guide_ne_cite_que_des_pages_qui_existent() {
    assert!(est_une_page("/saisie/cdp") && est_une_page("/dossiers?tri=a"));
    assert!(!est_une_page("/nulle-part") && !est_une_page("/saisie/"));
    for guide in &GUIDES {
        for (cite, _) in &guide.rendu().citees {
            assert!(est_une_page(cite), "{} cite {cite}", guide.code);
        }
    }
}

#[test]
fn chaque_image_citee_existe_se_dit_en_mots_et_reste_legere() {
    let mut citees = BTreeSet::new();
    for guide in &GUIDES {
        for (nom, dit) in &guide.rendu().images {
            assert!(dit.chars().count() >= 30, "{nom} : dites ce qu'il faut y voir");
            let octets = std::fs::read(images().join(nom)).unwrap_or_default();
            assert_eq!(octets.get(1..4), Some(&b"PNG"[..]), "{nom} manque, ou n'est pas une image");
            assert_eq!(octets.get(24), Some(&8), "{nom} : huit bits par couleur");
            assert!(octets.len() <= POIDS, "{nom} pèse {} octets", octets.len());
            citees.insert(nom.clone());
        }
    }
    let presentes: BTreeSet<String> = std::fs::read_dir(images())
        .expect("le dossier des images")
        .map(|e| e.expect("une image").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(presentes, citees, "aucune image ne reste sans guide");
}

#[tokio::test]
async fn l_aide_montre_d_abord_le_guide_de_la_personne() {
    let service = Service::nouveau().await;
    let sans = service.lis("/aide", "").await;
    assert_eq!(sans.statut, StatusCode::OK);
    assert!(!sans.corps.contains("Votre guide"));
    let caf = service.personne(Role::OrganismePayeur).await;
    let page = service.lis("/aide", &caf.cookie).await;
    assert!(page.corps.contains("Votre guide : L&#39;organisme payeur"), "{}", page.corps);
    assert_eq!(page.corps.matches("href=\"/aide/organisme-payeur\"").count(), 1);
    for guide in &GUIDES {
        assert!(sans.corps.contains(&format!("href=\"/aide/{}\"", guide.code)), "{}", guide.code);
        let page = service.lis(&guide.adresse(), "").await;
        assert_eq!(page.statut, StatusCode::OK, "{}", guide.code);
        for (nom, _) in &guide.rendu().images {
            let adresse = format!("/aide/images/{nom}");
            assert!(page.corps.contains(&adresse), "{nom}");
            let image = service.lis(&adresse, "").await;
            assert_eq!(image.entete("content-type"), "image/png", "{nom}");
        }
    }
    for absent in ["/aide/horoscope", "/aide/images/rien.png", "/aide/images/..%2Fmots.toml"] {
        assert_eq!(service.lis(absent, "").await.statut, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn chaque_mot_a_son_ancre_et_l_aide_d_une_page_s_ouvre_au_bon_endroit() {
    let service = Service::nouveau().await;
    let page = service.lis("/aide/mots", "").await;
    for mot in mots().iter().flat_map(|f| &f.mots) {
        assert!(page.corps.contains(&format!("id=\"{}\"", mot.code)), "{}", mot.code);
    }
    let secretariat = service.personne(Role::SecretariatCentral).await;
    for (chemin, ancre) in [
        ("/courriers", "preparer-les-lettres-de-la-semaine"),
        ("/reception", "recevoir-un-fichier"),
        ("/a-completer", "completer-une-notice"),
    ] {
        let page = service.lis(chemin, &secretariat.cookie).await;
        assert!(page.corps.contains(&format!("href=\"/aide/secretariat#{ancre}\"")), "{chemin}");
    }
    // La même file, à une étude : son guide à elle.
    let etude = service.personne(Role::CommissaireDeJustice).await;
    let page = service.lis("/a-completer", &etude.cookie).await;
    let sienne = "href=\"/aide/commissaire-de-justice#repondre-a-une-question-sur-un-acte\"";
    assert!(page.corps.contains(sienne), "{}", page.corps);
}
