//! Les clés : qui en fait, ce qu'elles ouvrent, et quand elles n'ouvrent plus.

use axum::http::{Method, StatusCode};
use ccapex::partenaires::agent::Role;
use usages::compte::cles::{lister, renouveler, revoquer};
use usages::formes::PorteeDeCle;

use super::{administrateur, menage, probleme};
use crate::tout::appareil::Service;

const DOSSIERS: &str = "/api/v1/dossiers";

#[tokio::test]
async fn sans_cle_juste_rien_ne_se_lit() {
    let service = Service::nouveau().await;
    let juste = service.ecriture(Role::SecretariatCentral).await;
    assert_eq!(service.obtient(DOSSIERS, &juste).await.statut, StatusCode::OK);
    for fausse in ["", "seuil_", "autre", &juste[..juste.len() - 1], &format!("{juste}a")] {
        let refus = service.obtient(DOSSIERS, fausse).await;
        probleme(&refus, StatusCode::UNAUTHORIZED);
        assert!(refus.entete("www-authenticate").starts_with("Bearer"), "{fausse}");
    }
    let mot_de_passe = [("authorization", "Basic c2VjcmV0YXJpYXQ6eA==")];
    let refus = service.demande(Method::GET, DOSSIERS, "", &mot_de_passe, "").await;
    probleme(&refus, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn une_cle_de_lecture_n_ecrit_pas() {
    let service = Service::nouveau().await;
    let lecture = service.cle(Role::SecretariatCentral, PorteeDeCle::Lecture).await;
    assert_eq!(service.obtient(DOSSIERS, &lecture).await.statut, StatusCode::OK);
    let refus = service.consigne(&lecture, &menage()).await;
    let dit = probleme(&refus, StatusCode::FORBIDDEN);
    assert!(dit["detail"].as_str().is_some_and(|d| d.contains("non d'écrire")), "{dit}");
}

#[tokio::test]
async fn une_cle_expiree_retiree_ou_d_un_compte_desactive_n_ouvre_plus_rien() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let (stockage, admin) = (&service.stockage, administrateur());
    let id = lister(stockage, &admin).await.expect("les clés")[0].id;

    revoquer(stockage, &admin, id, service.maintenant()).await.expect("retirée");
    let refus = service.obtient(DOSSIERS, &cle).await;
    assert!(probleme(&refus, StatusCode::UNAUTHORIZED).to_string().contains("retirée"));
    assert!(renouveler(stockage, &admin, id, service.maintenant(), [9; 32]).await.is_err());

    let cle = service.ecriture(Role::SecretariatCentral).await;
    service.passe(365 * 24 * 60);
    let refus = service.obtient(DOSSIERS, &cle).await;
    assert!(probleme(&refus, StatusCode::UNAUTHORIZED).to_string().contains("expiré"));

    let cle = service.ecriture(Role::SecretariatCentral).await;
    let compte = stockage.compte_par_identifiant("secretariat_central").await.expect("base");
    let mut compte = compte.expect("le compte");
    compte.actif = false;
    stockage
        .changer_compte(&admin.peut_administrer().expect("admin"), &compte)
        .await
        .expect("fait");
    let refus = service.obtient(DOSSIERS, &cle).await;
    assert!(probleme(&refus, StatusCode::UNAUTHORIZED).to_string().contains("désactivé"));
}

#[tokio::test]
async fn une_cle_renouvelee_laisse_un_jour_a_l_ancienne() {
    let service = Service::nouveau().await;
    let ancienne = service.ecriture(Role::SecretariatCentral).await;
    let (stockage, admin) = (&service.stockage, administrateur());
    let id = lister(stockage, &admin).await.expect("les clés")[0].id;
    let neuve =
        renouveler(stockage, &admin, id, service.maintenant(), [9; 32]).await.expect("neuve");
    let neuve = neuve.cle.en_clair().to_owned();
    for cle in [&ancienne, &neuve] {
        assert_eq!(service.obtient(DOSSIERS, cle).await.statut, StatusCode::OK);
    }
    service.passe(24 * 60);
    probleme(&service.obtient(DOSSIERS, &ancienne).await, StatusCode::UNAUTHORIZED);
    assert_eq!(service.obtient(DOSSIERS, &neuve).await.statut, StatusCode::OK);
}

#[tokio::test]
async fn la_cle_n_est_gardee_nulle_part_et_son_dernier_usage_se_lit() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let (stockage, admin) = (&service.stockage, administrateur());
    let avant = lister(stockage, &admin).await.expect("les clés");
    assert_eq!(avant[0].vue_le, None);
    assert!(!cle.contains(&avant[0].empreinte) && !avant[0].empreinte.contains(&cle[6..]));
    assert!(cle.ends_with(&avant[0].indice) && avant[0].indice.len() == 4);
    service.passe(3);
    service.obtient(DOSSIERS, &cle).await;
    let apres = lister(stockage, &admin).await.expect("les clés");
    assert_eq!(apres[0].vue_le, Some(service.maintenant()));
}

#[tokio::test]
async fn l_administration_fait_retire_et_renouvelle_les_cles_a_sa_page_et_elle_seule() {
    let service = Service::nouveau().await;
    service.compte(Role::OrganismePayeur).await;
    let admin = service.personne(Role::Administrateur).await;
    let autre = service.personne(Role::SecretariatCentral).await;
    assert_eq!(service.lis("/comptes/cles", &autre.cookie).await.statut, StatusCode::FORBIDDEN);

    let compte = service.stockage.compte_par_identifiant("organisme_payeur").await.expect("base");
    let compte = compte.expect("le compte").agent.id;
    let faire = async |saisie: &str| {
        let corps = format!("jeton={}&{saisie}", admin.jeton);
        service.poste("/comptes/cles", &admin.cookie, &corps).await.corps
    };
    let refus = faire("compte=&nom=Cafpro&portee=lecture&jours=365").await;
    assert!(refus.contains("Choisissez-le dans la liste"), "{refus}");
    let refus = faire(&format!("compte={compte}&nom=&portee=lecture&jours=365")).await;
    assert!(refus.contains("Le nom de la clé manque"), "{refus}");
    let refus = faire(&format!("compte={compte}&nom=Cafpro&portee=lecture&jours=4000")).await;
    assert!(refus.contains("de 1 à 731 jours"), "{refus}");

    let page = faire(&format!("compte={compte}&nom=Cafpro&portee=ecriture&jours=30")).await;
    let cle = montree(&page);
    assert_eq!(service.obtient(DOSSIERS, &cle).await.statut, StatusCode::OK);
    let liste = service.lis("/comptes/cles", &admin.cookie).await.corps;
    assert!(liste.contains("Cafpro") && !liste.contains(&cle), "elle n'est montrée qu'une fois");

    let geste = async |geste: &str| {
        let corps = format!("jeton={}&geste={geste}", admin.jeton);
        service.poste("/comptes/cles/1", &admin.cookie, &corps).await.corps
    };
    let neuve = montree(&geste("renouveler").await);
    assert_ne!(neuve, cle);
    assert!(geste("retirer").await.contains("Clé retirée"));
    probleme(&service.obtient(DOSSIERS, &cle).await, StatusCode::UNAUTHORIZED);
    assert_eq!(service.obtient(DOSSIERS, &neuve).await.statut, StatusCode::OK);
}

fn montree(page: &str) -> String {
    let apres = page.split("<code>seuil_").nth(1).unwrap_or_else(|| panic!("{page}"));
    format!("seuil_{}", apres.split('<').next().unwrap_or_default())
}
