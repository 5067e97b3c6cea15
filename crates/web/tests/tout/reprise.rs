//! Ce qu'on tapait quand la session s'est éteinte.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::{MOT_DE_PASSE, Reponse, Service};

/// L'adresse où la page de la session éteinte propose de se reconnecter.
fn lien(reponse: &Reponse) -> String {
    let apres = reponse.corps.split("href=\"/connexion?suite=").nth(1).expect("un lien");
    apres.split('"').next().unwrap_or_default().replace("%2F", "/")
}

const SAISIE: &str = "nom=DURAND+L%C3%A9a&identifiant=ldurand&organisme=Caf+de+Lens&role=lecteur";

#[tokio::test]
async fn la_saisie_d_une_session_eteinte_se_retrouve_apres_la_connexion_et_s_envoie() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Administrateur).await;
    service.passe(31);
    let corps = format!("jeton={}&{SAISIE}", personne.jeton);
    let perdue = service.poste("/comptes", &personne.cookie, &corps).await;
    assert_eq!(perdue.statut, StatusCode::UNAUTHORIZED);
    assert!(perdue.corps.contains("gardé une heure"), "{}", perdue.corps);
    let reprise = lien(&perdue);
    let page = service.lis(&format!("/connexion?suite={reprise}"), "").await;
    assert!(page.corps.contains("Ce que vous aviez tapé est gardé"));
    let cookie = service.connecte("administrateur", MOT_DE_PASSE).await.cookie();
    let page = service.lis(&reprise, &cookie).await;
    assert_eq!(page.statut, StatusCode::OK, "{}", page.corps);
    assert!(page.corps.contains("DURAND Léa") && page.corps.contains("action=\"/comptes\""));
    assert!(!page.corps.contains(&personne.jeton), "l'ancien jeton ne revient pas");
    let corps = format!("jeton={}&{SAISIE}", page.jeton());
    let faite = service.poste("/comptes", &cookie, &corps).await;
    assert!(faite.corps.contains("Mot de passe de <strong>ldurand</strong>"), "{}", faite.corps);
    let abandon = format!("jeton={}", page.jeton());
    service.poste(&reprise, &cookie, &abandon).await;
    assert_eq!(service.lis(&reprise, &cookie).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn une_saisie_gardee_n_est_montree_a_personne_d_autre_ni_apres_une_heure() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Administrateur).await;
    service.passe(31);
    let corps = format!("jeton={}&{SAISIE}", personne.jeton);
    let reprise = lien(&service.poste("/comptes", &personne.cookie, &corps).await);
    let autre = service.personne(Role::SecretariatCentral).await;
    assert_eq!(service.lis(&reprise, &autre.cookie).await.statut, StatusCode::NOT_FOUND);
    assert_eq!(service.lis(&reprise, "").await.statut, StatusCode::SEE_OTHER);
    service.passe(61);
    let cookie = service.connecte("administrateur", MOT_DE_PASSE).await.cookie();
    assert_eq!(service.lis(&reprise, &cookie).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn un_formulaire_qui_ne_vient_pas_de_la_session_eteinte_n_est_pas_garde() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Administrateur).await;
    service.passe(31);
    for (cookie, jeton) in
        [(personne.cookie.as_str(), "glissé"), ("seuil_session=inconnue", personne.jeton.as_str())]
    {
        let corps = format!("jeton={jeton}&{SAISIE}");
        let reponse = service.poste("/comptes", cookie, &corps).await;
        assert_eq!(reponse.statut, StatusCode::UNAUTHORIZED);
        assert!(reponse.corps.contains("Rien n&#39;a été enregistré"));
        assert!(!reponse.corps.contains("reprise"), "{}", reponse.corps);
    }
}
