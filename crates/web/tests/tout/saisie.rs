//! Saisir une notice étape par étape : elle se garde, se reprend, et dit ce qu'elle deviendra.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::Service;

/// Chaque étape d'un commandement, et ce qu'on y écrit.
const ETAPES: [(&str, &str); 5] = [
    ("acte", "date_signification=2026-10-12&etude=SCP+des+Essais"),
    ("menage", "locataire_nom=BERTIN&locataire_prenom=Luc"),
    ("logement", "code_postal=62000&commune=Arras"),
    ("bail", "bailleur_type=personne_physique&date_bail=2024-09-01&loyer_hors_charges=500"),
    ("dette", "montant_dette=3+000,00&impaye_depuis=2026-02-01"),
];

#[tokio::test]
async fn une_notice_se_saisit_par_etapes_gardees_et_ne_s_enregistre_qu_une_fois() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let premiere = service.lis("/saisie/cdp/etapes", &centrale.cookie).await;
    assert!(premiere.corps.contains("Étape 1 sur 6"), "{}", premiere.corps);
    let suite = service.geste(&centrale, "/saisie/cdp/etapes", ETAPES[0].1).await;
    let notice = suite.entete("location").trim_end_matches("/menage").to_owned();
    assert!(notice.starts_with("/brouillons/"), "{}", suite.corps);

    // Rien d'écrit ne se perd : on la laisse, on la retrouve, on la reprend.
    let menage = format!("{}&geste=plus_tard", ETAPES[1].1);
    let laissee = service.geste(&centrale, &format!("{notice}/menage"), &menage).await;
    let reception = service.lis(laissee.entete("location"), &centrale.cookie).await;
    assert!(reception.corps.contains("Commandement de payer, BERTIN, laissée le"));
    let manque = service.lis(&format!("{notice}/verifier"), &centrale.cookie).await;
    assert!(manque.corps.contains("Commune du logement"), "{}", manque.corps);
    assert!(!manque.corps.contains("Enregistrer la notice"));
    let reprise = service.lis(&format!("{notice}/menage"), &centrale.cookie).await;
    assert!(reprise.corps.contains("value=\"BERTIN\""), "{}", reprise.corps);

    for (etape, champs) in &ETAPES[2..] {
        let suite = service.geste(&centrale, &format!("{notice}/{etape}"), champs).await;
        assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{etape} : {}", suite.corps);
    }
    let relue = service.lis(&format!("{notice}/verifier"), &centrale.cookie).await;
    for attendu in ["Éligible", "Fin du délai pour payer", "Un dossier s'ouvrira", "12/10/2026"] {
        let attendu = attendu.replace('\'', "&#39;");
        assert!(relue.corps.contains(&attendu), "« {attendu} » manque : {}", relue.corps);
    }
    let tous = service.lis("/dossiers?etendue=tous", &centrale.cookie).await;
    assert!(!tous.corps.contains("BERTIN"), "relire n'enregistre rien");

    let verifier = format!("{notice}/verifier");
    let recue = service.geste(&centrale, &verifier, "geste=enregistrer").await;
    assert!(recue.entete("location").starts_with("/dossiers/62-"), "{}", recue.corps);
    let encore = service.geste(&centrale, &verifier, "geste=enregistrer").await;
    assert_eq!(encore.statut, StatusCode::NOT_FOUND);
    let reception = service.lis("/reception", &centrale.cookie).await;
    assert!(!reception.corps.contains("Notices à finir"));
}

#[tokio::test]
async fn une_etape_illisible_se_corrige_sur_place_et_garde_ce_qui_est_ecrit() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let suite = service.geste(&centrale, "/saisie/cdp/etapes", ETAPES[0].1).await;
    let notice = suite.entete("location").trim_end_matches("/menage").to_owned();
    let faute = "montant_dette=beaucoup&impaye_depuis=2026-02-01";
    let page = service.geste(&centrale, &format!("{notice}/dette"), faute).await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("« beaucoup » ne se lit pas"), "{}", page.corps);
    assert!(page.corps.contains("value=\"beaucoup\"") && page.corps.contains("2026-02-01"));
}

#[tokio::test]
async fn une_notice_a_finir_n_est_qu_a_la_personne_qui_la_saisit() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let suite = service.geste(&centrale, "/saisie/cdp/etapes", ETAPES[0].1).await;
    let notice = suite.entete("location").to_owned();
    for role in [Role::SecretariatSousCommission, Role::CommissaireDeJustice] {
        let autre = service.personne(role).await;
        let lue = service.lis(&notice, &autre.cookie).await;
        assert_eq!(lue.statut, StatusCode::NOT_FOUND, "{}", role.code());
        let ecrite = service.geste(&autre, &notice, "locataire_nom=INTRUS").await;
        assert_eq!(ecrite.statut, StatusCode::NOT_FOUND, "{}", role.code());
        let abandon = service.geste(&autre, &notice, "geste=abandonner").await;
        assert_eq!(abandon.statut, StatusCode::NOT_FOUND, "{}", role.code());
    }
    let pilote = service.personne(Role::Lecteur).await;
    assert_eq!(
        service.lis("/saisie/cdp/etapes", &pilote.cookie).await.statut,
        StatusCode::FORBIDDEN
    );
    let abandon = notice.replace("/menage", "/verifier");
    service.geste(&centrale, &abandon, "geste=abandonner").await;
    assert_eq!(service.lis(&notice, &centrale.cookie).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn ce_qu_on_ecrit_se_garde_au_fil_et_par_chaque_bouton() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    // Rien d'écrit, rien de gardé.
    let vide = service.geste(&centrale, "/saisie/cdp/etapes", "au_fil=1").await;
    assert!(vide.corps.contains("\"dit\":\"\""), "{}", vide.corps);
    assert!(!service.lis("/reception", &centrale.cookie).await.corps.contains("Notices à finir"));
    // La première frappe donne son adresse à la notice ; la suivante s'y garde.
    let champs = format!("{}&au_fil=1", ETAPES[0].1);
    let garde = service.geste(&centrale, "/saisie/cdp/etapes", &champs).await;
    assert_eq!(garde.statut, StatusCode::OK, "{}", garde.corps);
    assert!(garde.corps.contains("Gardé à"), "{}", garde.corps);
    let adresse = garde.corps.split("\"vers\":\"").nth(1).and_then(|s| s.split('"').next());
    let acte = adresse.expect("une adresse").to_owned();
    let notice = acte.trim_end_matches("/acte").to_owned();
    let faute = "montant_dette=beaucoup&au_fil=1";
    let garde = service.geste(&centrale, &format!("{notice}/dette"), faute).await;
    assert!(garde.corps.contains("À corriger : Montant de la dette"), "{}", garde.corps);
    let relue = service.lis(&format!("{notice}/dette"), &centrale.cookie).await;
    assert!(relue.corps.contains("value=\"beaucoup\""), "{}", relue.corps);
    assert!(relue.corps.contains("data-au-fil=\"en-partant\""));
    // Sans script, une étape de la barre garde celle qu'on quitte, même mal écrite.
    let menage = format!("{}&geste=aller:dette", ETAPES[1].1);
    let ailleurs = service.geste(&centrale, &format!("{notice}/menage"), &menage).await;
    assert_eq!(ailleurs.entete("location"), format!("{notice}/dette"));
    let faute = "loyer_hors_charges=peu&geste=aller:verifier";
    let ailleurs = service.geste(&centrale, &format!("{notice}/bail"), faute).await;
    assert_eq!(ailleurs.entete("location"), format!("{notice}/verifier"));
    let relue = service.lis(&format!("{notice}/menage"), &centrale.cookie).await;
    assert!(relue.corps.contains("value=\"BERTIN\""), "{}", relue.corps);
    let relue = service.lis(&format!("{notice}/verifier"), &centrale.cookie).await;
    assert!(relue.corps.contains("« peu » ne se lit pas"), "{}", relue.corps);
    // Une seule notice attend, malgré tous ces envois.
    let reception = service.lis("/reception", &centrale.cookie).await;
    assert_eq!(reception.corps.matches("laissée le").count(), 1, "{}", reception.corps);
}

#[tokio::test]
async fn passer_sur_une_page_garde_ce_qui_est_deja_ecrit() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let champs = format!("{}&geste=une_page", ETAPES[0].1);
    let page = service.geste(&centrale, "/saisie/cdp/etapes", &champs).await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("Enregistrer la notice"), "{}", page.corps);
    assert!(page.corps.contains("value=\"2026-10-12\""), "{}", page.corps);
}
