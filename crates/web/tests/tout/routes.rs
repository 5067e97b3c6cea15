//! Chaque adresse a un contrôle, ou une excuse relue.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;
use web::routes::{Adresse, adresses};

use super::appareil::Service;

const SANS_CONTROLE: &str = include_str!("../routes_sans_controle.txt");

fn excusees() -> Vec<(&'static str, &'static str)> {
    SANS_CONTROLE
        .lines()
        .filter(|ligne| !ligne.starts_with('#') && !ligne.is_empty())
        .map(|ligne| {
            let (adresse, raison) = ligne.split_once(" : ").expect("« méthode chemin : pourquoi »");
            assert!(!raison.is_empty(), "{ligne}");
            adresse.split_once(' ').expect("méthode et chemin")
        })
        .collect()
}

fn controlees() -> Vec<Adresse> {
    let excusees = excusees();
    adresses().into_iter().filter(|a| !excusees.contains(&(a.methode, a.chemin))).collect()
}

/// Une adresse réelle : chaque paramètre prend une valeur qui se lit.
pub(crate) fn reelle(adresse: Adresse) -> String {
    adresse
        .chemin
        .replace("{nom}", "treve_hivernale")
        .replace("{*fichier}", "dsfr.min.css")
        .replace("{reference}", "62-2026-000001")
        .replace("{format}", "csv")
        .replace("{nature}", "cdp")
        .replace("{acte}", "contact")
        .replace("{fait}", "1.1")
        .replace("{rubrique}", "dette")
        .replace("{stade}", "cdp_signifie")
        .replace("{jeton}", "0123")
        .replace("{regle}", "treve_hivernale")
        .replace("{id}", "1")
        .replace("{etape}", "menage")
}

/// L'interface de programme ne connaît ni session ni formulaire : ses essais sont dans `api`.
fn interface(adresse: Adresse) -> bool {
    adresse.chemin.starts_with("/api/")
}

#[test]
fn chaque_excuse_correspond_a_une_adresse() {
    for (methode, chemin) in excusees() {
        let existe = adresses().iter().any(|a| a.methode == methode && a.chemin == chemin);
        assert!(existe, "{methode} {chemin} n'est pas une adresse du service");
    }
}

#[tokio::test]
async fn sans_session_aucune_adresse_controlee_ne_repond() {
    let service = Service::nouveau().await;
    assert!(!controlees().is_empty());
    for adresse in controlees() {
        let chemin = reelle(adresse);
        if interface(adresse) {
            continue;
        }
        if adresse.methode == "GET" {
            let reponse = service.lis(&chemin, "").await;
            assert_eq!(reponse.statut, StatusCode::SEE_OTHER, "{adresse:?}");
            assert!(reponse.entete("location").starts_with("/connexion"), "{adresse:?}");
        } else {
            let reponse = service.poste(&chemin, "", "").await;
            let ferme = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&reponse.statut);
            assert!(ferme, "{adresse:?} : {}", reponse.statut);
        }
    }
}

#[tokio::test]
async fn aucun_envoi_ne_passe_sans_le_jeton_de_sa_session() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::SecretariatCentral).await;
    let autre = service.personne(Role::Administrateur).await;
    for adresse in adresses().into_iter().filter(|a| a.methode == "POST" && !interface(*a)) {
        for corps in [String::new(), "jeton=".to_owned(), format!("jeton={}", autre.jeton)] {
            let reponse = service.poste(&reelle(adresse), &personne.cookie, &corps).await;
            assert_eq!(reponse.statut, StatusCode::FORBIDDEN, "{adresse:?} {corps}");
            assert!(reponse.corps.contains("Ce formulaire n&#39;est plus valable"), "{adresse:?}");
        }
    }
}

#[tokio::test]
async fn une_adresse_inconnue_a_sa_page_avec_le_menu_de_la_personne() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::SecretariatCentral).await;
    let reponse = service.lis("/nulle-part", &personne.cookie).await;
    assert_eq!(reponse.statut, StatusCode::NOT_FOUND);
    assert!(reponse.corps.contains("Cette page n&#39;existe pas"));
    assert!(reponse.corps.contains("Menu principal"));
}

#[tokio::test]
async fn ce_qui_n_est_pas_la_mission_d_un_role_lui_est_refuse_avec_la_raison() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    let reponse = service.lis("/comptes", &personne.cookie).await;
    assert_eq!(reponse.statut, StatusCode::FORBIDDEN);
    assert!(reponse.corps.contains("ne permet pas d&#39;administrer les comptes"));
    assert!(!reponse.corps.contains("href=\"/comptes\""), "le menu ne la propose pas");
}

#[tokio::test]
async fn toute_reponse_porte_les_en_tetes_de_securite_et_le_temps_du_serveur() {
    let service = Service::nouveau().await;
    for chemin in ["/connexion", "/nulle-part", "/statique/theme.css", "/regles"] {
        let reponse = service.lis(chemin, "").await;
        let csp = reponse.entete("content-security-policy");
        assert!(csp.contains("frame-ancestors 'none'"), "{chemin} : {csp}");
        assert!(!csp.contains("unsafe"), "{chemin} : {csp}");
        assert_eq!(reponse.entete("x-content-type-options"), "nosniff", "{chemin}");
        assert_eq!(reponse.entete("referrer-policy"), "same-origin", "{chemin}");
        assert!(reponse.entete("server-timing").starts_with("app;dur="), "{chemin}");
    }
    assert_eq!(service.lis("/connexion", "").await.entete("cache-control"), "no-store");
}

#[tokio::test]
async fn aucune_page_n_a_de_style_ni_de_script_en_ligne() {
    let service = Service::nouveau().await;
    let admin = service.personne(Role::Administrateur).await;
    for chemin in ["/connexion", "/comptes", "/regles", "/regles/treve_hivernale", "/plan-du-site"]
    {
        let corps = service.lis(chemin, &admin.cookie).await.corps;
        for interdit in [" style=", " onclick=", "<style", "<script>", "javascript:"] {
            assert!(!corps.contains(interdit), "{chemin} contient {interdit}");
        }
    }
}
