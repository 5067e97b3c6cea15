//! Désigner qui supplée une personne absente.

use axum::http::StatusCode;
use ccapex::partenaires::agent::{Agent, Role};

use super::appareil::{Personne, Service};

const CONGES: &str = "geste=decider&suppleant=2&du=2026-11-21&au=24/11/2026&motif=conges";

/// Les comptes n° 1 et 2, deux collègues.
async fn collegues(service: &Service) -> (Personne, Personne) {
    let nommee =
        |nom: &str| Agent { nom: nom.to_owned(), ..Service::agent(Role::SecretariatCentral) };
    let absente = service.personne_nommee("absente", nommee("ABSENTE Anne")).await;
    (absente, service.personne_nommee("suppleante", nommee("RELAIS Rose")).await)
}

#[tokio::test]
async fn une_personne_designe_qui_la_supplee_et_cela_se_voit_sur_chaque_page_jusqu_a_la_fin() {
    let service = Service::nouveau().await;
    let (absente, suppleante) = collegues(&service).await;
    let page = service.lis("/suppleances/1", &absente.cookie).await;
    assert!(page.corps.contains("RELAIS Rose") && page.corps.contains("Mes suppléances"));
    for (champs, dit) in [
        ("geste=decider", "Le premier jour manque"),
        ("geste=decider&du=24/11/2026&au=21/11/2026&suppleant=2", "La raison manque"),
        ("geste=decider&du=24/11/2026&au=21/11/2026&suppleant=2&motif=conges", "avant le premier"),
        ("geste=decider&du=24/11/2026&au=25/11/2026&motif=conges", "n&#39;est pas choisie"),
    ] {
        let refus = service.geste(&absente, "/suppleances/1", champs).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{champs}");
        assert!(refus.corps.contains(dit), "{champs} : {}", refus.corps);
    }
    let decidee = service.geste(&absente, "/suppleances/1", CONGES).await;
    assert!(decidee.corps.contains("Suppléance décidée"), "{}", decidee.corps);
    assert!(decidee.corps.contains("du 21/11/2026 au 24/11/2026"));
    let dit = "Vous suppléez ABSENTE Anne jusqu&#39;au 24/11/2026";
    for chemin in ["/", "/dossiers", "/mon-compte"] {
        assert!(service.lis(chemin, &suppleante.cookie).await.corps.contains(dit), "{chemin}");
        assert!(!service.lis(chemin, &absente.cookie).await.corps.contains("Vous suppléez"));
    }
    let finie = service.geste(&suppleante, "/suppleances/2", "geste=finir&numero=1").await;
    assert!(finie.corps.contains("Suppléance finie"), "{}", finie.corps);
    assert!(!service.lis("/", &suppleante.cookie).await.corps.contains("Vous suppléez"));
    let gestes: Vec<String> =
        service.gestes("absente").await.into_iter().map(|g| g.0).take(2).collect();
    assert_eq!(gestes, ["suppleance_finie", "suppleance_decidee"]);
}

#[tokio::test]
async fn on_ne_designe_pas_pour_un_collegue_et_son_compte_n_existe_pas_ici() {
    let service = Service::nouveau().await;
    let (_, suppleante) = collegues(&service).await;
    for reponse in [
        service.lis("/suppleances/1", &suppleante.cookie).await,
        service.lis("/suppleances/99", &suppleante.cookie).await,
        service.geste(&suppleante, "/suppleances/1", CONGES).await,
        service.geste(&suppleante, "/suppleances/99", CONGES).await,
    ] {
        assert_eq!(reponse.statut, StatusCode::NOT_FOUND, "{}", reponse.corps);
    }
    let admin = service.personne(Role::Administrateur).await;
    let decidee = service.geste(&admin, "/suppleances/1", CONGES).await;
    assert!(decidee.corps.contains("Suppléance décidée"), "{}", decidee.corps);
    assert!(service.lis("/comptes", &admin.cookie).await.corps.contains("/suppleances/1"));
}
