//! Entrer par un fournisseur d'identité, et tout ce qu'on n'en croit pas.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ccapex::partenaires::agent::Role;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::appareil::{MOT_DE_PASSE, Reponse, Service};

const FORT: &str = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

/// Un fournisseur qui signe ce qu'on lui fait dire.
struct Faux {
    adresse: String,
    paire: EcdsaKeyPair,
    /// Ce que le jeton dira, puis ce qui sera dit de la personne.
    dires: Mutex<(Value, Value)>,
    servis: Mutex<BTreeSet<String>>,
    /// La personne est dite en clair, et non signée.
    en_clair: Mutex<bool>,
}

impl Faux {
    async fn ouvrir() -> Arc<Self> {
        let ecoute = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("un port");
        let hasard = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &hasard);
        let der = der.expect("une clé");
        let paire =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &hasard);
        let faux = Arc::new(Self {
            adresse: format!("http://{}", ecoute.local_addr().expect("une adresse")),
            paire: paire.expect("une clé"),
            dires: Mutex::default(),
            servis: Mutex::default(),
            en_clair: Mutex::default(),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(annonce))
            .route("/cles", get(cles))
            .route("/jeton", post(jeton))
            .route("/personne", get(personne))
            .with_state(Arc::clone(&faux));
        tokio::spawn(async move { axum::serve(ecoute, routes).await });
        faux
    }

    fn signer(&self, dires: &Value) -> String {
        let entete = json!({"alg": "ES256", "kid": "essai"});
        let texte = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(entete.to_string()),
            URL_SAFE_NO_PAD.encode(dires.to_string())
        );
        let sceau = self.paire.sign(&SystemRandom::new(), texte.as_bytes()).expect("signé");
        format!("{texte}.{}", URL_SAFE_NO_PAD.encode(sceau))
    }
}

async fn annonce(State(faux): State<Arc<Faux>>) -> Json<Value> {
    let url = |chemin: &str| format!("{}{chemin}", faux.adresse);
    Json(json!({
        "issuer": faux.adresse,
        "authorization_endpoint": url("/entrer"),
        "token_endpoint": url("/jeton"),
        "userinfo_endpoint": url("/personne"),
        "jwks_uri": url("/cles"),
        "end_session_endpoint": url("/sortir"),
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }))
}

async fn cles(State(faux): State<Arc<Faux>>) -> Json<Value> {
    let point = faux.paire.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
    let cle = json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": "essai", "x": x, "y": y});
    Json(json!({"keys": [cle]}))
}

async fn jeton(
    State(faux): State<Arc<Faux>>,
    Form(champs): Form<Vec<(String, String)>>,
) -> (StatusCode, Json<Value>) {
    let champ = |nom: &str| {
        champs.iter().find(|(n, _)| n == nom).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    assert!(champ("client_id") == "seuil" && champ("client_secret") == "secret d'essai");
    assert_eq!(champ("code_verifier").len(), 43);
    if !faux.servis.lock().expect("verrou").insert(champ("code")) {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    }
    let signe = faux.signer(&faux.dires.lock().expect("verrou").0);
    (StatusCode::OK, Json(json!({"access_token": "acces", "id_token": signe})))
}

async fn personne(State(faux): State<Arc<Faux>>) -> impl IntoResponse {
    let dires = faux.dires.lock().expect("verrou").1.clone();
    if *faux.en_clair.lock().expect("verrou") {
        return Json(dires).into_response();
    }
    ([("content-type", "application/jwt")], faux.signer(&dires)).into_response()
}

/// Un aller chez le fournisseur : ce qu'il faut rendre au retour.
struct Aller {
    cookie: String,
    etat: String,
    nonce: String,
    vers: String,
}

async fn partir(service: &Service, chemin: &str) -> Aller {
    let depart = service.lis(chemin, "").await;
    assert_eq!(depart.statut, StatusCode::SEE_OTHER, "{}", depart.corps);
    let vers = depart.entete("location").to_owned();
    let champ = |nom: &str| {
        let apres = vers.split(&format!("{nom}=")).nth(1).expect("un champ");
        apres.split('&').next().unwrap_or_default().to_owned()
    };
    Aller {
        cookie: depart.cookie(),
        etat: champ("state"),
        nonce: champ("nonce"),
        vers: vers.clone(),
    }
}

/// Ce que dirait un fournisseur honnête à cet échange.
fn honnete(faux: &Faux, service: &Service, nonce: &str) -> (Value, Value) {
    let (debut, fin) = (service.secondes() - 5, service.secondes() + 300);
    let jeton = json!({
        "iss": faux.adresse, "aud": "seuil", "sub": "lea", "nonce": nonce, "iat": debut,
        "exp": fin, "acr": FORT, "amr": ["pwd", "mfa"],
    });
    let personne = json!({
        "iss": faux.adresse, "aud": "seuil", "sub": "lea", "email": "Lea@exemple.fr",
    });
    (jeton, personne)
}

async fn revenir(service: &Service, aller: &Aller, code: &str) -> Reponse {
    let chemin = format!("/connexion/oidc/retour?code={code}&state={}", aller.etat);
    service.lis(&chemin, &aller.cookie).await
}

/// Part, fait dire ceci au fournisseur, et revient.
async fn entrer(
    service: &Service,
    faux: &Faux,
    changer: impl Fn(&mut Value, &mut Value),
) -> Reponse {
    let aller = partir(service, "/connexion/oidc?suite=/regles").await;
    let (mut jeton, mut personne) = honnete(faux, service, &aller.nonce);
    changer(&mut jeton, &mut personne);
    *faux.dires.lock().expect("verrou") = (jeton, personne);
    revenir(service, &aller, &aller.etat).await
}

/// Un service et son fournisseur ; Léa y est invitée, comme lectrice ou au secrétariat.
async fn ouvrir(role: Role) -> (Service, Arc<Faux>) {
    let faux = Faux::ouvrir().await;
    let service = Service::avec_fournisseur(&faux.adresse).await;
    let admin = service.personne_forte(Role::Administrateur).await;
    let corps = format!(
        "jeton={}&nom=DURAND+L%C3%A9a&organisme=Caf&courriel=lea@exemple.fr&role={}&profil=62",
        admin.jeton,
        role.code()
    );
    let invite = service.poste("/comptes", &admin.cookie, &corps).await;
    assert!(invite.corps.contains("Invitation prête"), "{}", invite.corps);
    (service, faux)
}

#[tokio::test]
async fn une_personne_invitee_entre_par_le_fournisseur_puis_par_le_nom_qu_il_lui_donne() {
    let (service, faux) = ouvrir(Role::SecretariatCentral).await;
    let page = service.lis("/connexion?suite=/regles", "").await;
    assert!(page.corps.contains("S'identifier avec ProConnect"), "{}", page.corps);
    let entree = entrer(&service, &faux, |_, _| {}).await;
    assert_eq!(entree.statut, StatusCode::SEE_OTHER, "{}", entree.corps);
    assert_eq!(entree.entete("location"), "/regles");
    let session = entree.cookie_nomme("seuil_session").expect("une session");
    assert_eq!(service.lis("/dossiers", &session).await.statut, StatusCode::OK);
    // L'adresse a changé chez lui : son nom suffit désormais.
    let encore =
        entrer(&service, &faux, |_, personne| personne["email"] = "lea@autre.fr".into()).await;
    assert_eq!(encore.statut, StatusCode::SEE_OTHER, "{}", encore.corps);
    // Un autre nom, avec l'adresse de Léa, n'entre pas à sa place.
    let autre = entrer(&service, &faux, |jeton, personne| {
        jeton["sub"] = "un autre".into();
        personne["sub"] = "un autre".into();
    })
    .await;
    assert_eq!(autre.statut, StatusCode::FORBIDDEN);
    let gestes: Vec<String> =
        service.gestes("lea@exemple.fr").await.into_iter().map(|g| g.0).collect();
    assert!(gestes.contains(&"identite_liee".to_owned()), "{gestes:?}");
}

#[tokio::test]
async fn la_demande_porte_pkce_etat_nonce_et_l_exigence_de_deux_facteurs() {
    let (service, _faux) = ouvrir(Role::Lecteur).await;
    let ordinaire = partir(&service, "/connexion/oidc").await.vers;
    let fort = partir(&service, "/connexion/oidc?niveau=fort").await.vers;
    for attendu in [
        "response_type=code",
        "client_id=seuil",
        "code_challenge_method=S256",
        "redirect_uri=http%3A%2F%2Fseuil.test%2Fconnexion%2Foidc%2Fretour",
    ] {
        assert!(ordinaire.contains(attendu), "{attendu} : {ordinaire}");
    }
    assert!(!ordinaire.contains("acr_values"), "{ordinaire}");
    assert!(
        fort.contains("acr_values=eidas2%20eidas3%20https%3A%2F%2Fproconnect.gouv.fr"),
        "{fort}"
    );
    assert!(fort.contains("%22essential%22%3Atrue"), "{fort}");
}

#[tokio::test]
async fn une_reponse_qui_n_est_pas_pour_nous_pas_pour_cet_echange_ou_perimee_n_est_pas_crue() {
    let (service, faux) = ouvrir(Role::Lecteur).await;
    type Change = fn(&mut Value, &mut Value);
    let cas: [(&str, Change); 9] = [
        ("un autre échange", |jeton, _| jeton["nonce"] = "autre".into()),
        ("un autre service", |jeton, _| jeton["aud"] = "autre".into()),
        ("demandé par un autre", |jeton, _| jeton["azp"] = "autre".into()),
        ("un autre fournisseur", |jeton, _| jeton["iss"] = "https://autre.fr".into()),
        ("expiré", |jeton, _| jeton["exp"] = (jeton["iat"].as_i64().unwrap_or(0) - 100).into()),
        ("venu du futur", |jeton, _| jeton["iat"] = (jeton["exp"].as_i64().unwrap_or(0)).into()),
        ("une autre personne", |_, personne| personne["sub"] = "autre".into()),
        ("la personne d'un autre service", |_, personne| personne["aud"] = "autre".into()),
        ("la personne d'un autre fournisseur", |_, personne| personne["iss"] = "https://x".into()),
    ];
    for (dit, changer) in cas {
        let reponse = entrer(&service, &faux, changer).await;
        assert_eq!(reponse.statut, StatusCode::BAD_GATEWAY, "{dit} : {}", reponse.corps);
        assert!(reponse.corps.contains("n&#39;est pas sûre"), "{dit}");
        assert!(reponse.cookie_nomme("seuil_session").is_none(), "{dit}");
    }
    *faux.en_clair.lock().expect("verrou") = true;
    let en_clair = entrer(&service, &faux, |_, _| {}).await;
    assert_eq!(en_clair.statut, StatusCode::SEE_OTHER, "la norme permet une réponse en clair");
}

#[tokio::test]
async fn un_etat_faux_un_cookie_absent_ou_un_code_rejoue_n_ouvrent_rien() {
    let (service, faux) = ouvrir(Role::Lecteur).await;
    let aller = partir(&service, "/connexion/oidc").await;
    *faux.dires.lock().expect("verrou") = honnete(&faux, &service, &aller.nonce);
    let faussee = Aller {
        etat: "autre".to_owned(),
        cookie: aller.cookie.clone(),
        nonce: String::new(),
        vers: String::new(),
    };
    let sans_cookie = Aller {
        cookie: String::new(),
        etat: aller.etat.clone(),
        nonce: String::new(),
        vers: String::new(),
    };
    for retour in [&faussee, &sans_cookie] {
        let reponse = revenir(&service, retour, "zero").await;
        assert_eq!(reponse.statut, StatusCode::BAD_REQUEST);
        assert!(reponse.corps.contains("Cette connexion est périmée"), "{}", reponse.corps);
    }
    let entree = revenir(&service, &aller, "un").await;
    assert_eq!(entree.statut, StatusCode::SEE_OTHER, "{}", entree.corps);
    assert!(entree.cookie_nomme("seuil_echange=").is_some_and(|c| c.ends_with("seuil_echange=")));
    let rejouee = revenir(&service, &aller, "un").await;
    assert_eq!(rejouee.statut, StatusCode::BAD_REQUEST, "le code a déjà servi");
    service.passe(11);
    let tardive = revenir(&service, &aller, "deux").await;
    assert_eq!(tardive.statut, StatusCode::BAD_REQUEST, "dix minutes");
}

#[tokio::test]
async fn un_seul_facteur_ne_suffit_pas_a_un_role_sensible_sauf_avec_son_code_d_ici() {
    let (service, faux) = ouvrir(Role::SecretariatCentral).await;
    let faible = |jeton: &mut Value, _: &mut Value| jeton["acr"] = "eidas1".into();
    let refus = entrer(&service, &faux, faible).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);
    assert!(refus.corps.contains("Il manque un second facteur"), "{}", refus.corps);
    assert!(refus.corps.contains("niveau=fort"), "{}", refus.corps);
    // Elle entre par deux facteurs, choisit un code d'ici, et le fournisseur faible suffit ensuite.
    let forte = entrer(&service, &faux, |_, _| {}).await;
    let session = forte.cookie_nomme("seuil_session").expect("une session");
    assert_eq!(service.enrole(&session).await.1.statut, StatusCode::OK);
    let avec_code = entrer(&service, &faux, faible).await;
    assert_eq!(avec_code.entete("location"), "/connexion/code?suite=%2Fregles");
    let (lecteur, faux) = ouvrir(Role::Lecteur).await;
    assert_eq!(entrer(&lecteur, &faux, faible).await.entete("location"), "/regles");
}

#[tokio::test]
async fn etre_reconnu_ne_donne_aucun_droit_a_qui_n_est_pas_invite() {
    let (service, faux) = ouvrir(Role::Lecteur).await;
    type Change = fn(&mut Value, &mut Value);
    let cas: [Change; 3] = [
        |_, personne| personne["email"] = "inconnue@exemple.fr".into(),
        |_, personne| personne["email_verified"] = false.into(),
        |_, personne| personne["email"] = Value::Null,
    ];
    for changer in cas {
        let reponse = entrer(&service, &faux, changer).await;
        assert_eq!(reponse.statut, StatusCode::FORBIDDEN, "{}", reponse.corps);
        assert!(reponse.corps.contains("Aucun compte ne vous attend"));
    }
    // Un compte ouvert autrement n'est pas pris par une adresse.
    let connexion = service.connecte("administrateur", MOT_DE_PASSE).await;
    assert_eq!(connexion.entete("location"), "/connexion/code");
}

#[tokio::test]
async fn un_refus_et_une_panne_du_fournisseur_ont_leur_page() {
    let (service, _faux) = ouvrir(Role::Lecteur).await;
    let aller = partir(&service, "/connexion/oidc").await;
    let chemin = format!("/connexion/oidc/retour?error=access_denied&state={}", aller.etat);
    let refus = service.lis(&chemin, &aller.cookie).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);
    assert!(refus.corps.contains("Vous avez refusé"), "{}", refus.corps);
    let muet = Service::avec_fournisseur("http://127.0.0.1:9").await;
    let panne = muet.lis("/connexion/oidc", "").await;
    assert_eq!(panne.statut, StatusCode::BAD_GATEWAY);
    assert!(panne.corps.contains("ne répond pas"), "{}", panne.corps);
    let sans = Service::nouveau().await;
    assert_eq!(sans.lis("/connexion/oidc", "").await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn se_deconnecter_ferme_aussi_la_session_chez_le_fournisseur() {
    let (service, faux) = ouvrir(Role::Lecteur).await;
    let entree = entrer(&service, &faux, |_, _| {}).await;
    let session = entree.cookie_nomme("seuil_session").expect("une session");
    let jeton = service.lis("/regles", &session).await.jeton();
    let sortie = service.poste("/deconnexion", &session, &format!("jeton={jeton}")).await;
    let fin = format!("{}/sortir?id_token_hint=", faux.adresse);
    assert!(sortie.corps.contains(&fin), "{}", sortie.corps);
    assert!(
        sortie.corps.contains(
            "post_logout_redirect_uri=http%3A%2F%2Fseuil.test%2Fconnexion%2Foidc%2Fsortie"
        )
    );
    assert_eq!(service.lis("/regles", &session).await.statut, StatusCode::SEE_OTHER);
    let etat = sortie.corps.split("state=").nth(1).expect("un état");
    let etat = etat.split(['"', '&']).next().unwrap_or_default();
    let cookie = sortie.cookie_nomme("seuil_echange").expect("un échange");
    let retour = service.lis(&format!("/connexion/oidc/sortie?state={etat}"), &cookie).await;
    assert_eq!(retour.entete("location"), "/connexion");
    let faux_retour = service.lis("/connexion/oidc/sortie?state=autre", &cookie).await;
    assert_eq!(faux_retour.statut, StatusCode::BAD_REQUEST);
}
