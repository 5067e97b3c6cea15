//! Vingt personnes connectées lisent les pages d'une grande base, servies par le vrai serveur.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use usages::cle::Cle;
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::portier::{Portier, Visiteur};
use usages::compte::regles::Regles;
use usages::compte::secret::Secret;
use usages::maison::Maison;
use web::app::{App, Config};

use super::atelier::Atelier;
use super::client::Client;
use super::mesure::{But, Rapport, centile, micros, par_seconde};
use crate::commandes::hasard;

const BANC: &str = "pages";
const PERSONNES: u64 = 20;
/// Les pages que chacun lit, dans chaque passage.
const PAGES: u64 = 200;
/// Le temps de lire une page avant d'en demander une autre, au second passage.
const LECTURE: Duration = Duration::from_millis(150);

const SOUS_COMMISSIONS: [&str; 7] =
    ["arras", "bethune", "boulogne", "calais", "lens", "montreuil", "saint-omer"];
const LISTES: [&str; 6] = [
    "/dossiers",
    "/dossiers?service=caf",
    "/dossiers?statut=eligible&service=departement",
    "/dossiers?stade=assignation_delivree",
    "/dossiers?file=a_completer",
    "/dossiers?tri=maj",
];

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    let (aujourd_hui, maintenant) = (atelier.aujourd_hui, atelier.maintenant);
    let base = atelier.grande(rapport).await?;
    let (maison, dossiers) = (base.maison.clone(), base.dossiers);
    let mut jetons = Vec::new();
    for numero in 0..PERSONNES {
        jetons.push(connecter(&maison, numero, maintenant).await?);
    }
    let config = Config {
        environnement: String::new(),
        https: false,
        url: String::new(),
        regles: Regles::au_choix(SignedDuration::from_hours(8)),
        cle: Cle::de([7; 32]),
        fournisseur: None,
        mandataires: Vec::new(),
        fuseau: TimeZone::UTC,
        aujourd_hui: Box::new(move || aujourd_hui),
        maintenant: Box::new(move || maintenant),
        heure: Box::new(move || maintenant),
        hasard: Box::new(hasard),
    };
    let ecoute = TcpListener::bind(("127.0.0.1", 0)).await?;
    let adresse = ecoute.local_addr()?;
    let (arreter, arret) = oneshot::channel::<()>();
    let app = App::nouvelle(maison, config);
    let serveur = tokio::spawn(web::serveur::servir(app, ecoute, async move {
        arret.await.ok();
    }));
    let jetons = Arc::new(jetons);
    for (titre, pause) in [
        ("chacun enchaîne ses pages", Duration::ZERO),
        ("chacun lit 150 ms avant la suivante", LECTURE),
    ] {
        rapport.titre(&format!(
            "Pages, {dossiers} dossiers, {PERSONNES} personnes à la fois ; {titre}"
        ));
        let debut = Instant::now();
        let mut temps = passage(adresse, &jetons, pause).await?;
        let duree = debut.elapsed();
        let mut tous: Vec<u64> = temps.values().flatten().copied().collect();
        let prefixe = if pause.is_zero() { "sans pause" } else { "avec pause" };
        for (page, mesures) in &mut temps {
            rapport.note(
                BANC,
                &format!("{prefixe}, {page}, p50"),
                centile(mesures, 500),
                "µs",
                But::Aucun,
            );
            rapport.note(
                BANC,
                &format!("{prefixe}, {page}, p99"),
                centile(mesures, 990),
                "µs",
                But::AuPlus(30_000),
            );
        }
        rapport.note(
            BANC,
            &format!("{prefixe}, toutes, p99"),
            centile(&mut tous, 990),
            "µs",
            But::AuPlus(30_000),
        );
        rapport.note(
            BANC,
            &format!("{prefixe}, débit"),
            par_seconde(tous.len() as u64, duree),
            "pages/s",
            But::Aucun,
        );
        rapport.note(
            BANC,
            &format!("{prefixe}, durée du passage"),
            micros(duree) / 1_000,
            "ms",
            But::Aucun,
        );
    }
    arreter.send(()).ok();
    serveur.await??;
    Ok(())
}

/// Un compte et sa session : un secrétariat central pour deux sous-commissions.
async fn connecter(
    maison: &Maison,
    numero: u64,
    maintenant: jiff::Timestamp,
) -> anyhow::Result<String> {
    let rang = usize::try_from(numero)? % (SOUS_COMMISSIONS.len() + 3);
    let sous_commission = SOUS_COMMISSIONS.get(rang).map(|code| (*code).to_owned());
    let agent = Agent {
        id: AgentId(0),
        nom: format!("Personne {numero}"),
        organisme: "Préfecture".to_owned(),
        role: if sous_commission.is_some() {
            Role::SecretariatSousCommission
        } else {
            Role::SecretariatCentral
        },
        profil: "62".to_owned(),
        sous_commission,
        service: None,
        communes: Vec::new(),
    };
    // Une base gardée a déjà les comptes de la fois d'avant.
    let identifiant = format!("banc-{}-{numero}", maintenant.as_millisecond());
    let nouveau = NouveauCompte { identifiant: identifiant.clone(), agent, fin: None };
    let secret = Secret::tire(&hasard());
    creer_sans_personne(&maison.stockage, nouveau, &secret, maintenant, hasard()).await?;
    let regles = Regles::au_choix(SignedDuration::from_hours(8));
    let portier = Portier {
        stockage: &maison.stockage,
        cle: &Cle::de([7; 32]),
        regles: &regles,
        aujourd_hui: maintenant.to_zoned(TimeZone::UTC).date(),
        maintenant,
        heure: maintenant,
        hasard: &hasard,
    };
    Ok(portier.entrer(&identifiant, &secret, &Visiteur::default(), None).await?.jeton)
}

type Temps = BTreeMap<&'static str, Vec<u64>>;

async fn passage(
    adresse: SocketAddr,
    jetons: &Arc<Vec<String>>,
    pause: Duration,
) -> anyhow::Result<Temps> {
    let mut personnes: JoinSet<anyhow::Result<Temps>> = JoinSet::new();
    for numero in 0..jetons.len() {
        let jetons = Arc::clone(jetons);
        personnes.spawn(async move {
            let mut client = Client::nouveau(adresse, &jetons[numero]).await?;
            une_personne(&mut client, numero, pause).await
        });
    }
    let mut temps = Temps::new();
    while let Some(personne) = personnes.join_next().await {
        for (page, mesures) in personne?? {
            temps.entry(page).or_default().extend(mesures);
        }
    }
    Ok(temps)
}

/// Accueil, liste filtrée, recherche par nom, dossier ; puis de nouveau, ailleurs.
async fn une_personne(
    client: &mut Client,
    numero: usize,
    pause: Duration,
) -> anyhow::Result<Temps> {
    let mut temps = Temps::new();
    let mut dossiers: Vec<String> = Vec::new();
    let mut noms: Vec<String> = Vec::new();
    for tour in 0..usize::try_from(PAGES)? {
        let (page, chemin) = match tour % 4 {
            0 => ("accueil", "/".to_owned()),
            1 => ("liste filtrée", LISTES[(numero + tour / 4) % LISTES.len()].to_owned()),
            2 => ("recherche par nom", recherche(&noms, numero + tour)),
            _ => match dossiers.get((numero * 7 + tour) % dossiers.len().max(1)) {
                Some(chemin) => ("dossier", chemin.clone()),
                None => {
                    bail!("La liste des dossiers est vide : la base n'est pas celle d'un banc.")
                }
            },
        };
        let reponse = client.lire(&chemin).await?;
        ensure!(reponse.statut == 200, "{chemin} répond {}", reponse.statut);
        // Le premier tour ouvre les connexions de la base et prépare les requêtes.
        if tour >= 4 {
            temps.entry(page).or_default().push(reponse.serveur);
        }
        if page != "accueil" && page != "dossier" {
            lire_la_liste(&reponse.corps, &mut dossiers, &mut noms);
        }
        tokio::time::sleep(pause).await;
    }
    Ok(temps)
}

fn recherche(noms: &[String], tour: usize) -> String {
    let nom = noms.get(tour % noms.len().max(1)).map_or("delbart", String::as_str);
    format!("/dossiers?q={nom}")
}

/// Les dossiers d'une liste, et les noms de famille qu'on cherchera.
fn lire_la_liste(corps: &str, dossiers: &mut Vec<String>, noms: &mut Vec<String>) {
    let liens =
        corps.split("href=\"/dossiers/62-").skip(1).filter_map(|suite| suite.split_once("</a>"));
    for (lien, _) in liens {
        let Some((reference, texte)) = lien.split_once("\">") else { continue };
        dossiers.push(format!("/dossiers/62-{reference}"));
        let nom = texte.trim().split(' ').next().unwrap_or_default();
        if nom.len() > 3 && nom.bytes().all(|b| b.is_ascii_alphabetic()) {
            noms.push(nom.to_lowercase());
        }
    }
}
