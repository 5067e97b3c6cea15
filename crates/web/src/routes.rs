//! Toutes les adresses, à un seul endroit : la liste que les tests parcourent est celle du routeur.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{self, MethodRouter};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::acces::{cadence, cookies, entetes, reprise, session};
use crate::app::App;
use crate::{
    a_traiter, accueil, actes, aide, alertes, api, calendrier, cellule, comptes, connexion,
    conservation, courriers, diagnostic, dossiers, echeances, erreur, information, mon_compte,
    notifications, pied, reception, recherche, registre, regles, saisie, statique, suppleances,
    tableau, theme,
};

/// Un envoi de fichiers : 200 Mo chacun au plus, et l'enveloppe du formulaire.
const ENVOI_MAXIMAL: usize = 210 * 1024 * 1024;
/// Un formulaire ordinaire.
const FORMULAIRE_MAXIMAL: usize = 1024 * 1024;
/// Le temps donné à une page.
const PATIENCE: Duration = Duration::from_secs(30);

/// Une adresse et sa méthode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Adresse {
    pub methode: &'static str,
    pub chemin: &'static str,
}

/// Le routeur en construction, et la liste de ses adresses.
struct Routes {
    router: Router<App>,
    adresses: Vec<Adresse>,
}

impl Routes {
    fn get<H: Handler<T, App>, T: 'static>(self, chemin: &'static str, page: H) -> Self {
        self.ajouter("GET", chemin, routing::get(page))
    }

    fn post<H: Handler<T, App>, T: 'static>(self, chemin: &'static str, geste: H) -> Self {
        self.ajouter("POST", chemin, routing::post(geste))
    }

    fn ajouter(
        mut self,
        methode: &'static str,
        chemin: &'static str,
        vers: MethodRouter<App>,
    ) -> Self {
        self.adresses.push(Adresse { methode, chemin });
        Self { router: self.router.route(chemin, vers), ..self }
    }
}

fn pages() -> Routes {
    Routes { router: Router::new(), adresses: Vec::new() }
        .get("/connexion", connexion::page::ouvrir)
        .post("/connexion", connexion::page::connecter)
        .get("/connexion/code", connexion::code::montrer)
        .post("/connexion/code", connexion::code::donner)
        .get("/connexion/second-facteur", connexion::enrolement::montrer)
        .post("/connexion/second-facteur", connexion::enrolement::choisir)
        .get("/connexion/oidc", connexion::fournisseur::partir)
        .get("/connexion/oidc/retour", connexion::fournisseur::revenir)
        .get("/connexion/oidc/sortie", connexion::fournisseur::sorti)
        .post("/deconnexion", connexion::page::deconnecter)
        .get("/invitation/{jeton}", connexion::invitation::montrer)
        .post("/invitation/{jeton}", connexion::invitation::accepter)
        .get("/reprise/{jeton}", connexion::reprise::montrer)
        .post("/reprise/{jeton}", connexion::reprise::abandonner)
        .get("/mon-compte", mon_compte::page::montrer)
        .post("/mon-compte", mon_compte::page::agir)
        .get("/mon-organisme", comptes::organisme::montrer)
        .post("/mon-organisme", comptes::organisme::inviter_une_personne)
        .post("/mon-organisme/{id}", comptes::organisme::changer)
        .get("/suppleances/{id}", suppleances::montrer)
        .post("/suppleances/{id}", suppleances::agir)
        .get("/", accueil::montrer)
        .get("/recherche", recherche::page::montrer)
        .get("/recherche/propositions", recherche::propositions::proposer)
        .get("/dossiers", dossiers::liste::montrer)
        .get("/dossiers/export/{format}", dossiers::exporter::telecharger)
        .post("/dossiers/vues", dossiers::vues::agir)
        .get("/dossiers/selection/confier", dossiers::selection::confier)
        .post("/dossiers/selection/confier", dossiers::selection::confier_les_menages)
        .get("/dossiers/selection/lettres", dossiers::selection::lettres)
        .get("/dossiers/{reference}", dossiers::dossier::montrer)
        .post("/dossiers/{reference}/joindre", dossiers::dossier::gestes::joindre_un_autre)
        .post("/dossiers/{reference}/separer", dossiers::dossier::gestes::separer_un_joint)
        .post("/dossiers/{reference}/detacher", dossiers::dossier::gestes::detacher_une_notice)
        .get("/dossiers/{reference}/chronologie", dossiers::imprimer::chronologie)
        .get("/dossiers/{reference}/consigner", actes::choisir::montrer)
        .get("/dossiers/{reference}/consigner/{acte}", actes::saisir::montrer)
        .post("/dossiers/{reference}/consigner/{acte}", actes::saisir::enregistrer)
        .post("/dossiers/{reference}/consigner/{acte}/apercu", actes::apercu::montrer)
        .get("/dossiers/{reference}/rectifier/{fait}", actes::rectifier::montrer)
        .post("/dossiers/{reference}/rectifier/{fait}", actes::rectifier::enregistrer)
        .get("/dossiers/{reference}/force-publique", dossiers::force_publique::montrer)
        .post("/dossiers/{reference}/force-publique", dossiers::force_publique::decider)
        .post("/dossiers/{reference}/force-publique/projet", dossiers::imprimer::projet_de_decision)
        .get("/dossiers/{reference}/alertes", alertes::dossier::montrer)
        .post("/dossiers/{reference}/alertes", alertes::lever::lever)
        .post("/dossiers/{reference}/alertes/{fait}", alertes::dossier::repondre)
        .get("/dossiers/{reference}/prise-en-charge", cellule::prise_en_charge::montrer)
        .post("/dossiers/{reference}/prise-en-charge", cellule::prise_en_charge::repondre)
        .get("/dossiers/{reference}/cas-complexe", cellule::cas_complexe::montrer)
        .post("/dossiers/{reference}/cas-complexe", cellule::cas_complexe::decider)
        .get("/dossiers/{reference}/diagnostic", diagnostic::suivi::montrer)
        .post("/dossiers/{reference}/diagnostic", diagnostic::suivi::noter_un_acte)
        .get("/dossiers/{reference}/diagnostic/pdf", diagnostic::suivi::telecharger)
        .get("/dossiers/{reference}/diagnostic/pdf-envoye", diagnostic::suivi::telecharger_l_envoi)
        .get("/dossiers/{reference}/diagnostic/{rubrique}", diagnostic::rubrique::montrer)
        .post("/dossiers/{reference}/diagnostic/{rubrique}", diagnostic::rubrique::enregistrer)
        .get("/dossiers/{reference}/menage", information::menage::montrer)
        .post("/dossiers/{reference}/menage", information::menage::noter_la_parole)
        .post("/dossiers/{reference}/menage/lettre", information::menage::preparer_une_lettre)
        .get("/alertes", alertes::file::montrer)
        .get("/prises-en-charge", cellule::file::montrer)
        .get("/cellule-technique", cellule::technique::complexes)
        .get("/cellule-technique/a-reattribuer", cellule::technique::reattribuer)
        .get("/cellule-technique/simulation", cellule::simulation::montrer)
        .post("/cellule-technique/simulation", cellule::simulation::simuler)
        .get("/diagnostics", diagnostic::liste::montrer)
        .post("/diagnostics", diagnostic::liste::imprimer)
        .get("/information", information::sommaire::montrer)
        .get("/information/{stade}", information::stade::montrer)
        .get("/a-completer", a_traiter::completer::montrer)
        .get("/a-completer/{id}", a_traiter::notice::montrer)
        .post("/a-completer/{id}", a_traiter::notice::completer_la_notice)
        .get("/rapprochements", a_traiter::rapprochements::montrer)
        .post("/rapprochements", a_traiter::rapprochements::decider)
        .get("/courriers", courriers::liste::montrer)
        .post("/courriers", courriers::gestes::agir)
        .get("/courriers/messages", courriers::messages::montrer)
        .post("/courriers/{id}", courriers::gestes::marquer)
        .get("/courriers/{id}/pdf", courriers::gestes::ouvrir_le_pdf)
        .get("/echeances", echeances::montrer)
        .get("/calendrier", calendrier::page::montrer)
        .get("/calendrier/abonnement", calendrier::abonnement::montrer)
        .post("/calendrier/abonnement", calendrier::abonnement::changer)
        .get("/tableau-de-bord", tableau::montrer)
        .get("/notifications", notifications::liste::montrer)
        .post("/notifications", notifications::liste::marquer)
        .get("/notifications/reglages", notifications::reglages::montrer)
        .post("/notifications/reglages", notifications::reglages::enregistrer)
        .get("/reception", reception::depot::montrer)
        .get("/reception/{id}", reception::piece::montrer)
        .get("/reception/{id}/original", reception::piece::original)
        .get("/reception/{id}/colonnes", reception::correspondance::montrer)
        .get("/saisie/{nature}", saisie::montrer)
        .post("/saisie/{nature}", saisie::enregistrer)
        .get("/saisie/{nature}/etapes", saisie::etapes::commencer)
        .post("/saisie/{nature}/etapes", saisie::etapes::ouvrir)
        .get("/brouillons/{id}/{etape}", saisie::etapes::montrer)
        .post("/brouillons/{id}/{etape}", saisie::etapes::avancer)
        .get("/regles", regles::liste::montrer)
        .get("/regles/{nom}", regles::regle::montrer)
        .get("/registre", registre::dossier::chercher)
        .get("/registre/{reference}", registre::dossier::montrer)
        .get("/registre/{reference}/extrait", registre::extrait::montrer)
        .get("/registre/{reference}/donnees", conservation::personne::montrer)
        .get("/registre/{reference}/donnees/pdf", conservation::personne::imprimer)
        .get("/registre/{reference}/donnees/json", conservation::personne::telecharger)
        .get("/conservation", conservation::liste::montrer)
        .post("/conservation", conservation::liste::decider)
        .get("/comptes", comptes::liste::montrer)
        .post("/comptes", comptes::liste::creer_un_compte)
        .post("/comptes/{id}", comptes::liste::changer)
        .get("/comptes/a-revoir", comptes::revue::montrer)
        .post("/comptes/a-revoir/{id}", comptes::revue::decider)
        .get("/aide", aide::choisir)
        .get("/aide/mots", aide::definir)
        .get("/aide/images/{nom}", aide::illustrer)
        .get("/aide/{guide}", aide::montrer)
        .get("/comptes/cles", comptes::cles::montrer)
        .post("/comptes/cles", comptes::cles::faire_une_cle)
        .post("/comptes/cles/{id}", comptes::cles::changer)
        .get("/api", api::page::montrer)
        .get("/accessibilite", pied::accessibilite)
        .get("/mentions-legales", pied::mentions)
        .get("/donnees-personnelles", pied::donnees)
        .get("/plan-du-site", pied::plan)
}

/// Les réceptions : elles pèsent, et prennent le temps de traiter chaque ligne.
fn receptions() -> Routes {
    Routes { router: Router::new(), adresses: Vec::new() }
        .post("/reception", reception::depot::deposer)
        .post("/reception/{id}/colonnes", reception::correspondance::enregistrer)
}

/// L'interface de programme : ni session ni formulaire, chaque demande dit qui la fait.
fn interface() -> Routes {
    Routes { router: Router::new(), adresses: Vec::new() }
        .post("/api/v1/notices", api::notices::deposer)
        .post("/api/v1/actes", api::actes::consigner)
        .get("/api/v1/dossiers", api::dossiers::montrer_la_liste)
        .get("/api/v1/dossiers/{reference}", api::dossiers::montrer)
        .get("/api/v1/dossiers/{reference}/echeances", api::dossiers::montrer_ses_echeances)
        .get("/api/v1/echeances", api::dossiers::montrer_les_echeances)
        .get("/api/v1/changements", api::changements::suivre)
        .get("/api/v1/courriers", api::courriers::montrer_la_liste)
        .get("/api/v1/courriers/{id}/pdf", api::courriers::ouvrir_le_pdf)
        .get("/api/v1/delai/{regle}", api::droit::calculer)
        .get("/api/v1/regles", api::droit::lister)
        .get("/api/v1/sante", api::sante::dire)
        .get("/api/v1/openapi.json", api::description::servir)
}

/// L'interface et ses refus : une adresse qu'elle n'a pas répond aussi par un problème.
fn interface_gardee(app: &App) -> Router<App> {
    interface()
        .router
        .layer(from_fn_with_state(app.clone(), api::garde::garder))
        .layer(from_fn_with_state(app.clone(), registre::inscrire::une_interface))
        .layer(from_fn_with_state(app.clone(), cadence::de_l_interface))
        .method_not_allowed_fallback(api::probleme::autre_methode)
        .route("/api/{*reste}", routing::any(api::probleme::adresse_inconnue))
        .layer(CatchPanicLayer::custom(api::probleme::apres_panique))
}

/// Hors des pages : ni session, ni page d'erreur.
fn autour() -> Routes {
    Routes { router: Router::new(), adresses: Vec::new() }
        .get("/statique/{nom}", statique::servir)
        .get("/favicon.ico", statique::icone)
        .get("/dsfr/{*fichier}", theme::servir)
        .get("/calendrier/{jeton}", calendrier::flux::servir)
        .get("/sante", || async { "ok" })
}

/// Toutes les adresses.
#[must_use]
pub fn adresses() -> Vec<Adresse> {
    let mut adresses = pages().adresses;
    adresses.extend(receptions().adresses);
    adresses.extend(interface().adresses);
    adresses.extend(autour().adresses);
    adresses.sort();
    adresses
}

/// Le service entier : pages, erreurs, en-têtes, limites.
pub fn router(app: App) -> Router {
    pages()
        .router
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(DefaultBodyLimit::max(FORMULAIRE_MAXIMAL))
        .merge(receptions().router.layer(DefaultBodyLimit::max(ENVOI_MAXIMAL)))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(app.clone(), registre::inscrire::une_page))
        .layer(from_fn_with_state(app.clone(), cadence::du_public))
        .layer(CatchPanicLayer::custom(erreur::apres_panique))
        .layer(from_fn_with_state(app.clone(), reprise::garder))
        .layer(from_fn_with_state(app.clone(), erreur::habiller))
        .layer(from_fn_with_state(app.clone(), session::reconnaitre))
        .layer(from_fn_with_state(app.clone(), cookies::marquer))
        .layer(from_fn(entetes::du_meme_site))
        .merge(interface_gardee(&app))
        .merge(autour().router)
        .layer(from_fn_with_state(app.clone(), entetes::poser))
        .layer(CompressionLayer::new())
        .with_state(app)
}
