//! Le programme entier dans un vrai navigateur : une démonstration par moteur de base, partagée par
//! tous les essais.
//!
//! Un essai qui écrit ouvre son propre dossier ([`ouvrir_un_dossier`]) : les autres ne le voient pas.

mod actes;
mod connexion;
mod coordination;
mod diagnostic;
mod etude;
mod guide;
mod hors_ligne;
pub(crate) mod http;
mod liste;
mod pages;
mod parcours;
mod recherche;
mod sans_script;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use epreuves::navigateur::Page;
use epreuves::serveur::Serveur;
use fantoccini::Locator;

use self::http::poster;

/// Le jour où les exemples se lisent.
const JOUR: &str = "2026-11-21";

/// Au-delà, ce qu'on attend ne viendra pas.
const PATIENCE: Duration = Duration::from_secs(20);

/// Une démonstration, sur l'un des deux moteurs de base.
pub(crate) struct Demo {
    moteur: &'static str,
    pub(crate) serveur: Serveur,
}

static EMBARQUEE: OnceLock<Demo> = OnceLock::new();
static POSTGRESQL: OnceLock<Demo> = OnceLock::new();

impl Demo {
    /// Celle de SQLite. Le premier essai l'ouvre ; elle se ferme avec le programme de tests.
    pub(crate) fn embarquee() -> &'static Self {
        EMBARQUEE.get_or_init(|| Self::lancer("SQLite", "sqlite:./demo.db"))
    }

    /// Celle de PostgreSQL, dans une grappe jetable.
    fn postgresql() -> &'static Self {
        POSTGRESQL.get_or_init(|| Self::lancer("PostgreSQL", &epreuves::postgres::base("demo")))
    }

    fn lancer(moteur: &'static str, base: &str) -> Self {
        let garde = include_str!("demo.sh");
        let seuil = env!("CARGO_BIN_EXE_seuil");
        let demande = ["-c", garde, "sh", seuil, "demo", "--a-la-date", JOUR, "--base", base];
        Self { moteur, serveur: Serveur::lancer("sh", &demande) }
    }

    /// L'adresse d'une de ses pages.
    pub(crate) fn url(&self, chemin: &str) -> String {
        self.serveur.url(chemin)
    }

    /// Le mot de passe qu'elle a tiré pour ce compte.
    pub(crate) fn secret(&self, identifiant: &str) -> String {
        let depart = Instant::now();
        loop {
            let sortie = self.serveur.sortie();
            let lu = sortie.lines().find_map(|ligne| {
                let mut mots = ligne.split_whitespace();
                (mots.next() == Some(identifiant)).then(|| mots.next().map(str::to_owned)).flatten()
            });
            match lu {
                Some(secret) => return secret,
                None if depart.elapsed() > PATIENCE => {
                    panic!("la démonstration n'annonce pas le compte {identifiant} :\n{sortie}")
                }
                None => thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Se connecte par la page de connexion, et arrive à l'accueil.
    pub(crate) async fn connecter(&self, page: &Page, identifiant: &str) {
        page.aller(&self.url("/connexion")).await;
        page.remplir("#identifiant", identifiant).await;
        page.remplir("#secret", &self.secret(identifiant)).await;
        page.cliquer("main button").await;
        voir(page, ".fr-header__user", "").await;
    }
}

/// Joue le même essai sur SQLite, puis sur PostgreSQL.
#[expect(clippy::print_stdout, reason = "un essai qui échoue montre sur quelle base")]
async fn sur_chaque_base(essai: impl AsyncFn(&'static Demo)) {
    for demo in [Demo::embarquee(), Demo::postgresql()] {
        println!("sur {}", demo.moteur);
        essai(demo).await;
    }
}

/// L'adresse d'une page de la démonstration embarquée.
fn url(chemin: &str) -> String {
    Demo::embarquee().url(chemin)
}

/// Le mot de passe d'un compte de la démonstration embarquée.
fn secret(identifiant: &str) -> String {
    Demo::embarquee().secret(identifiant)
}

/// Se connecte à la démonstration embarquée.
async fn connecter(page: &Page, identifiant: &str) {
    Demo::embarquee().connecter(page, identifiant).await;
}

/// Ouvre un dossier neuf par un commandement du 9 septembre 2026 à Lens, comme la personne connectée
/// dans `page`, et rend son adresse : « /dossiers/62-2026-000123 ».
async fn ouvrir_un_dossier(page: &Page, locataire: &str) -> String {
    page.aller(&ailleurs(page, "/saisie/cdp").await).await;
    let jeton = attribut(page, "main input[name=jeton]", "value").await.expect("un jeton");
    let notice = format!(
        "jeton={jeton}&reference_acte=N-{locataire}&date_signification=2026-09-09\
         &bailleur_type=personne_physique&bailleur_nom=WACQUEZ&locataire_nom={locataire}\
         &locataire_prenom=Odile&locataire_date_naissance=1981-09-28\
         &logement_adresse=3+rue+du+Stade&code_postal=62300&commune=Lens&date_bail=2021-04-01\
         &loyer_hors_charges=520&montant_dette=2450,50&impaye_depuis=2026-01-05"
    );
    let reponse = poster(page, "/saisie/cdp", &notice).await;
    let vers =
        reponse.renvoi().unwrap_or_else(|| panic!("{} {}", reponse.entetes, reponse.debut()));
    vers.split('?').next().unwrap_or_default().to_owned()
}

/// Consigne un acte sans passer par son formulaire, pour amener un dossier là où l'essai commence.
async fn consigner(page: &Page, dossier: &str, acte: &str, champs: &str) {
    let jeton = attribut(page, "input[name=jeton]", "value").await.expect("un jeton");
    let chemin = format!("{dossier}/consigner/{acte}");
    let reponse = poster(page, &chemin, &format!("jeton={jeton}&{champs}")).await;
    let vers = reponse.renvoi().unwrap_or_default();
    assert!(
        vers.contains("consigne="),
        "{acte} {champs} : {} {}",
        reponse.entetes,
        reponse.debut()
    );
}

/// L'adresse d'une autre page du serveur que `page` regarde.
async fn ailleurs(page: &Page, chemin: &str) -> String {
    let ici = page.adresse().await;
    let racine: Vec<&str> = ici.splitn(4, '/').take(3).collect();
    format!("{}{chemin}", racine.join("/"))
}

/// Attend que le premier élément désigné contienne ce texte, et le rend en entier.
///
/// Un envoi de formulaire change la page sous les yeux de qui la lit : on relit jusqu'à la voir.
async fn voir(page: &Page, selecteur: &str, attendu: &str) -> String {
    let depart = Instant::now();
    let mut vu = String::new();
    while depart.elapsed() < PATIENCE {
        if let Ok(element) = page.client().find(Locator::Css(selecteur)).await
            && let Ok(texte) = element.text().await
        {
            if texte.contains(attendu) && !texte.is_empty() {
                return texte;
            }
            vu = texte;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let adresse = page.adresse().await;
    panic!("« {selecteur} » ne montre pas « {attendu} » sur {adresse}, mais « {vu} »");
}

/// Tape un jour dans un champ de date. Le navigateur demande le jour ou le mois d'abord selon la
/// langue du système : on relit ce qu'il a compris.
async fn remplir_le_jour(page: &Page, champ: &str, jour: &str) {
    let element = page.client().find(Locator::Css(champ)).await.expect("un champ de date");
    let (annee, mois, j) = (&jour[..4], &jour[5..7], &jour[8..]);
    for touches in [format!("{j}{mois}{annee}"), format!("{mois}{j}{annee}")] {
        element.clear().await.expect("la date s'efface");
        element.send_keys(&touches).await.expect("la date se tape");
        if element.prop("value").await.expect("la date se lit").as_deref() == Some(jour) {
            return;
        }
    }
    panic!("« {champ} » ne prend pas le {jour}");
}

/// Un fichier d'exemple du dépôt.
fn exemple(chemin: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../exemples").join(chemin)
}

/// La valeur d'un attribut du premier élément désigné, s'il existe.
pub(crate) async fn attribut(page: &Page, selecteur: &str, nom: &str) -> Option<String> {
    let element = page.client().find(Locator::Css(selecteur)).await.ok()?;
    element.attr(nom).await.expect("l'attribut se lit")
}
