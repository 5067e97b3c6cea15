//! Un service entier sur une base éphémère, et un navigateur minimal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Borne, Role};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use stockage::base::Stockage;
use stockage::dossier::SituationLue;
use tower::ServiceExt;
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::secret::Secret;
use usages::maison::Maison;
use web::app::{App, Config};
use web::routes::router;
use web::theme::Theme;

pub(crate) const MOT_DE_PASSE: &str = "le mot de passe des essais";
pub(crate) const AUJOURD_HUI: Date = date(2026, 11, 21);

/// Un service et son horloge, qu'on avance à la main.
pub(crate) struct Service {
    router: Router,
    horloge: Arc<AtomicU64>,
    stockage: Stockage,
}

/// Une réponse lue en entier.
#[derive(Debug)]
pub(crate) struct Reponse {
    pub(crate) statut: StatusCode,
    pub(crate) entetes: HeaderMap,
    pub(crate) corps: String,
}

impl Reponse {
    pub(crate) fn entete(&self, nom: &str) -> &str {
        self.entetes.get(nom).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Le cookie posé, sans ses attributs.
    pub(crate) fn cookie(&self) -> String {
        self.entete("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }

    /// Le jeton du premier formulaire de la page.
    pub(crate) fn jeton(&self) -> String {
        let apres = self.corps.split("name=\"jeton\" value=\"").nth(1).unwrap_or_default();
        apres.split('"').next().unwrap_or_default().to_owned()
    }
}

/// Une personne connectée : son cookie et le jeton de ses formulaires.
#[derive(Clone)]
pub(crate) struct Personne {
    pub(crate) cookie: String,
    pub(crate) jeton: String,
}

const DEBUT: &str = "2026-11-21T08:00:00Z";

impl Service {
    pub(crate) async fn nouveau() -> Self {
        Self::sous(Theme::Neutre).await
    }

    /// Le service, sous cette allure.
    pub(crate) async fn sous(theme: Theme) -> Self {
        let stockage = Stockage::ephemere().await.expect("base éphémère");
        let maison = Maison::new(stockage.clone()).expect("profils du programme");
        let horloge = Arc::new(AtomicU64::new(0));
        let secondes = Arc::clone(&horloge);
        let tirage = AtomicU64::new(1);
        let config = Config {
            environnement: "Essais".to_owned(),
            https: true,
            inactivite: SignedDuration::from_mins(30),
            fuseau: TimeZone::UTC,
            aujourd_hui: Box::new(|| AUJOURD_HUI),
            maintenant: Box::new(move || {
                let debut: Timestamp = DEBUT.parse().expect("instant");
                let ecoule = i64::try_from(secondes.load(Ordering::Relaxed)).expect("durée");
                debut + SignedDuration::from_secs(ecoule)
            }),
            hasard: Box::new(move || {
                let n = tirage.fetch_add(1, Ordering::Relaxed).to_le_bytes();
                std::array::from_fn(|i| n[i % 8] ^ u8::try_from(i).unwrap_or(0))
            }),
        };
        let app = App::nouvelle(maison, config).avec_theme(theme);
        Self { router: router(app), horloge, stockage }
    }

    /// Les lignes du registre des accès.
    pub(crate) async fn lignes_du_registre(&self) -> u64 {
        let chaine = self.stockage.chaine_des_acces().await.expect("registre");
        assert!(chaine.ruptures.is_empty(), "{:?}", chaine.ruptures);
        chaine.lignes
    }

    pub(crate) fn passe(&self, minutes: u64) {
        self.horloge.fetch_add(minutes * 60, Ordering::Relaxed);
    }

    pub(crate) async fn envoie(&self, requete: Request<Body>) -> Reponse {
        let reponse = self.router.clone().oneshot(requete).await.expect("réponse");
        let (tete, corps) = reponse.into_parts();
        let corps = axum::body::to_bytes(corps, usize::MAX).await.expect("corps");
        Reponse {
            statut: tete.status,
            entetes: tete.headers,
            corps: String::from_utf8_lossy(&corps).into_owned(),
        }
    }

    pub(crate) async fn lis(&self, chemin: &str, cookie: &str) -> Reponse {
        let requete = Request::get(chemin).header(header::COOKIE, cookie);
        self.envoie(requete.body(Body::empty()).expect("requête")).await
    }

    pub(crate) async fn poste(&self, chemin: &str, cookie: &str, corps: &str) -> Reponse {
        let requete = Request::post(chemin)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.envoie(requete.body(Body::from(corps.to_owned())).expect("requête")).await
    }

    /// La personne de ce rôle, telle que [`Self::compte`] la crée : à Arras, de la Caf, de la SCP des Essais.
    pub(crate) fn agent(role: Role) -> Agent {
        Agent {
            id: AgentId(0),
            nom: format!("Essai {}", role.code()),
            organisme: "SCP des Essais".to_owned(),
            role,
            profil: "62".to_owned(),
            sous_commission: Some("arras".to_owned()),
            service: (role.borne() == Borne::Service).then(|| "caf".to_owned()),
            communes: vec!["62041".to_owned()],
        }
    }

    /// Ce qui, d'un dossier, dit qui le voit.
    pub(crate) async fn situation(&self, reference: &str) -> SituationLue {
        self.stockage.situation(reference).await.expect("dossier")
    }

    /// Crée un compte ; l'identifiant est le code du rôle.
    pub(crate) async fn compte(&self, role: Role) {
        self.compte_nomme(role.code(), Self::agent(role)).await;
    }

    async fn compte_nomme(&self, identifiant: &str, agent: Agent) {
        let nouveau = NouveauCompte { identifiant: identifiant.to_owned(), agent, fin: None };
        let secret = Secret::choisi(MOT_DE_PASSE).expect("assez long");
        let quand = DEBUT.parse().expect("instant");
        creer_sans_personne(&self.stockage, nouveau, &secret, quand, [3; 32])
            .await
            .expect("compte");
    }

    /// Remplit et envoie le formulaire de connexion.
    pub(crate) async fn connecte(&self, identifiant: &str, secret: &str) -> Reponse {
        let page = self.lis("/connexion", "").await;
        let corps =
            format!("jeton={}&identifiant={identifiant}&secret={secret}&suite=", page.jeton());
        self.poste("/connexion", &page.cookie(), &corps).await
    }

    /// Une personne de ce rôle, connectée.
    pub(crate) async fn personne(&self, role: Role) -> Personne {
        self.personne_nommee(role.code(), Self::agent(role)).await
    }

    /// Cette personne, connectée sous ce nom.
    pub(crate) async fn personne_nommee(&self, identifiant: &str, agent: Agent) -> Personne {
        self.compte_nomme(identifiant, agent).await;
        let reponse = self.connecte(identifiant, MOT_DE_PASSE).await;
        assert_eq!(reponse.statut, StatusCode::SEE_OTHER, "{}", reponse.corps);
        let cookie = reponse.cookie();
        let jeton = self.lis("/regles", &cookie).await.jeton();
        Personne { cookie, jeton }
    }
}
