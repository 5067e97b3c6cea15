//! La cloche et la liste : ce que d'autres ont fait, dans le périmètre, jusqu'à ce qu'on l'ait lu.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::{Personne, Service};
use super::parcours::{ARRAS, LENS, dossiers, fichier};

const CONFIE: &str = "Un ménage vous est confié";

async fn deposer(service: &Service) -> (Personne, Vec<String>) {
    let centrale = service.personne(Role::SecretariatCentral).await;
    service.depose(&centrale, "deux.csv", &fichier(&[ARRAS, LENS])).await;
    let liste = service.lis("/dossiers?tri=maj", &centrale.cookie).await;
    let mut references: Vec<String> =
        dossiers(&liste).iter().map(|d| d.trim_start_matches("/dossiers/").to_owned()).collect();
    references.sort();
    (centrale, references)
}

#[tokio::test]
async fn un_service_apprend_le_menage_qu_on_lui_confie_et_lui_seul() {
    let service = Service::nouveau().await;
    let (centrale, references) = deposer(&service).await;
    let caf = service.personne(Role::OrganismePayeur).await;
    let page = service.lis("/notifications", &caf.cookie).await.corps;
    assert!(page.contains(CONFIE) && page.contains(&references[0]), "{page}");
    assert!(!page.contains(&references[1]), "le dossier du Département n'y est pas");
    let chez_elle = service.lis("/notifications", &centrale.cookie).await.corps;
    assert!(!chez_elle.contains(CONFIE), "ce qu'elle a déposé ne lui revient pas");
    for role in [Role::Lecteur, Role::Administrateur, Role::Dpo] {
        let autre = service.personne(role).await;
        let refus = service.lis("/notifications", &autre.cookie).await;
        assert_eq!(refus.statut, StatusCode::FORBIDDEN, "{role:?}");
        let accueil = service.lis("/", &autre.cookie).await.corps;
        assert!(!accueil.contains("class=\"cloche\""), "{role:?} n'a pas de cloche");
    }
}

#[tokio::test]
async fn la_cloche_compte_et_se_tait_quand_tout_est_lu() {
    let service = Service::nouveau().await;
    let (centrale, references) = deposer(&service).await;
    let caf = service.personne(Role::OrganismePayeur).await;
    service.passe(2);
    let accueil = async || service.lis("/", &caf.cookie).await.corps;
    assert!(accueil().await.contains("1 notification à lire"));
    let perdue = service.lis("/page-qui-n-existe-pas", &caf.cookie).await;
    assert_eq!(perdue.statut, StatusCode::NOT_FOUND);
    assert!(
        perdue.corps.contains("1 notification à lire"),
        "la cloche reste sur une page d'erreur"
    );
    let page = service.lis("/notifications", &caf.cookie).await.corps;
    assert!(page.contains("Tout marquer comme lu"));
    let lu = service.geste(&caf, "/notifications", "").await;
    assert_eq!(lu.statut, StatusCode::SEE_OTHER);
    assert!(accueil().await.contains("Notifications, toutes lues"));
    let page = service.lis("/notifications", &caf.cookie).await.corps;
    assert!(page.contains(CONFIE) && !page.contains("À lire"), "lu, et toujours là : {page}");

    // Le secrétariat propose le ménage, la Caf l'accepte : chacun apprend le geste de l'autre.
    service.passe(2);
    let geste = format!("/dossiers/{}/consigner/prise_en_charge", references[0]);
    service.geste(&centrale, &geste, "date=2026-11-21&service=caf&issue=proposee").await;
    let page = service.lis("/notifications", &caf.cookie).await.corps;
    assert!(page.contains("Un ménage vous est proposé") && page.contains("À lire"), "{page}");
    let ecrit = service.geste(&caf, &geste, "date=2026-11-21&service=caf&issue=acceptee").await;
    assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{}", ecrit.corps);
    let accepte = "Un service a accepté le ménage";
    let page = service.lis("/notifications", &centrale.cookie).await.corps;
    assert!(page.contains(accepte), "{page}");
    let page = service.lis("/notifications", &caf.cookie).await.corps;
    assert!(!page.contains(accepte), "son propre geste ne lui revient pas");
}

#[tokio::test]
async fn une_alerte_arrive_a_celui_qui_doit_y_repondre() {
    let service = Service::nouveau().await;
    let (centrale, references) = deposer(&service).await;
    let caf = service.personne(Role::OrganismePayeur).await;
    let geste = format!("/dossiers/{}/consigner/alerte", references[1]);
    let champs = "date=2026-11-21&code=suspension_aide&destinataires=caf&contenu=Secret";
    let ecrit = service.geste(&centrale, &geste, champs).await;
    assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{}", ecrit.corps);
    let page = service.lis("/notifications", &caf.cookie).await.corps;
    assert!(page.contains("Une alerte attend votre réponse"), "{page}");
    assert!(page.contains(&format!("/dossiers/{}/alertes", references[1])), "sa part seulement");
    assert!(!page.contains("Secret"), "le texte se lit dans le dossier");
    assert!(
        !page.contains(&format!("/dossiers/{}\"", references[1])),
        "le dossier est celui d'un autre"
    );
}

#[tokio::test]
async fn le_resume_demande_une_adresse_et_se_garde() {
    let service = Service::nouveau().await;
    let caf = service.personne(Role::OrganismePayeur).await;
    let chemin = "/notifications/reglages";
    for (champs, raison) in [
        ("resume=oui&courriel=", "L&#39;adresse manque"),
        ("resume=oui&courriel=pas+une+adresse", "Cette adresse ne se lit pas"),
    ] {
        let refus = service.geste(&caf, chemin, champs).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{champs}");
        assert!(refus.corps.contains(raison), "{}", refus.corps);
    }
    let garde = service.geste(&caf, chemin, "resume=oui&courriel=a.b@exemple.fr").await;
    assert_eq!(garde.statut, StatusCode::SEE_OTHER);
    let page = service.lis(&format!("{chemin}?fait=regle"), &caf.cookie).await.corps;
    assert!(page.contains("value=\"a.b@exemple.fr\"") && page.contains("Réglage gardé"), "{page}");
}
