//! Les listes : filtres dans l'adresse, ordre, colonnes, vues nommées, actions sur plusieurs lignes.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::{Personne, Service};
use super::parcours::{ARRAS, LENS, dossiers, fichier};

const AVION: &str = "V-1;SCP Ailleurs;12/10/2026;personne_physique;DUPONT Luc;ADAM;Zoé;8 rue Basse;62210;AVION;01/09/2024;500,00;9000,00;01/02/2026;0;non\n";

async fn trois_dossiers() -> (Service, Personne) {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    service.depose(&centrale, "trois.csv", &fichier(&[ARRAS, LENS, AVION])).await;
    (service, centrale)
}

/// Les noms de ménage d'une liste, dans l'ordre.
async fn noms(service: &Service, qui: &Personne, demande: &str) -> Vec<&'static str> {
    let page = service.lis(&format!("/dossiers?{demande}"), &qui.cookie).await;
    assert_eq!(page.statut, StatusCode::OK, "{demande} : {}", page.corps);
    let mut noms: Vec<(usize, &str)> = ["MORTREUX", "BERTIN", "ADAM"]
        .into_iter()
        .filter_map(|nom| page.corps.find(&format!("{nom} ")).map(|place| (place, nom)))
        .collect();
    noms.sort_unstable();
    noms.into_iter().map(|(_, nom)| nom).collect()
}

#[tokio::test]
async fn un_filtre_a_plusieurs_valeurs_et_chaque_colonne_range_dans_les_deux_sens() {
    let (service, centrale) = trois_dossiers().await;
    for (demande, attendus) in [
        ("tri=menage", vec!["ADAM", "BERTIN", "MORTREUX"]),
        ("tri=menage&sens=inverse", vec!["MORTREUX", "BERTIN", "ADAM"]),
        ("tri=dette", vec!["ADAM", "BERTIN", "MORTREUX"]),
        ("tri=commune&sens=inverse", vec!["BERTIN", "ADAM", "MORTREUX"]),
        ("commune=Lens&commune=62041&tri=menage", vec!["BERTIN", "MORTREUX"]),
        ("commune=Lens&commune=Avion&tri=menage", vec!["ADAM", "BERTIN"]),
        ("service=caf&service=departement&tri=menage", vec!["ADAM", "BERTIN", "MORTREUX"]),
        ("service=caf", vec!["MORTREUX"]),
        ("q=mort&commune=Lens", vec![]),
        ("echeance=retard&tri=menage", vec![]),
        ("etendue=clos", vec![]),
    ] {
        assert_eq!(noms(&service, &centrale, demande).await, attendus, "{demande}");
    }
    let page = service.lis("/dossiers?service=caf&commune=Lens&tri=menage", &centrale.cookie).await;
    // Chaque filtre posé se retire seul ; l'ordre reste.
    assert!(
        page.corps.contains("href=\"/dossiers?commune=62498&#38;tri=menage\""),
        "{}",
        page.corps
    );
    assert!(page.corps.contains("href=\"/dossiers?service=caf&#38;tri=menage\""), "{}", page.corps);
    assert!(page.corps.contains("Effacer les filtres"));
    let rangee = service.lis("/dossiers?tri=menage", &centrale.cookie).await;
    assert!(rangee.corps.contains("aria-sort=\"ascending\""), "{}", rangee.corps);
    assert!(rangee.corps.contains("href=\"/dossiers?tri=menage&#38;sens=inverse\""));
}

#[tokio::test]
async fn les_colonnes_choisies_sont_celles_de_la_page_et_de_l_export() {
    let (service, centrale) = trois_dossiers().await;
    let demande = "colonne=menage&colonne=dette&colonne=commune&tri=dette";
    let page = service.lis(&format!("/dossiers?{demande}"), &centrale.cookie).await;
    let tete = page.corps.split("<thead>").nth(1).expect("un tableau");
    let tete = tete.split("</thead>").next().expect("une tête");
    let places: Vec<Option<usize>> = ["Dossier", "Ménage", "Commune", "Dette"]
        .into_iter()
        .map(|titre| tete.find(&format!(">{titre}<")))
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{tete}");
    assert!(!tete.contains("Service") && !tete.contains("Avant le"), "{tete}");
    let export = service.lis(&format!("/dossiers/export/csv?{demande}"), &centrale.cookie).await;
    let lignes: Vec<&str> = export.corps.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lignes[0], "Dossier;Ménage;Commune;Dette");
    assert!(lignes[1].ends_with(";ADAM Zoé;Avion;\"9000,00\""), "{}", lignes[1]);
    assert_eq!(lignes.len(), 4);
    for format in ["xlsx", "ods"] {
        let chemin = format!("/dossiers/export/{format}?{demande}");
        let export = service.lis(&chemin, &centrale.cookie).await;
        assert_eq!(export.statut, StatusCode::OK, "{format}");
        assert!(export.corps.starts_with("PK"), "{format}");
    }
    // Qui n'a que sa part n'a ni la colonne ni l'ordre de ce qu'il ne voit pas.
    let etude = service.personne(Role::CommissaireDeJustice).await;
    let page = service.lis("/dossiers?colonne=menage&colonne=dette&tri=dette", &etude.cookie).await;
    assert!(!page.corps.contains("480,00") && !page.corps.contains("Dette"), "{}", page.corps);
}

#[tokio::test]
async fn une_vue_se_garde_se_renomme_s_ouvre_par_defaut_et_reste_a_qui_l_a_nommee() {
    let (service, centrale) = trois_dossiers().await;
    let agir = async |champs: &str| {
        let suite = service.geste(&centrale, "/dossiers/vues", champs).await;
        assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{champs} : {}", suite.corps);
        suite.entete("location").to_owned()
    };
    let vers = agir(
        "geste=garder&nom=La+Caf&demande=service%3Dcaf%26apres%3De2026-01-01_3%26tri%3Dmenage",
    )
    .await;
    assert_eq!(vers, "/dossiers?service=caf&tri=menage");
    let page = service.lis(&vers, &centrale.cookie).await;
    assert!(page.corps.contains("aria-current=\"true\">La Caf"), "{}", page.corps);
    agir("geste=renommer&vue=La+Caf&nom=Dossiers+Caf").await;
    agir("geste=par_defaut&vue=Dossiers+Caf").await;
    let defaut = service.lis("/dossiers", &centrale.cookie).await;
    assert_eq!(defaut.statut, StatusCode::SEE_OTHER);
    assert_eq!(defaut.entete("location"), "/dossiers?service=caf&tri=menage");
    // Effacer les filtres ne ramène pas à la vue par défaut.
    let toutes = service.lis("/dossiers?etendue=ouverts", &centrale.cookie).await;
    assert_eq!(dossiers(&toutes).len(), 3);
    // Une autre personne ne la voit pas.
    let arras = service.personne(Role::SecretariatSousCommission).await;
    let page = service.lis("/dossiers", &arras.cookie).await;
    assert!(page.statut == StatusCode::OK && !page.corps.contains("Dossiers Caf"));
    for refus in ["geste=garder&nom=&demande=", "geste=renommer&vue=Nulle&nom=Autre"] {
        let suite = service.geste(&centrale, "/dossiers/vues", refus).await;
        assert!(suite.statut.is_client_error(), "{refus} : {}", suite.statut);
    }
    agir("geste=supprimer&vue=Dossiers+Caf").await;
    let page = service.lis("/dossiers", &centrale.cookie).await;
    assert!(page.statut == StatusCode::OK && !page.corps.contains("Dossiers Caf"));
}

#[tokio::test]
async fn plusieurs_menages_se_confient_apres_un_resume_et_un_refus_n_arrete_pas_les_autres() {
    let (service, centrale) = trois_dossiers().await;
    let tous = dossiers(&service.lis("/dossiers", &centrale.cookie).await);
    let references: Vec<&str> = tous.iter().map(|d| d.trim_start_matches("/dossiers/")).collect();
    let coches = format!("dossier={}&dossier={}", references[0], references[1]);
    let resume =
        service.lis(&format!("/dossiers/selection/confier?{coches}"), &centrale.cookie).await;
    assert!(resume.corps.contains("Proposer 2 ménages à ce service"), "{}", resume.corps);
    let sans = service
        .geste(&centrale, "/dossiers/selection/confier", &format!("{coches}&service="))
        .await;
    assert!(sans.corps.contains("On ne sait pas à qui confier"), "{}", sans.corps);
    let champs = format!("{coches}&dossier=62-2019-000001&service=msa&motif=Exploitants");
    let fait = service.geste(&centrale, "/dossiers/selection/confier", &champs).await;
    assert!(fait.corps.contains("2 ménages proposés"), "{}", fait.corps);
    assert!(
        fait.corps.contains("62-2019-000001 n&#39;a pas été confié")
            || fait.corps.contains("62-2019-000001 n'a pas été confié"),
        "{}",
        fait.corps
    );
    let lettres =
        service.lis(&format!("/dossiers/selection/lettres?{coches}"), &centrale.cookie).await;
    assert!(lettres.corps.contains("en un seul PDF"), "{}", lettres.corps);
    let choisis = format!("/dossiers/export/csv?{coches}");
    let export = service.lis(&choisis, &centrale.cookie).await;
    assert_eq!(export.corps.lines().count(), 3, "{}", export.corps);
    let rien = service.lis("/dossiers/selection/confier", &centrale.cookie).await;
    assert!(rien.corps.contains("Aucun dossier n"), "{}", rien.corps);
    // Un service ne confie pas : le geste est absent, et sa page fermée.
    let caf = service.personne(Role::OrganismePayeur).await;
    let liste = service.lis("/dossiers", &caf.cookie).await;
    assert!(
        liste.corps.contains("Exporter en CSV") && !liste.corps.contains("Confier à un service")
    );
    let ferme = service.lis(&format!("/dossiers/selection/confier?{coches}"), &caf.cookie).await;
    assert_eq!(ferme.statut, StatusCode::FORBIDDEN);
}
