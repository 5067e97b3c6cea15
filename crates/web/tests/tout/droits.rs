//! La table des droits, suivie sur chaque adresse du service : chaque rôle, chaque dossier.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;
use ccapex::partenaires::habilitation::Portee;
use web::routes::adresses;

use super::appareil::{Personne, Service};
use super::parcours::{ARRAS, LENS, dossiers, fichier};

/// Ce que les comptes d'essai (Arras, Caf, « SCP des Essais ») voient des deux dossiers : celui
/// d'Arras, signalé par « SCP des Essais » et confié à la Caf ; celui de Lens, signalé par une autre
/// étude et confié au Département.
#[rustfmt::skip]
const VOULU: [(Role, &str, &str); 21] = [
    // rôle                            Arras      Lens
    (Role::Administrateur,            "rien",    "rien"),
    (Role::SecretariatCentral,        "entier",  "entier"),
    (Role::SecretariatSousCommission, "entier",  "rien"),
    (Role::ServiceSocial,             "entier",  "rien"),
    (Role::OrganismePayeur,           "entier",  "rien"),
    (Role::CommissaireDeJustice,      "sa part", "rien"),
    (Role::ForcePublique,             "sa part", "rien"),
    (Role::BailleurSocial,            "sa part", "rien"),
    (Role::Bailleur,                  "sa part", "rien"),
    (Role::Ccas,                      "sa part", "rien"),
    (Role::Mairie,                    "sa part", "rien"),
    (Role::Adil,                      "sa part", "rien"),
    (Role::Siao,                      "sa part", "rien"),
    (Role::Fsl,                       "sa part", "rien"),
    (Role::Comed,                     "sa part", "rien"),
    (Role::BanqueDeFrance,            "sa part", "rien"),
    (Role::Greffe,                    "sa part", "rien"),
    (Role::Police,                    "sa part", "rien"),
    (Role::MembreDeCommission,        "sa part", "rien"),
    (Role::Dpo,                       "rien",    "rien"),
    (Role::Lecteur,                   "rien",    "rien"),
];

/// Ce qu'une part ne dit jamais : la dette, ce que dit le ménage, la suite du dossier.
const CACHES: [&str; 4] = ["5 431,00", "Ne rien dire", "Journal du dossier", "Frise"];

/// Les adresses d'un dossier qu'une part ouvre ; les autres sont refusées.
const DE_SA_PART: [&str; 4] = [
    "/dossiers/{reference}",
    "/dossiers/{reference}/alertes",
    "/dossiers/{reference}/consigner",
    "/dossiers/{reference}/notes",
];

fn reelle(chemin: &str, reference: &str) -> String {
    chemin
        .replace("{reference}", reference)
        .replace("{acte}", "contact")
        .replace("{fait}", "1.1")
        .replace("{rubrique}", "dette")
}

async fn deux_dossiers(service: &Service) -> (Personne, [String; 2]) {
    let centrale = service.personne(Role::SecretariatCentral).await;
    service.depose(&centrale, "deux.csv", &fichier(&[ARRAS, LENS])).await;
    let liste = service.lis("/dossiers?tri=maj", &centrale.cookie).await;
    let mut references: Vec<String> =
        dossiers(&liste).iter().map(|d| d.trim_start_matches("/dossiers/").to_owned()).collect();
    references.sort();
    assert_eq!(references.len(), 2, "{}", liste.corps);
    let arras = &references[0];
    let geste = format!("/dossiers/{arras}/consigner");
    for (acte, champs) in [
        ("dette", "date=2026-11-12&montant=5431"),
        ("parole_menage", "date=2026-11-12&parole=Ne+rien+dire"),
    ] {
        let ecrit = service.geste(&centrale, &format!("{geste}/{acte}"), champs).await;
        assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{acte} : {}", ecrit.corps);
    }
    (centrale, [references[0].clone(), references[1].clone()])
}

#[tokio::test]
async fn chaque_role_ne_lit_a_chaque_adresse_que_ce_que_la_table_lui_ouvre() {
    let service = Service::nouveau().await;
    assert_eq!(VOULU.map(|(role, ..)| role), Role::TOUS, "chaque rôle a sa ligne, dans l'ordre");
    let (centrale, references) = deux_dossiers(&service).await;
    for (role, arras, lens) in VOULU {
        let personne = if role == Role::SecretariatCentral {
            centrale.clone()
        } else {
            service.personne(role).await
        };
        for (reference, voulu, nom) in
            [(&references[0], arras, "MORTREUX"), (&references[1], lens, "BERTIN")]
        {
            let situation = service.situation(reference).await;
            let portee = Service::agent(role).perimetre().portee(&situation.situation());
            let dit = match portee {
                Some(Portee::Entier) => "entier",
                Some(Portee::SaPart) => "sa part",
                None => "rien",
            };
            assert_eq!(dit, voulu, "{role:?} {nom}");
            for adresse in
                adresses().into_iter().filter(|a| a.chemin.starts_with("/dossiers/{reference}"))
            {
                let chemin = reelle(adresse.chemin, reference);
                let reponse = if adresse.methode == "GET" {
                    service.lis(&chemin, &personne.cookie).await
                } else {
                    service.geste(&personne, &chemin, "").await
                };
                let cas = format!("{role:?} {} {chemin} : {}", adresse.methode, reponse.statut);
                match voulu {
                    "rien" => {
                        let ferme = [
                            StatusCode::NOT_FOUND,
                            StatusCode::FORBIDDEN,
                            StatusCode::UNPROCESSABLE_ENTITY,
                            StatusCode::BAD_REQUEST,
                        ];
                        assert!(ferme.contains(&reponse.statut), "{cas}");
                        assert!(!reponse.corps.contains(nom), "{cas} dit {nom}");
                    }
                    "sa part" => {
                        for cache in CACHES {
                            assert!(!reponse.corps.contains(cache), "{cas} dit « {cache} »");
                        }
                        if adresse.methode == "GET" && reponse.statut == StatusCode::OK {
                            let ouverte = DE_SA_PART.contains(&adresse.chemin)
                                || adresse.chemin.ends_with("/consigner/{acte}");
                            assert!(ouverte, "{cas}");
                        }
                    }
                    _ => assert!(!reponse.statut.is_server_error(), "{cas}"),
                }
            }
            // Ni la liste, ni la recherche, ni l'export ne montrent un dossier qui ne s'ouvre pas.
            for chemin in [
                "/dossiers?etendue=tous".to_owned(),
                format!("/dossiers?etendue=tous&q={nom}"),
                format!("/dossiers?q={reference}"),
                "/dossiers/export/csv?etendue=tous".to_owned(),
                "/alertes".to_owned(),
            ] {
                let reponse = service.lis(&chemin, &personne.cookie).await;
                if voulu == "rien" {
                    let rangs = reponse.corps.matches(&format!("/dossiers/{reference}\"")).count();
                    assert_eq!(rangs, 0, "{role:?} {chemin}");
                    assert!(
                        chemin.contains("q=") || !reponse.corps.contains(nom),
                        "{role:?} {chemin}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn l_accueil_de_chacun_ne_mene_qu_ou_il_peut_aller() {
    let service = Service::nouveau().await;
    for role in Role::TOUS {
        let personne = service.personne(role).await;
        let accueil = service.lis("/", &personne.cookie).await;
        assert_eq!(accueil.statut, StatusCode::OK, "{role:?}");
        for lien in accueil.corps.split("href=\"/").skip(1) {
            let chemin = format!("/{}", lien.split('"').next().unwrap_or_default());
            let vu = service.lis(&chemin.replace("&amp;", "&"), &personne.cookie).await;
            assert_eq!(vu.statut, StatusCode::OK, "{role:?} {chemin}");
        }
    }
}
