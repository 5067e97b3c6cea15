//! Chaque page dit son titre et à quoi elle sert.

use axum::http::StatusCode;
use ccapex::partenaires::agent::{Agent, Role};
use web::routes::adresses;

use super::appareil::{Personne, Service};

/// Les pages qui n'ont pas de phrase, et pourquoi.
const SANS_PHRASE: [(&str, &str); 3] = [
    ("/connexion", "on y entre ; son formulaire dit tout"),
    ("/invitation/", "on y entre, par un lien qui ne sert qu'une fois"),
    ("/reprise/", "on y retrouve ce qu'on écrivait, par un jeton qui ne sert qu'une fois"),
];

/// Rend au navigateur autre chose qu'une page.
const FICHIERS: [&str; 15] = [
    "/calendrier/{jeton}",
    "/dsfr/{*fichier}",
    "/aide/images/{nom}",
    "/courriers/{id}/pdf",
    "/dossiers/export/{format}",
    "/dossiers/{reference}/chronologie",
    "/dossiers/{reference}/diagnostic/pdf",
    "/dossiers/{reference}/diagnostic/pdf-envoye",
    "/reception/{id}/original",
    "/recherche/propositions",
    "/favicon.ico",
    "/sante",
    "/statique/{nom}",
    "/registre/{reference}/donnees/json",
    "/registre/{reference}/donnees/pdf",
];

/// Les rôles qui, à eux tous, ouvrent toutes les pages.
const ROLES: [Role; 3] = [Role::SecretariatCentral, Role::Administrateur, Role::Dpo];

/// Un dossier né d'une saisie, l'un de ses actes, et une notice à compléter.
async fn preparer(service: &Service, qui: &Personne) -> (String, String) {
    let notice = |date: &str, nom: &str| {
        format!(
            "jeton={}&reference_acte=N-{nom}&date_signification={date}&bailleur_type=personne_physique\
             &bailleur_nom=WACQUEZ&locataire_nom={nom}&locataire_prenom=Odile\
             &logement_adresse=3+rue+du+Stade&code_postal=62300&commune=Lens&date_bail=2021-04-01\
             &loyer_hors_charges=520&montant_dette=2450,50&impaye_depuis=2026-01-05",
            qui.jeton
        )
    };
    service.poste("/saisie/cdp", &qui.cookie, &notice("", "SANSDATE")).await;
    let ne = service.poste("/saisie/cdp", &qui.cookie, &notice("2026-09-09", "MORTREUX")).await;
    let vers = ne.entete("location");
    let brouillon = format!("jeton={}&reference_acte=N-3&date_signification=2026-09-09", qui.jeton);
    service.poste("/saisie/cdp/etapes", &qui.cookie, &brouillon).await;
    let reference = vers.split(['?', '/']).find(|m| m.starts_with("62-")).unwrap_or_default();
    let dette = format!("jeton={}&date=01/11/2026&montant=2612,40", qui.jeton);
    let chemin = format!("/dossiers/{reference}/consigner/dette");
    let consigne = service.poste(&chemin, &qui.cookie, &dette).await;
    let fait = consigne.entete("location").split("consigne=").nth(1).unwrap_or_default();
    (reference.to_owned(), fait.to_owned())
}

/// Une adresse réelle.
fn reelle(chemin: &str, (reference, fait): (&str, &str), id: &str) -> String {
    chemin
        .replace("{reference}", reference)
        .replace("{acte}", "contact")
        .replace("{fait}", fait)
        .replace("{rubrique}", "dette")
        .replace("{stade}", "cdp_signifie")
        .replace("{etape}", "menage")
        .replace("{nature}", "cdp")
        .replace("{guide}", "secretariat")
        .replace("{nom}", "treve_hivernale")
        .replace("{id}", id)
}

#[tokio::test]
async fn chaque_page_dit_son_titre_et_a_quoi_elle_sert() {
    let service = Service::nouveau().await;
    let mut personnes = Vec::new();
    for role in ROLES {
        personnes.push(service.personne(role).await);
    }
    let responsable = Agent { responsable: true, ..Service::agent(Role::SecretariatCentral) };
    personnes.push(service.personne_nommee("responsable", responsable).await);
    let (reference, fait) = preparer(&service, &personnes[0]).await;
    assert!(
        !reference.is_empty() && !fait.is_empty(),
        "un dossier et un acte : {reference} {fait}"
    );
    let mut defauts = Vec::new();
    for adresse in adresses().into_iter().filter(|a| a.methode == "GET") {
        let chemin = adresse.chemin;
        let excuse = SANS_PHRASE.iter().any(|(debut, _)| chemin.starts_with(debut));
        if excuse || FICHIERS.contains(&chemin) || chemin.starts_with("/api/") {
            continue;
        }
        let mut vue = None;
        for personne in &personnes {
            for id in ["1", "2"] {
                let page =
                    service.lis(&reelle(chemin, (&reference, &fait), id), &personne.cookie).await;
                if page.statut == StatusCode::OK {
                    vue.get_or_insert(page);
                }
            }
        }
        match vue {
            None => defauts.push(format!("{chemin} ne s'ouvre pour aucun rôle de l'essai")),
            Some(page) if page.corps.matches("<h1").count() != 1 => {
                defauts.push(format!("{chemin} n'a pas un seul titre"));
            }
            Some(page) if !page.corps.contains("class=\"chapo") => {
                defauts.push(format!("{chemin} ne dit pas à quoi elle sert"));
            }
            Some(_) => {}
        }
    }
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}
