//! Le calendrier à l'écran et dans un agenda : les mêmes dossiers, et aucun nom au-dehors.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ccapex::partenaires::agent::Role;

use super::appareil::{Personne, Reponse, Service};
use super::parcours::{ARRAS, LENS, dossiers, fichier};

/// Le chemin du lien qu'une personne vient de créer.
pub(crate) async fn lien(service: &Service, qui: &Personne) -> String {
    let page = service.geste(qui, "/calendrier/abonnement", "geste=creer").await;
    assert_eq!(page.statut, StatusCode::OK, "{}", page.corps);
    let (debut, _) = page.corps.split_once(".ics").expect("un lien .ics");
    let place = debut.rfind("/calendrier/").expect("son chemin");
    format!("{}.ics", &debut[place..])
}

async fn demande(service: &Service, chemin: &str, etiquette: &str) -> Reponse {
    let requete = Request::get(chemin).header(header::IF_NONE_MATCH, etiquette);
    service.envoie(requete.body(Body::empty()).expect("requête")).await
}

async fn deux_dossiers(service: &Service) -> (Personne, Vec<String>) {
    let centrale = service.personne(Role::SecretariatCentral).await;
    service.depose(&centrale, "deux.csv", &fichier(&[ARRAS, LENS])).await;
    let liste = service.lis("/dossiers?tri=maj", &centrale.cookie).await;
    let mut references: Vec<String> =
        dossiers(&liste).iter().map(|d| d.trim_start_matches("/dossiers/").to_owned()).collect();
    references.sort();
    for reference in &references {
        let geste = format!("/dossiers/{reference}/consigner/assignation");
        let champs = "date=2026-11-10&date_audience=2027-01-20&tribunal=Arras&motif=impaye";
        let ecrit = service.geste(&centrale, &geste, champs).await;
        assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{}", ecrit.corps);
    }
    let confie = format!("/dossiers/{}/consigner/prise_en_charge", references[0]);
    let champs = "date=2026-11-12&service=caf&issue=proposee";
    let ecrit = service.geste(&centrale, &confie, champs).await;
    assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{}", ecrit.corps);
    (centrale, references)
}

#[tokio::test]
async fn une_audience_se_lit_au_mois_a_la_semaine_et_au_jour() {
    let service = Service::nouveau().await;
    let (centrale, references) = deux_dossiers(&service).await;
    let lis = async |chemin: &str| service.lis(chemin, &centrale.cookie).await.corps;
    for vue in ["mois", "semaine", "jour"] {
        let page = lis(&format!("/calendrier?vue={vue}&le=2027-01-20&sorte=audience")).await;
        for reference in &references {
            assert!(page.contains(&format!("/dossiers/{reference}\"")), "{vue} : {page}");
        }
    }
    let mois = lis("/calendrier?le=2027-01-05").await;
    assert!(mois.contains("2 audiences"), "{mois}");
    assert!(mois.contains("Décembre") || mois.contains("le=2026-12-01"), "le mois d'avant");
    assert!(mois.contains("le=2027-02-01"), "le mois d'après");
    let filtre = lis("/calendrier?le=2027-01-05&sorte=audience&service=caf").await;
    assert!(filtre.contains("1 audience<"), "{filtre}");
    assert!(filtre.contains("Service : "), "le filtre posé se retire");
    let vide = lis("/calendrier?vue=jour&le=2030-01-01").await;
    assert!(vide.contains("Rien dans cette période"));
}

#[tokio::test]
async fn l_agenda_exterieur_dit_les_dossiers_de_l_ecran_et_aucun_nom() {
    let service = Service::nouveau().await;
    let (centrale, references) = deux_dossiers(&service).await;
    let chemin = lien(&service, &centrale).await;
    let flux = demande(&service, &chemin, "").await;
    assert_eq!(flux.statut, StatusCode::OK);
    assert_eq!(flux.entete("content-type"), "text/calendar; charset=utf-8");
    let deplie = flux.corps.replace("\r\n ", "");
    for reference in &references {
        assert!(deplie.contains(&format!("UID:audience-{reference}@seuil\r\n")), "{deplie}");
        let lien = format!("URL:http://seuil.test/dossiers/{reference}\r\n");
        assert!(deplie.contains(&lien), "{deplie}");
    }
    assert!(deplie.contains("DTSTART;VALUE=DATE:20270120\r\n"));
    for cache in ["MORTREUX", "Aline", "BERTIN", "Tanneurs", "2480"] {
        assert!(!deplie.contains(cache), "{cache} sort du service");
    }
    let encore = demande(&service, &chemin, flux.entete("etag")).await;
    assert_eq!((encore.statut, encore.corps.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let page = service.lis("/calendrier/abonnement", &centrale.cookie).await.corps;
    assert!(page.contains("Dernier usage le 21/11/2026"), "{page}");
    assert!(!page.contains(".ics"), "le lien ne se montre qu'une fois");
}

#[tokio::test]
async fn un_lien_suit_les_droits_de_sa_personne_et_se_coupe() {
    let service = Service::nouveau().await;
    let (_, references) = deux_dossiers(&service).await;
    let caf = service.personne(Role::OrganismePayeur).await;
    let chemin = lien(&service, &caf).await;
    let lu = demande(&service, &chemin, "").await.corps.replace("\r\n ", "");
    assert!(lu.contains(&references[0]), "le dossier confié à la Caf");
    assert!(!lu.contains(&references[1]), "celui du Département n'y est pas");
    let neuf = lien(&service, &caf).await;
    assert_eq!(demande(&service, &chemin, "").await.statut, StatusCode::NOT_FOUND);
    let admin = service.personne(Role::Administrateur).await;
    let comptes = service.lis("/comptes", &admin.cookie).await.corps;
    let avant = comptes.split("organisme_payeur</p>").nth(1).expect("le compte");
    let id = avant.split("/comptes/").nth(1).and_then(|r| r.split('"').next()).expect("son numéro");
    let geste = async |geste: &str| {
        service.geste(&admin, &format!("/comptes/{id}"), &format!("geste={geste}")).await
    };
    geste("desactiver").await;
    assert_eq!(demande(&service, &neuf, "").await.statut, StatusCode::NOT_FOUND);
    geste("reactiver").await;
    assert_eq!(demande(&service, &neuf, "").await.statut, StatusCode::OK);
    let connexion = service.connecte("organisme_payeur", super::appareil::MOT_DE_PASSE).await;
    let cookie = connexion.cookie();
    let jeton = service.lis("/regles", &cookie).await.jeton();
    service.geste(&Personne { cookie, jeton }, "/calendrier/abonnement", "geste=couper").await;
    assert_eq!(demande(&service, &neuf, "").await.statut, StatusCode::NOT_FOUND);
    for faux in ["/calendrier/abc.ics", "/calendrier/abc", &chemin.replace(".ics", "")] {
        assert_eq!(demande(&service, faux, "").await.statut, StatusCode::NOT_FOUND, "{faux}");
    }
}

#[tokio::test]
async fn le_tableau_de_bord_ouvre_ses_listes_sauf_au_pilotage() {
    let service = Service::nouveau().await;
    let (centrale, _) = deux_dossiers(&service).await;
    let page = service.lis("/tableau-de-bord", &centrale.cookie).await.corps;
    for (vers, dit) in [
        ("/dossiers?stade=assignation_delivree", "Assignation"),
        ("/dossiers?commune=62041", "Arras"),
        ("/echeances?periode=retard&#38;service=", ""),
    ] {
        assert!(page.contains(vers) && page.contains(dit), "{vers} : {page}");
    }
    let arras = service.lis("/dossiers?commune=62041", &centrale.cookie).await;
    assert_eq!(dossiers(&arras).len(), 1, "la barre d'Arras compte ce que la liste montre");
    let pilote = service.personne(Role::Lecteur).await;
    let chiffres = service.lis("/tableau-de-bord", &pilote.cookie).await;
    assert_eq!(chiffres.statut, StatusCode::OK);
    assert!(chiffres.corps.contains("Arras") && !chiffres.corps.contains("href=\"/dossiers"));
}

#[tokio::test]
async fn chacun_peut_ne_garder_que_les_echeances_de_son_service() {
    let service = Service::nouveau().await;
    let (centrale, references) = deux_dossiers(&service).await;
    let caf = service.personne(Role::OrganismePayeur).await;
    let dus = async |personne: &Personne, a_moi: &str| {
        let mut dus = Vec::new();
        for periode in ["retard", "semaine", "plus-tard"] {
            let chemin = format!("/echeances?periode={periode}{a_moi}");
            dus.extend(dossiers(&service.lis(&chemin, &personne.cookie).await));
        }
        dus
    };
    assert_eq!(dus(&centrale, "").await.len(), 2);
    assert_eq!(dus(&centrale, "&a_moi=oui").await.len(), 2, "les deux étapes sont au secrétariat");
    let confie = format!("/dossiers/{}", references[0]);
    assert_eq!(dus(&caf, "").await, [confie], "le dossier de la Caf, où un autre doit agir");
    assert_eq!(dus(&caf, "&a_moi=oui").await, Vec::<String>::new());
    let page = service.lis("/echeances?periode=retard&a_moi=oui&service=caf", &caf.cookie).await;
    assert!(page.corps.contains("est à faire par votre service"), "{}", page.corps);
    let garde = "/echeances?periode=semaine&#38;service=caf&#38;a_moi=oui";
    assert!(page.corps.contains(garde), "un onglet garde ce qu'on a choisi : {}", page.corps);
}
