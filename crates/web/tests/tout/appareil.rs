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
use oidc::fournisseur::{Fournisseur, Reglages};
use stockage::base::Stockage;
use stockage::depart::EtatDeDepart;
use stockage::dossier::SituationLue;
use tower::ServiceExt;
use usages::cle::Cle;
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::regles::{Regles, SecondFacteur};
use usages::compte::secret::Secret;
use usages::compte::totp::{SecretDeCodes, pas};
use usages::maison::Maison;
use web::app::{App, Config, DEMANDES_PAR_MINUTE, ParFournisseur};
use web::routes::router;
use web::theme::Theme;

pub(crate) const MOT_DE_PASSE: &str = "le mot de passe des essais";
pub(crate) const AUJOURD_HUI: Date = date(2026, 11, 21);

/// Un service et son horloge, qu'on avance à la main.
pub(crate) struct Service {
    router: Router,
    horloge: Arc<AtomicU64>,
    tirage: AtomicU64,
    pub(crate) stockage: Stockage,
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

    /// Le cookie de ce nom, parmi ceux qui sont posés.
    pub(crate) fn cookie_nomme(&self, nom: &str) -> Option<String> {
        let poses = self.entetes.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
        let mut poses = poses.map(|v| v.split(';').next().unwrap_or_default().to_owned());
        let nu = |pose: &str| {
            let marques = ["__Host-", "__Secure-"];
            marques.iter().find_map(|m| pose.strip_prefix(m)).unwrap_or(pose).to_owned()
        };
        poses.find(|v| nu(v).starts_with(nom))
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

/// Un fournisseur réglé comme ProConnect.
fn par_fournisseur(emetteur: &str) -> ParFournisseur {
    let fournisseur = Fournisseur::nouveau(Reglages {
        emetteur: emetteur.to_owned(),
        client: "seuil".to_owned(),
        secret: oidc::fournisseur::Secret("secret d'essai".to_owned()),
        retour: "http://seuil.test/connexion/oidc/retour".to_owned(),
        apres_sortie: "http://seuil.test/connexion/oidc/sortie".to_owned(),
        portee: "openid email".to_owned(),
        acr_forts: [
            "eidas2",
            "eidas3",
            "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
            "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
        ]
        .map(str::to_owned)
        .to_vec(),
        adresses_verifiees: true,
    });
    ParFournisseur { nom: "ProConnect".to_owned(), fournisseur }
}

/// L'instant, tant de secondes après le début.
fn a(secondes: &AtomicU64) -> Timestamp {
    let debut: Timestamp = DEBUT.parse().expect("instant");
    let ecoule = i64::try_from(secondes.load(Ordering::Relaxed)).expect("durée");
    debut + SignedDuration::from_secs(ecoule)
}

impl Service {
    /// Un service où chacun choisit son second facteur.
    pub(crate) async fn nouveau() -> Self {
        Self::sous(Theme::Neutre).await
    }

    /// Le service, sous cette allure.
    pub(crate) async fn sous(theme: Theme) -> Self {
        let regles = Regles::au_choix(SignedDuration::from_mins(30));
        Self::avec(regles, None, DEMANDES_PAR_MINUTE, theme).await
    }

    /// Un service qui admet ce nombre de demandes par minute à son interface.
    pub(crate) async fn avec_debit(par_minute: u32) -> Self {
        let regles = Regles::au_choix(SignedDuration::from_mins(30));
        Self::avec(regles, None, par_minute, Theme::Neutre).await
    }

    /// Un service où les rôles sensibles donnent deux facteurs, comme en service.
    pub(crate) async fn strict() -> Self {
        Self::avec(Self::comme_en_service(), None, DEMANDES_PAR_MINUTE, Theme::Neutre).await
    }

    /// Le même, où l'on entre aussi par ce fournisseur d'identité.
    pub(crate) async fn avec_fournisseur(emetteur: &str) -> Self {
        let regles = Self::comme_en_service();
        Self::avec(regles, Some(emetteur), DEMANDES_PAR_MINUTE, Theme::Neutre).await
    }

    fn comme_en_service() -> Regles {
        let regles = Regles::au_choix(SignedDuration::from_mins(30));
        Regles { second_facteur: SecondFacteur::Exige, ..regles }
    }

    async fn avec(
        regles: Regles,
        fournisseur: Option<&str>,
        par_minute: u32,
        theme: Theme,
    ) -> Self {
        let stockage = Stockage::ephemere().await.expect("base éphémère");
        let maison = Maison::new(stockage.clone()).expect("profils du programme");
        let horloge = Arc::new(AtomicU64::new(0));
        let (secondes, heure) = (Arc::clone(&horloge), Arc::clone(&horloge));
        let tirage = AtomicU64::new(1);
        let config = Config {
            environnement: "Essais".to_owned(),
            https: true,
            url: "http://seuil.test".to_owned(),
            regles,
            cle: Cle::de([7; 32]),
            fournisseur: fournisseur.map(par_fournisseur),
            mandataires: Vec::new(),
            fuseau: TimeZone::UTC,
            aujourd_hui: Box::new(|| AUJOURD_HUI),
            maintenant: Box::new(move || a(&secondes)),
            heure: Box::new(move || a(&heure)),
            hasard: Box::new(move || {
                let n = tirage.fetch_add(1, Ordering::Relaxed).to_le_bytes();
                std::array::from_fn(|i| n[i % 8] ^ u8::try_from(i).unwrap_or(0))
            }),
        };
        let app = App::nouvelle(maison, config).avec_debit(par_minute).avec_theme(theme);
        Self { router: router(app), horloge, tirage: AtomicU64::new(1), stockage }
    }

    /// L'instant du service.
    pub(crate) fn maintenant(&self) -> Timestamp {
        a(&self.horloge)
    }

    /// Trente-deux octets, autres à chaque fois.
    pub(crate) fn hasard(&self) -> [u8; 32] {
        let n = self.tirage.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        std::array::from_fn(|i| n[i % 8] ^ 0xa5)
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

    /// Ce qui est arrivé à un compte : le geste, et le numéro de qui l'a fait.
    pub(crate) async fn gestes(&self, identifiant: &str) -> Vec<(String, i64)> {
        let compte = self.stockage.compte_par_identifiant(identifiant).await.expect("base");
        let id = compte.expect("un compte").agent.id;
        let gestes = self.stockage.gestes(id, 50).await.expect("gestes");
        gestes.into_iter().map(|g| (g.geste.code().to_owned(), g.par.0)).collect()
    }

    /// Ce que la base garde du second facteur d'un compte.
    pub(crate) async fn facteur_garde(&self, compte: i64) -> String {
        let facteur = self.stockage.second_facteur(AgentId(compte)).await.expect("base");
        facteur.expect("un second facteur").secret
    }

    /// L'instant, en secondes : ce que compte une application de codes.
    pub(crate) fn secondes(&self) -> i64 {
        a(&self.horloge).as_second()
    }

    pub(crate) async fn envoie(&self, requete: Request<Body>) -> Reponse {
        let reponse = self.router.clone().oneshot(requete).await.expect("réponse");
        let (tete, corps) = reponse.into_parts();
        let corps = axum::body::to_bytes(corps, usize::MAX).await.expect("corps");
        Reponse {
            statut: tete.status,
            entetes: tete.headers,
            corps: espaces_ordinaires(&String::from_utf8_lossy(&corps)),
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
            responsable: false,
            suppleances: Vec::new(),
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
        let secret = Secret::saisi(MOT_DE_PASSE);
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

    /// Recopie la clé de la page, et donne un premier code.
    pub(crate) async fn enrole(&self, cookie: &str) -> (SecretDeCodes, Reponse) {
        let page = self.lis("/connexion/second-facteur", cookie).await;
        let apres = page.corps.split("class=\"cle\">").nth(1).expect("une clé");
        let lettres = apres.split('<').next().unwrap_or_default();
        let secret = SecretDeCodes::depuis_lettres(lettres).expect("base 32");
        let code = secret.code(pas(self.secondes()));
        let corps = format!("jeton={}&code={code}&suite=/", page.jeton());
        (secret, self.poste("/connexion/second-facteur", cookie, &corps).await)
    }

    /// Une personne de ce rôle, connectée par ses deux facteurs.
    pub(crate) async fn personne_forte(&self, role: Role) -> Personne {
        self.compte(role).await;
        let entree = self.connecte(role.code(), MOT_DE_PASSE).await;
        let cookie = self.enrole(&entree.cookie()).await.1.cookie();
        let jeton = self.lis("/regles", &cookie).await.jeton();
        Personne { cookie, jeton }
    }

    /// Le texte des courriels qui attendent.
    pub(crate) async fn courriels(&self) -> Vec<String> {
        let departs = self.stockage.departs(EtatDeDepart::EnAttente, 50).await.expect("base");
        departs.into_iter().map(|d| d.corps).collect()
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

/// Les espaces que la page a rendues insécables, comme on les écrit dans un essai.
fn espaces_ordinaires(corps: &str) -> String {
    let signes = [("\u{a0}:", " :"), ("\u{a0};", " ;"), ("\u{a0}?", " ?"), ("\u{a0}!", " !")];
    let guillemets = [("«\u{a0}", "« "), ("\u{a0}»", " »")];
    signes.iter().chain(&guillemets).fold(corps.to_owned(), |lu, (de, en)| lu.replace(de, en))
}
