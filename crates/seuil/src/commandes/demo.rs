//! `seuil demo` : le programme entier, sur une base neuve, avec les notices d'exemple et des dossiers à
//! chaque stade.

mod comptes;
mod diagnostic;
mod jouer;
mod scenes;

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use anyhow::bail;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use jiff::SignedDuration;
use stockage::base::{Stockage, UrlDeBase};
use usages::cle::Cle;
use usages::compte::regles::Regles;
use usages::maison::Maison;
use usages::reception::{Fichier, Recu, recevoir};
use usages::veille::veiller;

use self::comptes::Compte;
use self::jouer::{Joue, jouer};
use self::scenes::{Scene, scenes};
use crate::commandes::servir::{Reglages, ecouter, hasard, servir, theme};
use crate::commandes::veiller::veiller_en_fond;
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

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    serveur: Serveur,
) -> anyhow::Result<ExitCode> {
    if !serveur.adresse.ip().is_loopback() {
        bail!(
            "La démonstration n'est servie qu'à cette machine : donnez une adresse locale, par exemple --adresse 127.0.0.1:8080"
        );
    }
    let theme = theme(&serveur)?;
    let ecoute = ecouter(serveur.adresse).await?;
    let url: UrlDeBase = commun.base.parse()?;
    let stockage = Stockage::ouvrir_neuve(&url).await?;
    let maison = super::maison_sur(stockage, commun)?;
    let preparee = preparer(&maison, horloge).await?;
    veiller_en_fond(&maison, horloge, None);
    sortie::message(&format!(
        "\nSeuil, démonstration, au {} : http://{}\n",
        droit::jour::Jour(horloge.aujourd_hui()),
        ecoute.local_addr()?
    ));
    annoncer(&preparee);
    sortie::message(
        "\nEn service, secrétariats et administration donnent aussi un code ; ici, chacun choisit (« Mon compte »).",
    );
    sortie::message("Aucun courriel ne part d'une démonstration. Ctrl-C pour arrêter.");
    let reglages = Reglages {
        theme,
        environnement: "Démonstration",
        https: false,
        url: format!("http://{}", ecoute.local_addr()?),
        // Une démonstration s'ouvre d'un mot de passe : qui veut voir le second facteur en choisit un.
        regles: Regles::au_choix(SignedDuration::from_hours(8)),
        cle: Cle::de(hasard()),
        fournisseur: None,
        mandataires: Vec::new(),
        demandes_par_minute: serveur.demandes_par_minute,
    };
    servir(maison, horloge, ecoute, reglages).await
}

/// Une base de démonstration, prête à servir.
struct Preparee {
    comptes: Vec<Compte>,
    /// Chaque scène et le dossier qu'elle a ouvert.
    scenes: Vec<(Scene, Joue)>,
}

/// Reçoit les exemples, ouvre les comptes, joue les scènes, et veille jusqu'au jour même.
async fn preparer(maison: &Maison, horloge: &Horloge) -> anyhow::Result<Preparee> {
    remplir(maison, horloge).await?;
    mettre_en_scene(maison, horloge).await
}

/// Ouvre les comptes, joue les scènes, et veille jusqu'au jour même.
async fn mettre_en_scene(maison: &Maison, horloge: &Horloge) -> anyhow::Result<Preparee> {
    let comptes = comptes::ouvrir(maison, horloge).await?;
    let scenes = scenes(horloge.aujourd_hui())?;
    let joues = jouer(maison, &comptes, &scenes, horloge).await?;
    for profil in maison.profils() {
        veiller(maison, &profil.code, horloge.aujourd_hui()).await?;
    }
    Ok(Preparee { comptes, scenes: scenes.into_iter().zip(joues).collect() })
}

/// Dit avec quoi se connecter, et par où commencer.
fn annoncer(preparee: &Preparee) {
    for Compte { identifiant, secret, agent } in &preparee.comptes {
        sortie::message(&format!(
            "  {identifiant:<12} {:<24} {} ({})",
            secret.en_clair(),
            agent.role.libelle(),
            agent.organisme
        ));
    }
    sortie::message(&format!(
        "\n{} ménages suivis, à chaque stade, en retard ou à jour. Par exemple :\n",
        preparee.scenes.len()
    ));
    for (scene, joue) in preparee.scenes.iter().filter(|(scene, _)| scene.montre) {
        let reference = joue.reference.as_deref().unwrap_or_default();
        sortie::message(&format!("  {reference:<16} {}", scene.titre));
    }
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
