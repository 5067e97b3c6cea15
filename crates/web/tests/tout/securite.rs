//! Ce que toute réponse porte, et ce qui arrive à qui frappe trop.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use ccapex::partenaires::agent::Role;
use web::routes::adresses;

use super::appareil::{MOT_DE_PASSE, Reponse, Service};
use super::parcours::{ARRAS, fichier};
use super::routes::reelle;

impl Service {
    /// Une demande qu'un relais dit tenir de cette adresse.
    async fn depuis(&self, adresse: &str, methode: Method, chemin: &str, corps: &str) -> Reponse {
        let requete = Request::builder()
            .method(methode)
            .uri(chemin)
            .header("x-forwarded-for", adresse)
            .extension(par_le_relais())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.envoie(requete.body(Body::from(corps.to_owned())).expect("requête")).await
    }
}

/// Le relais est sur cette machine : ce qu'il dit se croit.
fn par_le_relais() -> ConnectInfo<SocketAddr> {
    ConnectInfo(([127, 0, 0, 1], 4000).into())
}

/// Trop, pourquoi, et quand recommencer.
#[track_caller]
fn doit_attendre(reponse: &Reponse) {
    assert_eq!(reponse.statut, StatusCode::TOO_MANY_REQUESTS, "{}", reponse.corps);
    let secondes: u32 = reponse.entete("retry-after").parse().expect("Retry-After");
    assert!((1..=120).contains(&secondes), "{secondes}");
    for dit in ["Trop de demandes", "Seuil les espace", "Recommencez dans"] {
        assert!(reponse.corps.contains(dit), "« {dit} » manque : {}", reponse.corps);
    }
}

#[tokio::test]
async fn toute_reponse_porte_les_en_tetes_de_securite() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::SecretariatCentral).await;
    service.depose(&personne, "etude.csv", &fichier(&[ARRAS])).await;
    for adresse in adresses().into_iter().filter(|a| a.methode == "GET") {
        let chemin = reelle(adresse);
        for cookie in [personne.cookie.as_str(), ""] {
            let reponse = service.lis(&chemin, cookie).await;
            let csp = reponse.entete("content-security-policy");
            assert!(csp.starts_with("default-src 'none'"), "{chemin} : {csp}");
            for permis in ["unsafe-inline", "unsafe-eval", "data:", "*", "http"] {
                assert!(!csp.contains(permis), "{chemin} : {csp}");
            }
            for fermee in ["base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
                assert!(csp.contains(fermee), "{chemin} : {csp}");
            }
            for (nom, valeur) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(reponse.entete(nom), valeur, "{chemin} {nom}");
            }
            // Ce qui se garde ne nomme personne, connecté ou non.
            let garde = reponse.entete("cache-control");
            let a_relire = chemin.starts_with("/api/") && garde.contains("no-cache");
            if garde != "no-store" && !a_relire {
                assert!(garde.starts_with("public"), "{chemin} : {garde}");
                for nom in ["Essai secretariat_central", "MORTREUX"] {
                    assert!(!reponse.corps.contains(nom), "{chemin} nomme quelqu'un et se garde");
                }
            }
            assert!(reponse.entete("strict-transport-security").contains("max-age="), "{chemin}");
        }
    }
}

#[tokio::test]
async fn un_fichier_recu_se_rend_comme_un_fichier_et_jamais_comme_une_page() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::SecretariatCentral).await;
    service.depose(&personne, "etude.csv", &fichier(&[ARRAS])).await;
    let reponse = service.lis("/reception/1/original", &personne.cookie).await;
    assert_eq!(reponse.statut, StatusCode::OK);
    assert!(reponse.entete("content-disposition").starts_with("attachment;"));
    assert_eq!(reponse.entete("content-type"), "application/octet-stream");
    assert_eq!(reponse.entete("x-content-type-options"), "nosniff");
    assert_eq!(reponse.entete("cache-control"), "no-store");
}

#[tokio::test]
async fn en_https_un_cookie_porte_la_marque_du_serveur_et_un_autre_ne_vaut_rien() {
    let service = Service::nouveau().await;
    service.compte(Role::Lecteur).await;
    let reponse = service.connecte("lecteur", MOT_DE_PASSE).await;
    let pose = reponse.entete("set-cookie").to_owned();
    assert!(pose.starts_with("__Host-seuil_session="), "{pose}");
    for attribut in ["; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"] {
        assert!(pose.contains(attribut), "{pose}");
    }
    assert!(!pose.contains("Domain"), "{pose}");
    let sans_marque = reponse.cookie().replace("__Host-", "");
    assert_eq!(service.lis("/regles", &reponse.cookie()).await.statut, StatusCode::OK);
    assert_eq!(service.lis("/regles", &sans_marque).await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn une_adresse_qui_essaie_trop_de_connexions_attend_et_une_autre_entre() {
    let service = Service::nouveau().await;
    let essai = async |adresse: &'static str| {
        service.depuis(adresse, Method::POST, "/connexion", "identifiant=x&secret=y").await
    };
    for n in 0..60 {
        assert_eq!(essai("203.0.113.7").await.statut, StatusCode::FORBIDDEN, "essai {n}");
    }
    doit_attendre(&essai("203.0.113.7").await);
    // Ce que l'appelant écrit lui-même dans la liste ne compte pas.
    doit_attendre(&essai("198.51.100.1, 203.0.113.7").await);
    assert_eq!(essai("203.0.113.8").await.statut, StatusCode::FORBIDDEN);
    service.passe(1);
    assert_eq!(essai("203.0.113.7").await.statut, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn une_page_ouverte_a_tous_attend_mais_pas_une_personne_connectee() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    let page = async || service.depuis("203.0.113.7", Method::GET, "/mentions-legales", "").await;
    for _ in 0..300 {
        assert_eq!(page().await.statut, StatusCode::OK);
    }
    doit_attendre(&page().await);
    let connectee = Request::get("/mentions-legales")
        .header("x-forwarded-for", "203.0.113.7")
        .extension(par_le_relais())
        .header(header::COOKIE, &personne.cookie);
    let connectee = service.envoie(connectee.body(Body::empty()).expect("requête")).await;
    assert_eq!(connectee.statut, StatusCode::OK);
}

#[tokio::test]
async fn l_interface_fait_attendre_une_adresse_avant_de_savoir_qui_elle_est() {
    let service = Service::nouveau().await;
    let chemin = "/api/v1/dossiers/62-2026-000001";
    let inconnu = async || service.depuis("203.0.113.7", Method::GET, chemin, "").await;
    for _ in 0..2_400 {
        assert_eq!(inconnu().await.statut, StatusCode::UNAUTHORIZED);
    }
    let refus = inconnu().await;
    assert_eq!(refus.entete("content-type"), "application/problem+json");
    doit_attendre(&refus);
}
