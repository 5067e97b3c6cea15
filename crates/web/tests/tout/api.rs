//! L'interface de programme : qui demande, ce qui est répondu, et les mêmes droits que les pages.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use ccapex::partenaires::agent::Role;
use serde_json::{Value, json};

use super::appareil::{MOT_DE_PASSE, Reponse, Service};

/// « identifiant:mot de passe », en base 64.
pub(crate) fn base64(texte: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    texte
        .as_bytes()
        .chunks(3)
        .flat_map(|trois| {
            let bits = (0..3).fold(0_u32, |b, i| b << 8 | u32::from(*trois.get(i).unwrap_or(&0)));
            (0..4).map(move |i| match i <= trois.len() {
                true => char::from(ALPHABET[(bits >> (18 - 6 * i) & 63) as usize]),
                false => '=',
            })
        })
        .collect()
}

impl Service {
    pub(crate) async fn demande(
        &self,
        methode: Method,
        chemin: &str,
        qui: &str,
        genre: &str,
        corps: &str,
    ) -> Reponse {
        let mut requete =
            Request::builder().method(methode).uri(chemin).header(header::CONTENT_TYPE, genre);
        if !qui.is_empty() {
            requete = requete.header(header::AUTHORIZATION, format!("Basic {}", base64(qui)));
        }
        self.envoie(requete.body(Body::from(corps.to_owned())).expect("requête")).await
    }

    pub(crate) async fn consigne(&self, qui: &str, acte: &Value) -> Reponse {
        self.demande(Method::POST, "/api/v1/actes", qui, "application/json", &acte.to_string())
            .await
    }
}

fn menage() -> Value {
    json!({
        "menage": { "locataire_nom": "MORTREUX", "locataire_prenom": "Aline", "commune": "Arras",
                    "code_postal": "62000", "logement_adresse": "4 rue des Tanneurs" },
        "acte": "signalement_impaye", "date": "2026-10-12", "origine": "caf",
    })
}

pub(crate) fn qui(role: Role) -> String {
    format!("{}:{MOT_DE_PASSE}", role.code())
}

#[tokio::test]
async fn un_acte_ouvre_un_dossier_puis_se_relit_en_entier() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    let centrale = qui(Role::SecretariatCentral);
    let reponse = service.consigne(&centrale, &menage()).await;
    assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.corps);
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    assert_eq!((&dit["ligne"], &dit["statut"]), (&json!(1), &json!("consigne")));
    let reference = dit["dossier"].as_str().expect("une référence");

    let encore = service.consigne(&centrale, &menage()).await;
    assert_eq!(encore.statut, StatusCode::OK, "{}", encore.corps);

    let chemin = format!("/api/v1/dossiers/{reference}");
    let lu = service.demande(Method::GET, &chemin, &centrale, "", "").await;
    assert_eq!(lu.statut, StatusCode::OK, "{}", lu.corps);
    let dossier: Value = serde_json::from_str(&lu.corps).expect("du JSON");
    assert_eq!(dossier["reference"], reference);
    for champ in ["stade", "etats", "clos", "service", "prochaine_etape", "echeances", "actes"] {
        assert!(!dossier[champ].is_null(), "{champ} manque : {}", lu.corps);
    }
}

#[tokio::test]
async fn plusieurs_actes_repondent_chacun_sur_sa_ligne() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    let lignes = format!(
        "{}\n\n{}\n{}\n",
        menage(),
        json!({"dossier": "@1", "acte": "contact", "date": "2026-10-20", "mode": "visite", "issue": "joint"}),
        json!({"dossier": "@1", "acte": "exorcisme", "date": "2026-10-20"}),
    );
    let centrale = qui(Role::SecretariatCentral);
    let genre = "application/x-ndjson";
    let reponse = service.demande(Method::POST, "/api/v1/actes", &centrale, genre, &lignes).await;
    assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.corps);
    let dits: Vec<Value> =
        reponse.corps.lines().map(|l| serde_json::from_str(l).expect("du JSON")).collect();
    let statuts: Vec<_> = dits.iter().map(|d| (&d["ligne"], &d["statut"])).collect();
    assert_eq!(
        statuts,
        [
            (&json!(1), &json!("consigne")),
            (&json!(3), &json!("consigne")),
            (&json!(4), &json!("refuse")),
        ]
    );
}

#[tokio::test]
async fn sans_compte_rien_n_est_lu_et_cinq_essais_manques_font_attendre() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    for inconnu in ["", "personne:rien", "secretariat_central:faux"] {
        let reponse = service.consigne(inconnu, &menage()).await;
        assert_eq!(reponse.statut, StatusCode::UNAUTHORIZED, "{inconnu}");
        assert_eq!(reponse.entete("content-type"), "application/problem+json");
        assert!(reponse.entete("www-authenticate").starts_with("Basic"), "{inconnu}");
    }
    for _ in 0..5 {
        service.consigne("secretariat_central:faux", &menage()).await;
    }
    let reponse = service.consigne(&qui(Role::SecretariatCentral), &menage()).await;
    assert_eq!(reponse.statut, StatusCode::TOO_MANY_REQUESTS);
    assert!(reponse.corps.contains("Trop d'essais"), "{}", reponse.corps);
    let attente: i64 = reponse.entete("retry-after").parse().expect("des secondes");
    assert!((1..=15 * 60).contains(&attente), "{attente}");
    service.passe(20);
    let reponse = service.consigne(&qui(Role::SecretariatCentral), &menage()).await;
    assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.corps);
}

#[tokio::test]
async fn un_programme_reconnu_ne_recalcule_pas_son_mot_de_passe_et_personne_ne_l_arrete() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    let centrale = qui(Role::SecretariatCentral);
    assert_eq!(service.consigne(&centrale, &menage()).await.statut, StatusCode::CREATED);
    for _ in 0..6 {
        service.consigne("secretariat_central:faux", &menage()).await;
    }
    // Reconnu il y a un instant : les essais d'un autre ne l'arrêtent pas.
    assert_eq!(service.consigne(&centrale, &menage()).await.statut, StatusCode::OK);
    let debut = std::time::Instant::now();
    for _ in 0..50 {
        assert_eq!(service.consigne(&centrale, &menage()).await.statut, StatusCode::OK);
    }
    eprintln!("50 demandes reconnues en {:?}", debut.elapsed());
    // Cinq minutes plus tard, il se nomme comme tout le monde.
    service.passe(6);
    let plus_tard = service.consigne(&centrale, &menage()).await;
    assert!(matches!(plus_tard.statut.as_u16(), 200 | 429), "{}", plus_tard.corps);
}

#[tokio::test]
async fn un_dossier_hors_du_perimetre_est_absent_et_non_refuse() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    service.compte(Role::SecretariatSousCommission).await;
    let mut ailleurs = menage();
    ailleurs["menage"]["commune"] = json!("Lens");
    ailleurs["menage"]["code_postal"] = json!("62300");
    let dit = service.consigne(&qui(Role::SecretariatCentral), &ailleurs).await;
    let dit: Value = serde_json::from_str(&dit.corps).expect("du JSON");
    let reference = dit["dossier"].as_str().expect("une référence");
    let inconnue = "62-2026-999999";
    let arras = qui(Role::SecretariatSousCommission);

    let mut reponses = Vec::new();
    for dossier in [reference, inconnue] {
        let chemin = format!("/api/v1/dossiers/{dossier}");
        let lu = service.demande(Method::GET, &chemin, &arras, "", "").await;
        assert_eq!(lu.statut, StatusCode::NOT_FOUND, "{}", lu.corps);
        assert_eq!(lu.entete("content-type"), "application/problem+json");
        let acte = json!({"dossier": dossier, "acte": "contact", "date": "2026-10-20", "mode": "visite", "issue": "joint"});
        let ecrit = service.consigne(&arras, &acte).await;
        assert_eq!(ecrit.statut, StatusCode::UNPROCESSABLE_ENTITY, "{}", ecrit.corps);
        reponses.push((lu.corps, ecrit.corps.replace(dossier, "REF")));
    }
    assert_eq!(reponses[0], reponses[1], "un dossier d'ailleurs ne se distingue pas d'un absent");
}

#[tokio::test]
async fn une_etude_ne_lit_par_l_interface_que_ce_qu_elle_a_envoye() {
    let service = Service::nouveau().await;
    service.compte(Role::CommissaireDeJustice).await;
    service.compte(Role::SecretariatCentral).await;
    let cdp = json!({
        "menage": { "locataire_nom": "MORTREUX", "commune": "Arras", "code_postal": "62000",
                    "logement_adresse": "4 rue des Tanneurs" },
        "acte": "cdp", "date": "2026-10-12", "bailleur_type": "personne_physique",
        "montant_dette": 150_000, "reference_acte": "A-1",
    });
    let dit = service.consigne(&qui(Role::CommissaireDeJustice), &cdp).await;
    assert_eq!(dit.statut, StatusCode::CREATED, "{}", dit.corps);
    let dit: Value = serde_json::from_str(&dit.corps).expect("du JSON");
    let reference = dit["dossier"].as_str().expect("une référence");
    let parole = json!({"dossier": reference, "acte": "parole_menage", "date": "2026-10-20", "parole": "Un secret du ménage"});
    let ecrit = service.consigne(&qui(Role::SecretariatCentral), &parole).await;
    assert_eq!(ecrit.statut, StatusCode::CREATED, "{}", ecrit.corps);
    let chemin = format!("/api/v1/dossiers/{reference}");
    let lu = service.demande(Method::GET, &chemin, &qui(Role::CommissaireDeJustice), "", "").await;
    assert_eq!(lu.statut, StatusCode::OK, "{}", lu.corps);
    assert!(!lu.corps.contains("Un secret") && !lu.corps.contains("\"actes\""), "{}", lu.corps);
    let refus = service.consigne(&qui(Role::CommissaireDeJustice), &parole).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn chacun_a_les_droits_de_son_role_et_le_refus_dit_pourquoi() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    service.compte(Role::Lecteur).await;
    let dit: Value = serde_json::from_str(
        &service.consigne(&qui(Role::SecretariatCentral), &menage()).await.corps,
    )
    .expect("du JSON");
    let reference = dit["dossier"].as_str().expect("une référence");
    let chemin = format!("/api/v1/dossiers/{reference}");
    let lu = service.demande(Method::GET, &chemin, &qui(Role::Lecteur), "", "").await;
    assert!(lu.statut.is_client_error(), "{}", lu.statut);
    let refus = service
        .consigne(&qui(Role::Lecteur), &json!({"dossier": reference, "acte": "contact", "date": "2026-10-20", "mode": "visite", "issue": "joint"}))
        .await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{}", refus.corps);
    assert!(refus.corps.contains("Votre rôle"), "{}", refus.corps);
}

#[tokio::test]
async fn un_envoi_qui_ne_se_lit_pas_le_dit_en_francais() {
    let service = Service::nouveau().await;
    service.compte(Role::SecretariatCentral).await;
    let centrale = qui(Role::SecretariatCentral);
    let trop = " ".repeat(6 * 1024 * 1024);
    for (genre, corps, statut, attendu) in [
        ("application/json", "", StatusCode::BAD_REQUEST, "objet JSON"),
        ("application/json", "{", StatusCode::BAD_REQUEST, "objet JSON"),
        ("text/csv", "a;b", StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/x-ndjson"),
        ("application/json", trop.as_str(), StatusCode::PAYLOAD_TOO_LARGE, "5 Mo"),
    ] {
        let reponse = service.demande(Method::POST, "/api/v1/actes", &centrale, genre, corps).await;
        assert_eq!(reponse.statut, statut, "{}", reponse.corps);
        assert!(reponse.corps.contains(attendu), "{}", reponse.corps);
        let probleme: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
        assert_eq!(probleme["status"], statut.as_u16());
    }
}
