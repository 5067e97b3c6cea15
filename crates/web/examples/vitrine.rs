//! Le service entier sur une base éphémère, avec les fichiers d'exemple reçus : pour regarder les pages.
//!
//! `cargo run -p web --example vitrine`, puis http://127.0.0.1:8431 : l'identifiant est le nom d'un
//! rôle (`secretariat_central`, `administrateur`…), le mot de passe « vitrine de seuil ».

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ccapex::identifiants::AgentId;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use stockage::base::Stockage;
use usages::cle::Cle;
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::regles::Regles;
use usages::compte::secret::Secret;
use usages::maison::Maison;
use usages::reception::{Fichier, recevoir};
use web::app::{App, Config};
use web::serveur::servir;

const FICHIERS: [(&str, Nature); 8] = [
    ("cdp-archives-2017.csv", Nature::Cdp),
    ("cdp-etude.csv", Nature::Cdp),
    ("cdp-export-tableur.csv", Nature::Cdp),
    ("cdp-listing.xlsx", Nature::Cdp),
    ("cdp-liste.ods", Nature::Cdp),
    ("cdp-unicode.txt", Nature::Cdp),
    ("cdp-logiciel.json", Nature::Cdp),
    ("assignations.csv", Nature::Assignation),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let stockage = Stockage::ephemere().await?;
    let maison = Maison::new(stockage.clone())?;
    let maintenant: Timestamp = "2026-11-21T09:14:00Z".parse()?;
    for role in Role::TOUS {
        let agent = Agent {
            id: AgentId(0),
            nom: "WALLART Odile".to_owned(),
            organisme: "Sous-préfecture d'Arras".to_owned(),
            role,
            profil: "62".to_owned(),
            sous_commission: Some("arras".to_owned()),
            service: Some("caf".to_owned()),
            communes: vec!["62041".to_owned()],
            responsable: false,
            suppleances: Vec::new(),
        };
        let nouveau = NouveauCompte { identifiant: role.code().to_owned(), agent, fin: None };
        let secret = Secret::saisi("vitrine de seuil");
        creer_sans_personne(&stockage, nouveau, &secret, maintenant, [7; 32]).await?;
    }
    let exemples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exemples");
    let depot = Agent::programme("62").peut_deposer()?;
    let aujourd_hui = date(2026, 11, 21);
    for (nom, nature) in FICHIERS {
        let fichier = Fichier {
            nom: nom.to_owned(),
            octets: Arc::from(std::fs::read(exemples.join(nom))?),
            nature: Some(nature),
            emetteur: String::new(),
            correspondance: None,
        };
        recevoir(&maison, &depot, fichier, aujourd_hui, maintenant, |_| ()).await?;
    }
    let tirage = AtomicU64::new(1);
    let config = Config {
        environnement: "Vitrine".to_owned(),
        https: false,
        url: "http://seuil.test".to_owned(),
        regles: Regles::au_choix(SignedDuration::from_hours(8)),
        cle: Cle::de([7; 32]),
        fournisseur: None,
        mandataires: Vec::new(),
        fuseau: TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3")?,
        aujourd_hui: Box::new(move || aujourd_hui),
        maintenant: Box::new(move || maintenant),
        heure: Box::new(move || maintenant),
        // Une vitrine sur sa propre machine n'a rien à cacher.
        hasard: Box::new(move || {
            let n = tirage.fetch_add(1, Ordering::Relaxed).to_le_bytes();
            std::array::from_fn(|i| n[i % 8])
        }),
    };
    let ecoute = tokio::net::TcpListener::bind("127.0.0.1:8431").await?;
    servir(App::nouvelle(maison, config), ecoute, std::future::pending()).await?;
    Ok(())
}
