//! Inviter par un lien.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::{MOT_DE_PASSE, Personne, Reponse, Service};

const INVITEE: &str =
    "nom=DURAND+L%C3%A9a&courriel=Lea.Durand@exemple.fr&organisme=Pr%C3%A9fecture";

/// Invite Léa Durand ; son compte est le deuxième.
async fn inviter(service: &Service, admin: &Personne, role: &str) {
    let corps = format!("jeton={}&{INVITEE}&role={role}&profil=62", admin.jeton);
    let reponse = service.poste("/comptes", &admin.cookie, &corps).await;
    assert!(reponse.corps.contains("Invitation prête"), "{}", reponse.corps);
    assert!(!reponse.corps.contains("/invitation/"), "le lien n'est nulle part avant d'être tiré");
}

async fn geste(service: &Service, admin: &Personne, geste: &str) -> Reponse {
    let corps = format!("jeton={}&geste={geste}", admin.jeton);
    service.poste("/comptes/2", &admin.cookie, &corps).await
}

/// Le lien, montré à qui administre.
async fn lien(service: &Service, admin: &Personne) -> String {
    let page = geste(service, admin, "lien").await;
    let apres = page.corps.split("http://seuil.test").nth(1).expect("un lien");
    apres.split('<').next().unwrap_or_default().to_owned()
}

async fn accepter(service: &Service, lien: &str, nouveau: &str) -> Reponse {
    let page = service.lis(lien, "").await;
    let corps = format!("jeton={}&nouveau={nouveau}&encore={nouveau}", page.jeton());
    service.poste(lien, &page.cookie(), &corps).await
}

#[tokio::test]
async fn la_personne_invitee_choisit_son_mot_de_passe_puis_son_second_facteur() {
    let service = Service::strict().await;
    let admin = service.personne_forte(Role::Administrateur).await;
    inviter(&service, &admin, "secretariat_central").await;
    let ferme = service.connecte("lea.durand@exemple.fr", MOT_DE_PASSE).await;
    assert_eq!(ferme.statut, StatusCode::UNPROCESSABLE_ENTITY, "le compte n'ouvre rien avant");
    let lien = lien(&service, &admin).await;
    for _ in 0..2 {
        let page = service.lis(&lien, "").await;
        assert_eq!(page.statut, StatusCode::OK, "un relais qui lit le lien ne l'use pas");
        assert!(page.corps.contains("Bienvenue, DURAND Léa"), "{}", page.corps);
    }
    let faible = accepter(&service, &lien, "durandlea2026").await;
    assert_eq!(faible.statut, StatusCode::UNPROCESSABLE_ENTITY);
    let entree = accepter(&service, &lien, MOT_DE_PASSE).await;
    assert_eq!(entree.entete("location"), "/connexion/second-facteur", "{}", entree.corps);
    let encore = service.lis(&lien, "").await;
    assert_eq!(encore.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(encore.corps.contains("Ce lien ne sert plus"), "{}", encore.corps);
    let entree = service.connecte("Lea.Durand@exemple.fr", MOT_DE_PASSE).await;
    assert_eq!(entree.entete("location"), "/connexion/second-facteur");
    let deja = geste(&service, &admin, "inviter").await;
    assert!(deja.corps.contains("déjà pris possession"), "{}", deja.corps);
    let gestes: Vec<String> =
        service.gestes("lea.durand@exemple.fr").await.into_iter().map(|g| g.0).collect();
    assert_eq!(gestes, ["invitation_acceptee", "invite"]);
}

#[tokio::test]
async fn un_lien_expire_annule_ou_remplace_ne_sert_plus() {
    let service = Service::nouveau().await;
    let admin = service.personne(Role::Administrateur).await;
    inviter(&service, &admin, "lecteur").await;
    let premier = lien(&service, &admin).await;
    let second = lien(&service, &admin).await;
    assert_ne!(premier, second);
    let ouvre = async |lien: &str| service.lis(lien, "").await.statut == StatusCode::OK;
    assert!(!ouvre(&premier).await && ouvre(&second).await, "le dernier seul vaut");
    let renvoi = geste(&service, &admin, "inviter").await;
    assert!(renvoi.corps.contains("Invitation renvoyée"), "{}", renvoi.corps);
    assert!(!ouvre(&second).await);
    let troisieme = lien(&service, &admin).await;
    assert!(ouvre(&troisieme).await);
    geste(&service, &admin, "annuler").await;
    assert!(!ouvre(&troisieme).await);
    geste(&service, &admin, "inviter").await;
    let quatrieme = lien(&service, &admin).await;
    assert!(ouvre(&quatrieme).await);
    service.passe(7 * 24 * 60);
    assert!(!ouvre(&quatrieme).await, "sept jours, dit le profil");
    assert!(!ouvre("/invitation/0123").await);
}

#[tokio::test]
async fn une_adresse_deja_prise_ou_illisible_est_refusee_et_la_base_ne_garde_aucun_lien() {
    let service = Service::nouveau().await;
    let admin = service.personne(Role::Administrateur).await;
    inviter(&service, &admin, "lecteur").await;
    for (courriel, dit) in [
        ("lea.durand@exemple.fr", "a déjà cette adresse"),
        ("lea.durand", "n&#39;est pas une adresse"),
        ("lea@exemple.fr, autre@exemple.fr", "n&#39;est pas une adresse"),
    ] {
        let corps = format!(
            "jeton={}&nom=X&organisme=Y&role=lecteur&profil=62&courriel={courriel}",
            admin.jeton
        );
        let reponse = service.poste("/comptes", &admin.cookie, &corps).await;
        assert!(reponse.corps.contains(dit), "{courriel} : {}", reponse.corps);
    }
    let lien = lien(&service, &admin).await;
    let jeton = lien.rsplit('/').next().unwrap_or_default();
    let corps = service.courriels().await;
    assert_eq!(corps.len(), 1);
    assert!(corps[0].contains("{lien}") && !corps[0].contains(jeton), "{}", corps[0]);
}

#[tokio::test]
async fn seule_l_administration_invite() {
    let service = Service::nouveau().await;
    let central = service.personne(Role::SecretariatCentral).await;
    let corps = format!("jeton={}&{INVITEE}&role=lecteur", central.jeton);
    let reponse = service.poste("/comptes", &central.cookie, &corps).await;
    assert_eq!(reponse.statut, StatusCode::FORBIDDEN);
}
