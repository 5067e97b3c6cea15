//! Lire : les mêmes droits que les écrans, des pages complètes, des étiquettes.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use ccapex::partenaires::agent::{Agent, Role};
use serde_json::Value;
use usages::formes::PorteeDeCle;

use super::{contact, probleme};
use crate::tout::appareil::{MOT_DE_PASSE, Service};

/// Suit les pages d'une liste jusqu'au bout, en ouvrant un dossier entre deux pages.
async fn references(
    service: &Service,
    cle: &str,
    filtres: &str,
    entre_deux: Option<&str>,
) -> Vec<String> {
    let (mut toutes, mut chemin) = (Vec::new(), format!("/api/v1/dossiers?limite=3{filtres}"));
    let mut pages = 0;
    loop {
        let lu = service.obtient(&chemin, cle).await;
        assert_eq!(lu.statut, StatusCode::OK, "{chemin} : {}", lu.corps);
        let page: Value = serde_json::from_str(&lu.corps).expect("du JSON");
        let lignes = page["dossiers"].as_array().expect("des lignes");
        assert!(lignes.len() <= 3);
        toutes
            .extend(lignes.iter().map(|l| l["reference"].as_str().expect("référence").to_owned()));
        pages += 1;
        if let Some(ecriture) = entre_deux.filter(|_| pages < 4) {
            service.ouvre(ecriture, &format!("TARDIF{pages}{}", filtres.len())).await;
        }
        let Some(place) = page["suivant"].as_str() else {
            assert_eq!(lu.entete("link"), "");
            return toutes;
        };
        let lien = lu.entete("link");
        assert!(lien.ends_with("rel=\"next\"") && lien.contains("limite=3"), "{lien}");
        chemin = lien.trim_start_matches('<').split('>').next().unwrap_or_default().to_owned();
        assert!(chemin.contains("apres=") && !place.is_empty(), "{chemin}");
    }
}

#[tokio::test]
async fn les_pages_mises_bout_a_bout_font_la_liste_sans_rien_repeter_meme_quand_on_ecrit() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let mut ouverts = BTreeSet::new();
    for n in 0..8 {
        ouverts.insert(service.ouvre(&cle, &format!("NOM{n}")).await);
    }
    for (filtres, entre_deux) in
        [("", None), ("&tri=maj", None), ("", Some(cle.as_str())), ("&tri=maj", Some(cle.as_str()))]
    {
        let toutes = references(&service, &cle, filtres, entre_deux).await;
        let uniques: BTreeSet<String> = toutes.iter().cloned().collect();
        assert_eq!(uniques.len(), toutes.len(), "rien deux fois : {toutes:?}");
        assert!(uniques.is_superset(&ouverts), "rien ne manque : {toutes:?}");
    }
    let total = service.json("/api/v1/dossiers?limite=1", &cle).await;
    assert!(total["total"]["nombre"].as_i64().is_some_and(|n| n >= 8), "{total}");
}

#[tokio::test]
async fn chaque_role_lit_par_l_interface_ce_que_ses_ecrans_montrent_et_rien_de_plus() {
    let service = Service::nouveau().await;
    let centrale = service.ecriture(Role::SecretariatCentral).await;
    let mut dossiers = Vec::new();
    for nom in ["MORTREUX", "BERTIN", "CARON"] {
        dossiers.push(service.ouvre(&centrale, nom).await);
    }
    // « Lens » n'est pas le territoire d'Arras ; aucun n'est confié à la Caf.
    for role in Role::TOUS {
        if role == Role::Administrateur {
            continue;
        }
        let cle = service.cle(role, PorteeDeCle::Ecriture).await;
        let connexion = service.connecte(role.code(), MOT_DE_PASSE).await;
        let cookie = connexion.cookie();
        for (page, interface) in [
            ("/dossiers?etendue=tous", "/api/v1/dossiers?etendue=tous"),
            ("/echeances", "/api/v1/echeances"),
            ("/courriers", "/api/v1/courriers"),
        ] {
            let (ecran, lu) =
                (service.lis(page, &cookie).await, service.obtient(interface, &cle).await);
            assert_eq!(ecran.statut, lu.statut, "{} {page}", role.code());
            if lu.statut != StatusCode::OK {
                probleme(&lu, StatusCode::FORBIDDEN);
                continue;
            }
            for dossier in dossiers.iter().filter(|d| lu.corps.contains(*d)) {
                let tous = ["/echeances?periode=plus-tard", "/echeances?periode=semaine", page];
                let mut montre = false;
                for autre in tous {
                    montre |= service.lis(autre, &cookie).await.corps.contains(dossier);
                }
                assert!(montre, "{} : {page} ne montre pas {dossier}", role.code());
            }
        }
        for dossier in &dossiers {
            let ecran = service.lis(&format!("/dossiers/{dossier}"), &cookie).await.statut;
            for suite in ["", "/echeances"] {
                let lu = service.obtient(&format!("/api/v1/dossiers/{dossier}{suite}"), &cle).await;
                let permis = lu.statut == StatusCode::OK;
                assert!(!permis || ecran == StatusCode::OK, "{} {dossier}{suite}", role.code());
            }
        }
    }
}

#[tokio::test]
async fn ce_qui_n_a_pas_change_ne_se_renvoie_pas() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let dossier = service.ouvre(&cle, "MORTREUX").await;
    let chemin = format!("/api/v1/dossiers/{dossier}");
    let lu = service.obtient(&chemin, &cle).await;
    assert_eq!(lu.entete("cache-control"), "private, no-cache");
    let etiquette = lu.entete("etag").to_owned();
    let encore =
        service.demande(Method::GET, &chemin, &cle, &[("if-none-match", &etiquette)], "").await;
    assert_eq!((encore.statut, encore.corps.as_str()), (StatusCode::NOT_MODIFIED, ""));
    service.consigne(&cle, &contact(&dossier, "2026-11-20")).await;
    let change =
        service.demande(Method::GET, &chemin, &cle, &[("if-none-match", &etiquette)], "").await;
    assert_eq!(change.statut, StatusCode::OK);
    assert_ne!(change.entete("etag"), etiquette);
}

#[tokio::test]
async fn lire_un_dossier_par_l_interface_s_inscrit_au_registre_des_acces() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let dossier = service.ouvre(&cle, "MORTREUX").await;
    let inscrites = async || {
        let situation = service.situation(&dossier).await;
        let controle = Agent::programme("62").peut_controler(&situation.situation());
        let acces =
            service.stockage.acces(&controle.expect("contrôle"), 50).await.expect("registre");
        let siens = acces.into_iter().map(|a| a.acces).filter(|a| a.geste == "interroger");
        siens.map(|a| (a.auteur.role, a.objet)).collect::<Vec<_>>()
    };
    assert_eq!(inscrites().await, []);
    // Le registre suit ce que la base rend : une liste et le flux s'y inscrivent comme une ouverture.
    for (chemin, objet) in [
        (format!("/api/v1/dossiers/{dossier}"), "/api/v1/dossiers/{reference}"),
        (format!("/api/v1/dossiers/{dossier}/echeances"), "/api/v1/dossiers/{reference}/echeances"),
        ("/api/v1/dossiers".to_owned(), "/api/v1/dossiers"),
        ("/api/v1/changements".to_owned(), "/api/v1/changements"),
    ] {
        let avant = inscrites().await.len();
        service.json(&chemin, &cle).await;
        let apres = inscrites().await;
        assert_eq!(apres.len(), avant + 1, "{chemin}");
        let attendue = ("secretariat_central".to_owned(), objet.to_owned());
        assert!(apres.contains(&attendue), "{chemin} : {apres:?}");
    }
}

#[tokio::test]
async fn le_droit_se_calcule_sans_cle_comme_en_ligne_de_commande() {
    let service = Service::nouveau().await;
    let chemin =
        "/api/v1/delai/delai_commandement_de_payer?depuis=2026-01-15&fait=date_bail=2024-05-01";
    let dit = service.json(chemin, "").await;
    assert_eq!((&dit["valeur"], &dit["brute"]), (&"6 semaines".into(), &"2026-02-26".into()));
    assert!(dit["motifs"].as_array().is_some_and(|m| !m.is_empty()));
    let regles = service.json("/api/v1/regles?au=2026-11-21", "").await;
    assert!(regles["regles"].as_array().is_some_and(|r| r.len() > 10));
    probleme(&service.obtient("/api/v1/delai/sans_nom", "").await, StatusCode::NOT_FOUND);
    let refus = service.obtient("/api/v1/delai/delai_commandement_de_payer", "").await;
    probleme(&refus, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(service.json("/api/v1/sante", "").await["etat"], "ok");
}

#[tokio::test]
async fn les_lettres_se_listent_et_se_telechargent_comme_au_secretariat() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let notice = r#"{"reference_acte": "A-1", "etude": "SCP des Essais", "date_signification": "2026-11-02", "bailleur_type": "personne_physique", "locataire_nom": "MORTREUX", "logement_adresse": "4 rue des Tanneurs", "code_postal": "62000", "commune": "Arras", "montant_dette": "1500", "loyer_hors_charges": "450"}"#;
    let genre = [("content-type", "application/json")];
    service.demande(Method::POST, "/api/v1/notices?nature=cdp", &cle, &genre, notice).await;
    let lues = service.json("/api/v1/courriers?limite=1", &cle).await;
    let pdf = lues["courriers"][0]["pdf"].as_str().expect("une lettre").to_owned();
    let lettre = service.obtient(&pdf, &cle).await;
    assert_eq!((lettre.statut, lettre.entete("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(lettre.corps.starts_with("%PDF"));
    let caf = service.ecriture(Role::OrganismePayeur).await;
    probleme(&service.obtient("/api/v1/courriers", &caf).await, StatusCode::FORBIDDEN);
    let ailleurs = service.obtient(&pdf, &caf).await.statut;
    assert!(ailleurs == StatusCode::NOT_FOUND || ailleurs == StatusCode::OK, "{ailleurs}");
}
