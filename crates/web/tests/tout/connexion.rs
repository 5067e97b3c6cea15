//! Entrer, rester, sortir.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ccapex::partenaires::agent::Role;

use super::appareil::{MOT_DE_PASSE, Service};

#[tokio::test]
async fn sans_session_une_page_mene_a_la_connexion_puis_y_ramene() {
    let service = Service::nouveau().await;
    let reponse = service.lis("/regles?au=2026-01-01", "").await;
    assert_eq!(reponse.statut, StatusCode::SEE_OTHER);
    assert_eq!(reponse.entete("location"), "/connexion?suite=%2Fregles%3Fau%3D2026-01-01");
    let page = service.lis("/connexion?suite=%2Fregles", "").await;
    assert!(page.corps.contains("name=\"suite\" value=\"/regles\""));
}

#[tokio::test]
async fn le_cookie_de_session_ne_se_lit_pas_en_javascript_et_ne_voyage_qu_en_https() {
    let service = Service::nouveau().await;
    service.compte(Role::Lecteur).await;
    let reponse = service.connecte("lecteur", MOT_DE_PASSE).await;
    let cookie = reponse.entete("set-cookie");
    for attribut in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(attribut), "{cookie}");
    }
    assert_eq!(service.lis("/regles", &reponse.cookie()).await.statut, StatusCode::OK);
}

#[tokio::test]
async fn chaque_connexion_donne_un_jeton_neuf() {
    let service = Service::nouveau().await;
    service.compte(Role::Lecteur).await;
    let premier = service.connecte("lecteur", MOT_DE_PASSE).await.cookie();
    let second = service.connecte("lecteur", MOT_DE_PASSE).await.cookie();
    assert_ne!(premier, second);
}

#[tokio::test]
async fn la_session_s_eteint_apres_trente_minutes_sans_activite() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    service.passe(20);
    assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::OK);
    service.passe(20);
    assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::OK);
    service.passe(31);
    assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn une_session_finit_apres_douze_heures_meme_active() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    for _ in 0..35 {
        service.passe(20);
        assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::OK);
    }
    service.passe(20);
    assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn un_identifiant_inconnu_attend_comme_un_autre_apres_cinq_essais() {
    let service = Service::nouveau().await;
    service.compte(Role::Lecteur).await;
    let mut dits = Vec::new();
    for identifiant in ["lecteur", "personne"] {
        let mut pages = Vec::new();
        for _ in 0..6 {
            let reponse = service.connecte(identifiant, "mauvais").await;
            let alerte = reponse.corps.split("role=\"alert\"").nth(1).unwrap_or_default();
            pages.push(alerte.split("</div>").next().unwrap_or_default().to_owned());
        }
        dits.push(pages);
    }
    assert_eq!(dits[0], dits[1]);
    assert!(dits[0][5].contains("Trop d&#39;essais"), "{}", dits[0][5]);
}

#[tokio::test]
async fn on_voit_ses_sessions_et_on_ferme_les_autres() {
    let service = Service::nouveau().await;
    let ici = service.personne(Role::Lecteur).await;
    let ailleurs = service.connecte("lecteur", MOT_DE_PASSE).await.cookie();
    let page = service.lis("/mon-compte", &ici.cookie).await;
    assert_eq!(page.corps.matches("C'est celle-ci").count(), 1);
    let numero = page.corps.split("name=\"numero\" value=\"").nth(1).expect("une autre session");
    let numero = numero.split('"').next().unwrap_or_default();
    let corps = format!("jeton={}&geste=session&numero={numero}", ici.jeton);
    assert_eq!(service.poste("/mon-compte", &ici.cookie, &corps).await.statut, StatusCode::OK);
    assert_eq!(service.lis("/regles", &ailleurs).await.statut, StatusCode::SEE_OTHER);
    let encore = service.connecte("lecteur", MOT_DE_PASSE).await.cookie();
    let corps = format!("jeton={}&geste=sessions", ici.jeton);
    assert_eq!(service.poste("/mon-compte", &ici.cookie, &corps).await.statut, StatusCode::OK);
    assert_eq!(service.lis("/regles", &encore).await.statut, StatusCode::SEE_OTHER);
    assert_eq!(service.lis("/regles", &ici.cookie).await.statut, StatusCode::OK);
}

#[tokio::test]
async fn changer_son_mot_de_passe_demande_l_ancien_ferme_ailleurs_et_renouvelle_le_jeton() {
    let service = Service::nouveau().await;
    let ici = service.personne(Role::Lecteur).await;
    let ailleurs = service.connecte("lecteur", MOT_DE_PASSE).await.cookie();
    let neuf = "quatre mésanges au portail";
    let envoyer = async |ancien: &str, nouveau: &str, encore: &str| {
        let corps = format!(
            "jeton={}&geste=mot_de_passe&secret={ancien}&nouveau={nouveau}&encore={encore}",
            ici.jeton
        );
        service.poste("/mon-compte", &ici.cookie, &corps).await
    };
    for (ancien, nouveau, encore, dit) in [
        ("mauvais", neuf, neuf, "mot de passe d&#39;aujourd&#39;hui"),
        (MOT_DE_PASSE, neuf, "autre chose", "diffèrent"),
        (MOT_DE_PASSE, "motdepasse2026", "motdepasse2026", "se devine"),
        (MOT_DE_PASSE, "court", "court", "trop court"),
    ] {
        let refus = envoyer(ancien, nouveau, encore).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{nouveau}");
        assert!(refus.corps.contains(dit), "{dit} : {}", refus.corps);
        assert!(!refus.corps.contains(neuf), "un mot de passe ne revient pas dans la page");
    }
    let fait = envoyer(MOT_DE_PASSE, neuf, neuf).await;
    assert_eq!(fait.statut, StatusCode::OK, "{}", fait.corps);
    assert_ne!(fait.cookie(), ici.cookie);
    assert_eq!(service.lis("/regles", &fait.cookie()).await.statut, StatusCode::OK);
    for fermee in [&ici.cookie, &ailleurs] {
        assert_eq!(service.lis("/regles", fermee).await.statut, StatusCode::SEE_OTHER);
    }
    assert_eq!(service.connecte("lecteur", neuf).await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn apres_cinq_essais_manques_meme_le_bon_mot_de_passe_attend() {
    let service = Service::nouveau().await;
    service.compte(Role::Lecteur).await;
    for _ in 0..5 {
        let reponse = service.connecte("lecteur", "mauvais").await;
        assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let reponse = service.connecte("lecteur", MOT_DE_PASSE).await;
    assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reponse.corps.contains("Trop d&#39;essais manqués"), "{}", reponse.corps);
    service.passe(2);
    assert_eq!(service.connecte("lecteur", MOT_DE_PASSE).await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn un_identifiant_inconnu_et_un_mauvais_mot_de_passe_se_disent_pareil() {
    let service = Service::nouveau().await;
    service.compte(Role::Lecteur).await;
    for identifiant in ["lecteur", "personne"] {
        let reponse = service.connecte(identifiant, "mauvais").await;
        assert!(reponse.corps.contains("Identifiant ou mot de passe inconnu"));
        assert!(!reponse.corps.contains("mauvais"));
    }
}

#[tokio::test]
async fn se_deconnecter_ferme_la_session() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    let corps = format!("jeton={}", personne.jeton);
    let reponse = service.poste("/deconnexion", &personne.cookie, &corps).await;
    assert!(reponse.entete("set-cookie").contains("Max-Age=0"));
    assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn un_compte_desactive_perd_sa_session_et_un_nouveau_mot_de_passe_aussi() {
    let service = Service::nouveau().await;
    let lecteur = service.personne(Role::Lecteur).await;
    let admin = service.personne(Role::Administrateur).await;
    let page = service.lis("/comptes", &admin.cookie).await;
    assert_eq!(page.statut, StatusCode::OK);
    let id = page.corps.split("action=\"/comptes/").filter_map(|s| s.split('"').next()).nth(2);
    let chemin = format!("/comptes/{}", id.expect("deux comptes"));
    let corps = format!("jeton={}&geste=secret", admin.jeton);
    let reponse = service.poste(&chemin, &admin.cookie, &corps).await;
    assert!(
        reponse.corps.contains("Mot de passe de <strong>lecteur</strong>"),
        "{}",
        reponse.corps
    );
    assert_eq!(service.lis("/regles", &lecteur.cookie).await.statut, StatusCode::SEE_OTHER);
    let reponse = service.connecte("lecteur", MOT_DE_PASSE).await;
    assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn un_envoi_venu_d_un_autre_site_est_refuse_avant_d_etre_lu() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Administrateur).await;
    let requete = Request::post("/deconnexion")
        .header(header::COOKIE, &personne.cookie)
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(format!("jeton={}", personne.jeton)))
        .expect("requête");
    assert_eq!(service.envoie(requete).await.statut, StatusCode::FORBIDDEN);
    assert_eq!(service.lis("/regles", &personne.cookie).await.statut, StatusCode::OK);
}
