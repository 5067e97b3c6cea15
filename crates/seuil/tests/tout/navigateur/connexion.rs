//! Entrer pour de vrai : second facteur à la première connexion, et fournisseur d'identité d'un bout à l'autre.

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use epreuves::Dossier;
use epreuves::fournisseur::Fournisseur;
use epreuves::navigateur;
use epreuves::serveur::Serveur;
use usages::compte::totp::{SecretDeCodes, pas};

use super::pages::regarder;
use super::voir;

/// Un mot de `seuil compte …`, sur la base de ce dossier : ce qu'il écrit.
fn compte(dossier: &Dossier, arguments: &[&str]) -> String {
    let sortie = Command::new(env!("CARGO_BIN_EXE_seuil"))
        .args(["--base", "sqlite:./seuil.db", "compte"])
        .args(arguments)
        .current_dir(dossier.chemin())
        .output()
        .expect("seuil se lance");
    assert!(sortie.status.success(), "{}", String::from_utf8_lossy(&sortie.stderr));
    String::from_utf8_lossy(&sortie.stdout).trim().to_owned()
}

/// Le code que l'application affiche maintenant.
fn code(secret: &SecretDeCodes) -> String {
    let secondes = SystemTime::now().duration_since(UNIX_EPOCH).expect("après 1970").as_secs();
    secret.code(pas(i64::try_from(secondes).expect("une date")))
}

#[tokio::test]
async fn une_premiere_connexion_choisit_son_second_facteur_et_la_suivante_le_demande() {
    let dossier = Dossier::neuf("connexion");
    let cree = compte(
        &dossier,
        &[
            "creer",
            "admin",
            "--nom",
            "MOREL Camille",
            "--organisme",
            "Préfecture",
            "--role",
            "administrateur",
        ],
    );
    let secret = cree.split_whitespace().nth(1).expect("un mot de passe").to_owned();
    let service = Serveur::lancer_dans(
        dossier,
        env!("CARGO_BIN_EXE_seuil"),
        &["servir", "--base", "sqlite:./seuil.db"],
    );
    let page = navigateur::ouvrir().await;
    let entrer = async || {
        page.aller(&service.url("/connexion")).await;
        page.remplir("#identifiant", "admin").await;
        page.remplir("#secret", &secret).await;
        page.cliquer("main form button").await;
    };
    entrer().await;
    voir(&page, "h1", "Choisir un second facteur").await;
    let mut defauts = regarder(&page, "connexion-second-facteur").await;
    page.aller(&service.url("/comptes")).await;
    voir(&page, "h1", "Choisir un second facteur").await;
    let cle = SecretDeCodes::depuis_lettres(&voir(&page, ".cle", "").await).expect("une clé");
    page.remplir("#code", &code(&cle)).await;
    page.cliquer("main form button").await;
    voir(&page, "h1", "Votre second facteur est en place").await;
    defauts.extend(regarder(&page, "connexion-codes-de-secours").await);
    let secours = voir(&page, ".codes-de-secours code", "-").await;
    page.cliquer("main a.fr-btn").await;
    voir(&page, "h1", "Comptes").await;
    page.aller(&service.url("/mon-compte")).await;
    voir(&page, "h1", "Mon compte").await;
    defauts.extend(regarder(&page, "mon-compte").await);
    page.cliquer(".fr-header__tools form button").await;
    voir(&page, "h1", "Se connecter").await;
    entrer().await;
    voir(&page, "h1", "Votre code").await;
    defauts.extend(regarder(&page, "connexion-code").await);
    page.remplir("#code", &secours).await;
    page.cliquer("main form button").await;
    voir(&page, ".fr-header__user", "MOREL Camille").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}

#[tokio::test]
async fn une_personne_invitee_entre_par_le_fournisseur_d_identite_et_en_sort() {
    let dossier = Dossier::neuf("fournisseur");
    compte(
        &dossier,
        &[
            "inviter",
            "lea@exemple.fr",
            "--nom",
            "DURAND Léa",
            "--organisme",
            "Préfecture",
            "--role",
            "secretariat_central",
        ],
    );
    std::fs::write(dossier.chemin().join("secret"), "un secret d'essai\n")
        .expect("le secret s'écrit");
    let mut fournisseur = Fournisseur::reserver();
    let emetteur = fournisseur.emetteur();
    let reglages = [
        "servir",
        "--base",
        "sqlite:./seuil.db",
        "--oidc-emetteur",
        &emetteur,
        "--oidc-client",
        "seuil",
        "--oidc-secret",
        "./secret",
        "--oidc-adresses-verifiees",
    ];
    let service = Serveur::lancer_dans(dossier, env!("CARGO_BIN_EXE_seuil"), &reglages);
    let page = navigateur::ouvrir().await;
    page.aller(&service.url("/connexion")).await;
    page.cliquer("main a.fr-btn").await;
    voir(&page, "h1", "Le service d'identité ne répond pas").await;
    fournisseur.ouvrir(service.url("").as_str());
    let partir = async |fort: bool| {
        page.aller(&service.url("/connexion?suite=/regles")).await;
        page.cliquer("main a.fr-btn").await;
        voir(&page, "h1", "Qui êtes-vous").await;
        page.remplir("#personne", "lea").await;
        if fort {
            page.cliquer("#fort").await;
        }
    };
    partir(false).await;
    page.cliquer("#refuser").await;
    voir(&page, "h1", "Vous avez refusé").await;
    partir(true).await;
    page.cliquer("#entrer").await;
    voir(&page, ".fr-header__user", "DURAND Léa").await;
    voir(&page, "h1", "Règles en vigueur").await;
    page.cliquer(".fr-header__tools form button").await;
    // La page du fournisseur demande de confirmer.
    page.cliquer("button[name=logout]").await;
    voir(&page, "h1", "Se connecter").await;
    page.aller(&service.url("/connexion")).await;
    page.cliquer("main a.fr-btn").await;
    voir(&page, "h1", "Qui êtes-vous").await;
}
