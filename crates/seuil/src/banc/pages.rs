//! Des personnes connectées lisent les pages d'une grande base, servies par le vrai serveur : vingt pour
//! une journée ordinaire, cinquante pour les listes, la recherche et les dossiers.

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
use super::machine::{memoire, oublier_le_pic, pic_de_memoire};
use super::mesure::{But, Rapport, centile, micros, par_seconde};
use crate::commandes::hasard;

/// Une visite : combien de personnes, ce que chacune lit, et ce qu'on en attend.
struct Visite {
    banc: &'static str,
    personnes: u64,
    /// Les pages que chacun lit, dans chaque passage.
    pages: usize,
    /// Le temps de lire une page avant d'en demander une autre, au second passage.
    lecture: Duration,
    /// La page de ce tour : son nom au rapport, et son adresse.
    choisir: fn(usize, usize, &Vu) -> Option<(&'static str, String)>,
    /// Ce qu'on attend du p99 d'une page, quand on a le temps de la lire.
    but: fn(&str) -> But,
    /// Ce qu'on en attend quand chacun enchaîne : la saturation n'est pas l'usage.
    but_sans_pause: fn(&str) -> But,
}

/// Ce qu'une personne a déjà vu : où aller ensuite, qui chercher.
#[derive(Default)]
struct Vu {
    dossiers: Vec<String>,
    noms: Vec<String>,
}

const JOURNEE: Visite = Visite {
    banc: "pages",
    personnes: 20,
    pages: 200,
    lecture: Duration::from_millis(150),
    choisir: une_journee,
    but: |_| But::AuPlus(30_000),
    but_sans_pause: |_| But::AuPlus(30_000),
};

const CHARGE: Visite = Visite {
    banc: "charge",
    personnes: 50,
    pages: 120,
    // Cinquante personnes pressées : chacune ouvre trente pages par minute.
    lecture: Duration::from_secs(2),
    choisir: une_charge,
    but: |page| if page.starts_with("recherche") { But::AuPlus(50_000) } else { But::Aucun },
    but_sans_pause: |_| But::Aucun,
};

/// Ceux qui ouvrent les connexions, préparent les requêtes et trouvent les premiers dossiers.
const PREMIERS_TOURS: usize = 8;

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

/// Ce que filtrent, rangent et montrent les listes d'un secrétariat et d'un service.
const LISTES_CHARGEES: [&str; 10] = [
    "/dossiers",
    "/dossiers?service=caf&service=msa&par=100",
    "/dossiers?stade=assignation_delivree&stade=cdp_signifie",
    "/dossiers?commune=62498&commune=62041",
    "/dossiers?echeance=7j",
    "/dossiers?echeance=retard&service=departement",
    "/dossiers?tri=menage",
    "/dossiers?tri=dette&stade=assignation_delivree",
    "/dossiers?tri=commune&sens=inverse",
    "/dossiers?tri=reference&sens=inverse&colonne=menage&colonne=dette&colonne=qui",
];

/// Les questions les plus coûteuses : un nom porté par des milliers, une rue de chaque commune, un début.
const PIRES: [&str; 6] = [
    "martin",
    "rue jean jaures lens",
    "le",
    "rue de la gare",
    "martin jean",
    "12 rue victor hugo arras",
];

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    visiter(atelier, rapport, &JOURNEE).await
}

pub(crate) async fn mesurer_la_charge(
    atelier: &mut Atelier,
    rapport: &Rapport,
) -> anyhow::Result<()> {
    visiter(atelier, rapport, &CHARGE).await
}

async fn visiter(
    atelier: &mut Atelier,
    rapport: &Rapport,
    visite: &'static Visite,
) -> anyhow::Result<()> {
    let (banc, personnes) = (visite.banc, visite.personnes);
    let (aujourd_hui, maintenant) = (atelier.aujourd_hui, atelier.maintenant);
    let base = atelier.grande(rapport).await?;
    let (maison, dossiers) = (base.maison.clone(), base.dossiers);
    let mut jetons = Vec::new();
    for numero in 0..personnes {
        jetons.push(connecter(&maison, banc, numero, maintenant).await?);
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
    if let Some(repos) = memoire() {
        rapport.note(banc, "mémoire au repos", repos, "Mo", But::Aucun);
    }
    oublier_le_pic();
    let lit = format!("chacun lit {} ms avant la suivante", visite.lecture.as_millis());
    for (titre, pause) in
        [("chacun enchaîne ses pages", Duration::ZERO), (lit.as_str(), visite.lecture)]
    {
        rapport.titre(&format!(
            "Pages, {dossiers} dossiers, {personnes} personnes à la fois ; {titre}"
        ));
        let debut = Instant::now();
        let mut temps = passage(adresse, &jetons, pause, visite).await?;
        let duree = debut.elapsed();
        let mut tous: Vec<u64> = temps.values().flatten().copied().collect();
        let (prefixe, but) = if pause.is_zero() {
            ("sans pause", visite.but_sans_pause)
        } else {
            ("avec pause", visite.but)
        };
        for (page, mesures) in &mut temps {
            rapport.note(
                banc,
                &format!("{prefixe}, {page}, p50"),
                centile(mesures, 500),
                "µs",
                But::Aucun,
            );
            rapport.note(
                banc,
                &format!("{prefixe}, {page}, p99"),
                centile(mesures, 990),
                "µs",
                but(page),
            );
        }
        rapport.note(
            banc,
            &format!("{prefixe}, toutes, p99"),
            centile(&mut tous, 990),
            "µs",
            but("toutes"),
        );
        rapport.note(
            banc,
            &format!("{prefixe}, débit"),
            par_seconde(tous.len() as u64, duree),
            "pages/s",
            But::Aucun,
        );
        rapport.note(
            banc,
            &format!("{prefixe}, durée du passage"),
            micros(duree) / 1_000,
            "ms",
            But::Aucun,
        );
    }
    if let Some(pic) = pic_de_memoire() {
        rapport.note(banc, "mémoire sous la charge, au plus haut", pic, "Mo", But::Aucun);
    }
    arreter.send(()).ok();
    serveur.await??;
    Ok(())
}

/// Un compte et sa session : un secrétariat central pour deux sous-commissions.
async fn connecter(
    maison: &Maison,
    banc: &str,
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
        exceptions: std::collections::BTreeSet::new(),
        responsable: false,
        suppleances: Vec::new(),
    };
    // Une base gardée a déjà les comptes de la fois d'avant.
    let identifiant = format!("{banc}-{}-{numero}", maintenant.as_millisecond());
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
    visite: &'static Visite,
) -> anyhow::Result<Temps> {
    let mut personnes: JoinSet<anyhow::Result<Temps>> = JoinSet::new();
    for numero in 0..jetons.len() {
        let jetons = Arc::clone(jetons);
        personnes.spawn(async move {
            let mut client = Client::nouveau(adresse, &jetons[numero]).await?;
            une_personne(&mut client, numero, pause, visite).await
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

/// Une page après l'autre, chacune choisie d'après ce que les précédentes ont montré.
async fn une_personne(
    client: &mut Client,
    numero: usize,
    pause: Duration,
    visite: &Visite,
) -> anyhow::Result<Temps> {
    let mut temps = Temps::new();
    let mut vu = Vu::default();
    // Personne ne clique au même instant que tous les autres.
    let (rang, personnes) = (u32::try_from(numero)?, u32::try_from(visite.personnes)?);
    tokio::time::sleep(pause * rang / personnes).await;
    for tour in 0..visite.pages {
        let (page, chemin) = match (visite.choisir)(numero, tour, &vu) {
            Some(choisie) => choisie,
            // Une liste filtrée peut n'avoir rien montré : la liste entière, elle, a des dossiers.
            None if tour < PREMIERS_TOURS => ("liste entière", "/dossiers".to_owned()),
            None => bail!("La liste des dossiers est vide : la base n'est pas celle d'un banc."),
        };
        let reponse = client.lire(&chemin).await?;
        ensure!(reponse.statut == 200, "{chemin} répond {}", reponse.statut);
        if tour >= PREMIERS_TOURS {
            temps.entry(page).or_default().push(reponse.serveur);
        }
        if page.starts_with("liste") {
            lire_la_liste(&reponse.corps, &mut vu);
        }
        tokio::time::sleep(pause).await;
    }
    Ok(temps)
}

/// Accueil, liste filtrée, recherche par nom, dossier ; puis de nouveau, ailleurs.
fn une_journee(numero: usize, tour: usize, vu: &Vu) -> Option<(&'static str, String)> {
    Some(match tour % 4 {
        0 => ("accueil", "/".to_owned()),
        1 => ("liste filtrée", LISTES[(numero + tour / 4) % LISTES.len()].to_owned()),
        2 => ("recherche par nom", format!("/dossiers?q={}", vu.nom(numero + tour))),
        _ => ("dossier", vu.dossier(numero * 7 + tour)?),
    })
}

/// Listes, recherche sous toutes ses formes, dossier.
fn une_charge(numero: usize, tour: usize, vu: &Vu) -> Option<(&'static str, String)> {
    let rang = numero + tour / 6;
    Some(match tour % 6 {
        0 => ("liste", LISTES_CHARGEES[rang % LISTES_CHARGEES.len()].to_owned()),
        1 => ("recherche, un nom", chercher("/recherche", &vu.nom(rang))),
        2 => ("recherche, un nom abîmé", chercher("/recherche", &abimer(&vu.nom(rang)))),
        3 => ("recherche, les pires questions", chercher("/recherche", PIRES[rang % PIRES.len()])),
        4 => {
            let debut: String = vu.nom(rang).chars().take(2 + rang % 4).collect();
            ("recherche pendant la frappe", chercher("/recherche/propositions", &debut))
        }
        _ => ("dossier", vu.dossier(numero * 7 + tour)?),
    })
}

fn chercher(chemin: &str, question: &str) -> String {
    format!("{chemin}?q={}", question.replace(' ', "+"))
}

/// Deux lettres échangées : la faute la plus commune au clavier.
fn abimer(nom: &str) -> String {
    let mut lettres: Vec<char> = nom.chars().collect();
    if lettres.len() > 3 {
        lettres.swap(2, 3);
    }
    lettres.into_iter().collect()
}

impl Vu {
    fn nom(&self, tour: usize) -> String {
        self.noms.get(tour % self.noms.len().max(1)).map_or("delbart", String::as_str).to_owned()
    }

    fn dossier(&self, tour: usize) -> Option<String> {
        self.dossiers.get(tour % self.dossiers.len().max(1)).cloned()
    }
}

/// Les dossiers d'une liste, et les noms de famille qu'on cherchera.
fn lire_la_liste(corps: &str, vu: &mut Vu) {
    let liens =
        corps.split("href=\"/dossiers/62-").skip(1).filter_map(|suite| suite.split_once('"'));
    vu.dossiers.extend(liens.map(|(reference, _)| format!("/dossiers/62-{reference}")));
    let menages =
        corps.split("data-titre=\"Ménage\">").skip(1).filter_map(|suite| suite.split_once('<'));
    for (menage, _) in menages {
        let nom = menage.trim().split(' ').next().unwrap_or_default();
        if nom.len() > 3 && nom.bytes().all(|b| b.is_ascii_alphabetic()) {
            vu.noms.push(nom.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Vu, abimer, lire_la_liste};

    #[test]
    fn une_liste_donne_des_dossiers_a_ouvrir_et_des_noms_a_chercher() {
        let mut vu = Vu::default();
        lire_la_liste(
            "<a href=\"/dossiers/62-2026-000001\">62</a><td class=\"\" data-titre=\"Ménage\">DELBART Anna</td>",
            &mut vu,
        );
        assert_eq!(vu.dossier(3).as_deref(), Some("/dossiers/62-2026-000001"));
        assert_eq!(vu.nom(5), "delbart");
        assert_eq!(abimer("delbart"), "debla".to_owned() + "rt");
    }
}
