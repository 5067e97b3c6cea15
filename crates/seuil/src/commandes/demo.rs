//! `seuil demo` : le programme entier, sur une base neuve, avec les notices d'exemple.

use std::process::ExitCode;

use anyhow::{anyhow, bail};
use ccapex::identifiants::AgentId;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::{Agent, Role};
use stockage::base::UrlDeBase;
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::secret::Secret;
use usages::maison::Maison;
use usages::reception::{Fichier, Recu, recevoir};

use crate::commandes::servir::{Reglages, ecouter, hasard, servir};
use crate::horloge::Horloge;
use crate::ligne::{Commun, Serveur};
use crate::sortie;

macro_rules! exemple {
    ($profil:literal, $nature:ident, $nom:literal) => {
        (
            $profil,
            Nature::$nature,
            $nom,
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../exemples/", $nom))
                .as_slice(),
        )
    };
}

/// Les notices d'exemple, dans l'ordre où une année les apporterait.
const EXEMPLES: [(&str, Nature, &str, &[u8]); 9] = [
    exemple!("62", Cdp, "cdp-archives-2017.csv"),
    exemple!("62", Cdp, "cdp-etude.csv"),
    exemple!("62", Cdp, "cdp-export-tableur.csv"),
    exemple!("62", Cdp, "cdp-listing.xlsx"),
    exemple!("62", Cdp, "cdp-liste.ods"),
    exemple!("62", Cdp, "cdp-unicode.txt"),
    exemple!("62", Cdp, "cdp-logiciel.json"),
    exemple!("62", Assignation, "assignations.csv"),
    exemple!("75", Cdp, "cdp-paris.csv"),
];

/// Identifiant, nom, organisme, rôle, profil, sous-commission, service.
type CompteDExemple = (
    &'static str,
    &'static str,
    &'static str,
    Role,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

/// Un compte par rôle.
#[rustfmt::skip]
const COMPTES: [CompteDExemple; 10] = [
    ("admin", "Camille Morel", "Préfecture", Role::Administrateur, "62", None, None),
    (
        "central",
        "Dominique Lefort",
        "Préfecture du Pas-de-Calais",
        Role::SecretariatCentral,
        "62",
        None,
        None,
    ),
    (
        "arras",
        "Claude Vasseur",
        "Sous-commission d'Arras",
        Role::SecretariatSousCommission,
        "62",
        Some("arras"),
        None,
    ),
    (
        "lens",
        "Maxime Carlier",
        "Sous-préfecture de Lens",
        Role::SecretariatSousCommission,
        "62",
        Some("lens"),
        None,
    ),
    (
        "departement",
        "Alix Delattre",
        "Maison du département solidarité",
        Role::ServiceSocial,
        "62",
        None,
        Some("departement"),
    ),
    (
        "caf",
        "Sacha Hoareau",
        "Caf du Pas-de-Calais",
        Role::OrganismePayeur,
        "62",
        None,
        Some("caf"),
    ),
    (
        "msa",
        "Charlie Boulanger",
        "MSA Nord-Pas de Calais",
        Role::OrganismePayeur,
        "62",
        None,
        Some("msa"),
    ),
    ("etude", "Lou Hanot", "SCP Hanot Bécu", Role::CommissaireDeJustice, "62", None, None),
    ("pilotage", "Noa Ferrand", "Direction départementale", Role::Lecteur, "62", None, None),
    ("paris", "Eden Martel", "Secrétariat de Paris", Role::SecretariatCentral, "75", None, None),
];

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    serveur: Serveur,
) -> anyhow::Result<ExitCode> {
    let url: UrlDeBase = commun.base.parse().map_err(|e| anyhow!("{e}"))?;
    let Some(chemin) = url.chemin() else {
        bail!(
            "La démonstration n'écrit que dans une base embarquée neuve. Donnez par exemple --base sqlite:./demo.db"
        );
    };
    if chemin.try_exists()? {
        bail!(
            "{} existe déjà : la démonstration ne touche pas à une base existante. Effacez ce fichier, ou donnez-en un autre : --base sqlite:./demo.db. Pour rouvrir celle-ci : seuil servir",
            chemin.display()
        );
    }
    if !serveur.adresse.ip().is_loopback() {
        bail!(
            "La démonstration n'est servie qu'à cette machine : donnez une adresse locale, par exemple --adresse 127.0.0.1:8080"
        );
    }
    let ecoute = ecouter(serveur.adresse).await?;
    let maison = super::maison(commun).await?;
    remplir(&maison, horloge).await?;
    let comptes = ouvrir_les_comptes(&maison, horloge).await?;
    sortie::message(&format!(
        "\nSeuil, démonstration, au {} : http://{}\n",
        droit::jour::Jour(horloge.aujourd_hui()),
        ecoute.local_addr()?
    ));
    for (identifiant, agent, secret) in comptes {
        sortie::message(&format!(
            "  {identifiant:<12} {:<24} {} ({})",
            secret.en_clair(),
            agent.role.libelle(),
            agent.organisme
        ));
    }
    sortie::message("\nAucun courriel ne part d'une démonstration. Ctrl-C pour arrêter.");
    let reglages = Reglages { environnement: "Démonstration", https: false, session_minutes: 480 };
    servir(maison, horloge, ecoute, &reglages).await
}

async fn remplir(maison: &Maison, horloge: &Horloge) -> anyhow::Result<()> {
    for (profil, nature, nom, octets) in EXEMPLES {
        let depot = Agent::programme(profil).peut_deposer()?;
        let fichier = Fichier {
            nom: nom.to_owned(),
            octets: octets.into(),
            nature: Some(nature),
            emetteur: "secrétariat".to_owned(),
            correspondance: None,
        };
        let recu =
            recevoir(maison, &depot, fichier, horloge.aujourd_hui(), horloge.maintenant(), |_| {})
                .await?;
        match recu {
            Recu::Lu(bilan) => sortie::message(&format!("{nom} : {} lignes reçues", bilan.lignes)),
            Recu::Refuse(refuse, _) => bail!("L'exemple {nom} est refusé : {}", refuse.motif),
        }
    }
    Ok(())
}

async fn ouvrir_les_comptes(
    maison: &Maison,
    horloge: &Horloge,
) -> anyhow::Result<Vec<(&'static str, Agent, Secret)>> {
    let mut comptes = Vec::new();
    for (identifiant, nom, organisme, role, profil, sous_commission, service) in COMPTES {
        let agent = Agent {
            id: AgentId(0),
            nom: nom.to_owned(),
            organisme: organisme.to_owned(),
            role,
            profil: profil.to_owned(),
            sous_commission: sous_commission.map(str::to_owned),
            service: service.map(str::to_owned),
        };
        let secret = Secret::tire(&hasard());
        let nouveau = NouveauCompte { identifiant: identifiant.to_owned(), agent: agent.clone() };
        creer_sans_personne(&maison.stockage, nouveau, &secret, horloge.maintenant(), hasard())
            .await?;
        comptes.push((identifiant, agent, secret));
    }
    Ok(comptes)
}
