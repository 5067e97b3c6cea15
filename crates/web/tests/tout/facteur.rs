//! Le second facteur, là où il est exigé.

use axum::http::{Method, StatusCode};
use ccapex::partenaires::agent::Role;
use usages::compte::totp::{SecretDeCodes, pas};

use super::appareil::{MOT_DE_PASSE, Reponse, Service};

/// Ce qu'une personne a dans son téléphone et dans son tiroir.
struct Poche {
    secret: SecretDeCodes,
    secours: Vec<String>,
    /// Sa session, ouverte.
    cookie: String,
    jeton: String,
}

fn codes_de_secours(page: &Reponse) -> Vec<String> {
    let morceaux = page.corps.split("<li><code>").skip(1);
    morceaux.filter_map(|m| m.split('<').next().map(str::to_owned)).collect()
}

/// Se connecte pour la première fois, et choisit un second facteur.
async fn enroler(service: &Service, role: Role) -> Poche {
    service.compte(role).await;
    let entree = service.connecte(role.code(), MOT_DE_PASSE).await;
    assert_eq!(entree.entete("location"), "/connexion/second-facteur", "{}", entree.corps);
    let cookie = entree.cookie();
    let (secret, fait) = service.enrole(&cookie).await;
    assert_eq!(fait.statut, StatusCode::OK, "{}", fait.corps);
    let secours = codes_de_secours(&fait);
    assert_eq!(secours.len(), 10);
    let neuf = fait.cookie();
    assert_ne!(neuf, cookie, "le jeton change quand la session s'ouvre");
    assert_eq!(service.lis("/regles", &cookie).await.statut, StatusCode::SEE_OTHER);
    let jeton = service.lis("/regles", &neuf).await.jeton();
    Poche { secret, secours, cookie: neuf, jeton }
}

/// Donne un code après le mot de passe.
async fn donner(service: &Service, role: Role, code: &str, confiance: &str) -> Reponse {
    let entree = service.connecte(role.code(), MOT_DE_PASSE).await;
    assert_eq!(entree.entete("location"), "/connexion/code", "{}", entree.corps);
    let cookie = entree.cookie();
    let page = service.lis("/connexion/code", &cookie).await;
    let corps = format!("jeton={}&code={code}&suite=/regles{confiance}", page.jeton());
    service.poste("/connexion/code", &cookie, &corps).await
}

#[tokio::test]
async fn un_role_sensible_n_ouvre_rien_avant_d_avoir_choisi_son_second_facteur() {
    let service = Service::strict().await;
    for role in [Role::Administrateur, Role::SecretariatCentral, Role::SecretariatSousCommission] {
        service.compte(role).await;
        let entree = service.connecte(role.code(), MOT_DE_PASSE).await;
        let cookie = entree.cookie();
        for chemin in ["/", "/regles", "/comptes", "/dossiers", "/mon-compte", "/reception"] {
            let page = service.lis(chemin, &cookie).await;
            assert_eq!(page.statut, StatusCode::SEE_OTHER, "{chemin}");
            assert!(page.entete("location").starts_with("/connexion/second-facteur"), "{chemin}");
        }
        let jeton = service.lis("/connexion/second-facteur", &cookie).await.jeton();
        let envoi = service.poste("/comptes", &cookie, &format!("jeton={jeton}")).await;
        assert_eq!(envoi.statut, StatusCode::UNAUTHORIZED);
    }
    service.compte(Role::Lecteur).await;
    let entree = service.connecte("lecteur", MOT_DE_PASSE).await;
    assert_eq!(entree.entete("location"), "/", "les autres choisissent");
}

#[tokio::test]
async fn le_mot_de_passe_puis_le_code_ouvrent_et_un_code_ne_sert_qu_une_fois() {
    let service = Service::strict().await;
    let role = Role::SecretariatCentral;
    let poche = enroler(&service, role).await;
    let code = poche.secret.code(pas(service.secondes()));
    let rejoue = donner(&service, role, &code, "").await;
    assert_eq!(rejoue.statut, StatusCode::UNPROCESSABLE_ENTITY, "il a servi au choix");
    assert!(rejoue.corps.contains("Ce code a déjà servi"), "{}", rejoue.corps);
    service.passe(1);
    let code = poche.secret.code(pas(service.secondes()));
    let entree = donner(&service, role, &code, "").await;
    assert_eq!(entree.entete("location"), "/regles");
    assert_eq!(service.lis("/dossiers", &entree.cookie()).await.statut, StatusCode::OK);
    let encore = donner(&service, role, &code, "").await;
    assert_eq!(encore.statut, StatusCode::UNPROCESSABLE_ENTITY);
    for (ecart, ouvre) in [(-2, false), (2, false), (1, true)] {
        service.passe(20);
        let code = poche.secret.code(pas(service.secondes()) + ecart);
        let entree = donner(&service, role, &code, "").await;
        assert_eq!(entree.statut == StatusCode::SEE_OTHER, ouvre, "écart de {ecart}");
    }
}

#[tokio::test]
async fn cinq_codes_faux_font_attendre_meme_le_bon() {
    let service = Service::strict().await;
    let role = Role::Administrateur;
    let poche = enroler(&service, role).await;
    service.passe(1);
    for _ in 0..5 {
        let faux = donner(&service, role, "000000", "").await;
        assert_eq!(faux.statut, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let bon = poche.secret.code(pas(service.secondes()));
    let attend = donner(&service, role, &bon, "").await;
    assert!(attend.corps.contains("Trop d&#39;essais manqués"), "{}", attend.corps);
    service.passe(2);
    let bon = poche.secret.code(pas(service.secondes()));
    assert_eq!(donner(&service, role, &bon, "").await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn un_code_de_secours_remplace_le_telephone_une_fois_et_les_nouveaux_remplacent_les_anciens()
{
    let service = Service::strict().await;
    let role = Role::SecretariatCentral;
    let poche = enroler(&service, role).await;
    let dicte = poche.secours[0].to_uppercase().replace('-', "+");
    assert_eq!(donner(&service, role, &dicte, "").await.statut, StatusCode::SEE_OTHER);
    assert_eq!(donner(&service, role, &dicte, "").await.statut, StatusCode::UNPROCESSABLE_ENTITY);
    let page = service.lis("/mon-compte", &poche.cookie).await;
    assert!(page.corps.contains("Il reste 9 codes de secours"), "{}", page.corps);
    assert!(page.corps.contains("Connexion par un code de secours"));
    let faux = format!("jeton={}&geste=codes&secret=pas+le+bon", poche.jeton);
    let refus = service.poste("/mon-compte", &poche.cookie, &faux).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
    let corps = format!("jeton={}&geste=codes&secret={MOT_DE_PASSE}", poche.jeton);
    let neufs = codes_de_secours(&service.poste("/mon-compte", &poche.cookie, &corps).await);
    assert_eq!(neufs.len(), 10);
    let ancien = donner(&service, role, &poche.secours[1], "").await;
    assert_eq!(ancien.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(donner(&service, role, &neufs[0], "").await.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn un_appareil_de_confiance_ne_redemande_pas_de_code_jusqu_a_ce_qu_on_l_oublie() {
    let service = Service::strict().await;
    let role = Role::SecretariatCentral;
    let poche = enroler(&service, role).await;
    service.passe(1);
    let code = poche.secret.code(pas(service.secondes()));
    let entree = donner(&service, role, &code, "&confiance=oui").await;
    let appareil = entree.cookie_nomme("seuil_appareil").expect("un appareil de confiance");
    let session = entree.cookie_nomme("seuil_session").expect("une session");
    let revient = async || {
        let page = service.lis("/connexion", "").await;
        let corps =
            format!("jeton={}&identifiant={}&secret={MOT_DE_PASSE}", page.jeton(), role.code());
        let cookies = format!("{}; {appareil}", page.cookie());
        service.poste("/connexion", &cookies, &corps).await.entete("location").to_owned()
    };
    assert_eq!(revient().await, "/");
    let jeton = service.lis("/mon-compte", &session).await.jeton();
    let corps = format!("jeton={jeton}&geste=appareils");
    assert_eq!(service.poste("/mon-compte", &session, &corps).await.statut, StatusCode::OK);
    assert_eq!(revient().await, "/connexion/code");
}

#[tokio::test]
async fn qui_administre_retire_le_second_facteur_d_un_autre_jamais_le_sien_et_la_trace_reste() {
    let service = Service::strict().await;
    let admin = enroler(&service, Role::Administrateur).await;
    let central = enroler(&service, Role::SecretariatCentral).await;
    let page = service.lis("/comptes", &admin.cookie).await;
    let jeton = page.jeton();
    for (id, statut, dit) in
        [(1, StatusCode::OK, "Rien n&#39;a changé"), (2, StatusCode::OK, "Second facteur retiré")]
    {
        let corps = format!("jeton={jeton}&geste=facteur");
        let reponse = service.poste(&format!("/comptes/{id}"), &admin.cookie, &corps).await;
        assert_eq!(reponse.statut, statut);
        assert!(reponse.corps.contains(dit), "{}", reponse.corps);
    }
    assert_eq!(service.lis("/regles", &central.cookie).await.statut, StatusCode::SEE_OTHER);
    let entree = service.connecte("secretariat_central", MOT_DE_PASSE).await;
    assert_eq!(entree.entete("location"), "/connexion/second-facteur", "il en choisit un autre");
    let gestes = service.gestes("secretariat_central").await;
    assert!(gestes.contains(&("facteur_retire".to_owned(), 1)), "{gestes:?}");
}

#[tokio::test]
async fn le_mot_de_passe_d_une_personne_n_ouvre_pas_l_interface_de_programme() {
    let service = Service::strict().await;
    service.compte(Role::SecretariatCentral).await;
    let entete = [("authorization", "Basic c2VjcmV0OnNlY3JldA==")];
    let reponse = service.demande(Method::GET, "/api/v1/dossiers", "", &entete, "").await;
    assert_eq!(reponse.statut, StatusCode::UNAUTHORIZED);
    assert!(reponse.corps.contains("demande une clé"), "{}", reponse.corps);
}

#[tokio::test]
async fn le_secret_d_un_second_facteur_ne_se_lit_pas_dans_la_base() {
    let service = Service::strict().await;
    let poche = enroler(&service, Role::Administrateur).await;
    let garde = service.facteur_garde(1).await;
    let lettres = poche.secret.en_lettres().replace(' ', "");
    assert!(!garde.contains(&lettres) && !garde.to_lowercase().contains(&lettres.to_lowercase()));
    assert!(garde.len() > 64, "chiffré, avec son nombre et son sceau");
}
