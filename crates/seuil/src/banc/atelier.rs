//! L'atelier : le dossier de travail, les bases qu'on y remplit par la vraie réception.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::Statut;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::base::{Stockage, UrlDeBase};
use usages::maison::Maison;
use usages::reception::{Fichier, Recu, recevoir};

use super::mesure::{Rapport, par_seconde};
use super::notices::Notices;
use crate::sortie;

/// Les lignes d'un fichier de remplissage, et les assignations qui le suivent.
const FICHIER: u64 = 50_000;
const ASSIGNATIONS: u64 = 4_000;

/// La suite de la procédure : pour mille dossiers, ceux qui vont jusque-là.
const SUITES: [(Nature, u64); 3] =
    [(Nature::Decision, 60), (Nature::Cql, 40), (Nature::RequisitionCfp, 25)];

/// Le fichier de la plus grande base.
pub(crate) const GRANDE: &str = "grande.db";

/// Le dossier de travail et ce qu'il contient.
pub(crate) struct Atelier {
    dossier: PathBuf,
    a_effacer: bool,
    pub(crate) notices: Notices,
    pub(crate) aujourd_hui: Date,
    pub(crate) maintenant: Timestamp,
    /// Les lignes du banc de réception.
    pub(crate) lignes: u64,
    /// Les dossiers de la plus grande base.
    pub(crate) dossiers: u64,
    grande: Option<Base>,
}

/// Une base, et où en sont les fichiers qu'elle a reçus.
pub(crate) struct Base {
    pub(crate) chemin: PathBuf,
    pub(crate) maison: Maison,
    pub(crate) dossiers: u64,
    commandements: u64,
    assignations: u64,
}

/// Ce qu'une réception a donné.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bilan {
    pub(crate) lignes: u64,
    pub(crate) eligibles: u64,
    pub(crate) incomplets: u64,
    pub(crate) doublons: u64,
    /// Les lignes qui ont rejoint un dossier connu.
    pub(crate) rejoints: u64,
    /// Les lignes qui ont posé une question.
    pub(crate) questions: u64,
    pub(crate) ouverts: u64,
    pub(crate) duree: Duration,
}

/// Ce que la ligne de commande a demandé.
pub(crate) struct Demande<'a> {
    pub(crate) travail: Option<&'a Path>,
    pub(crate) lignes: u64,
    pub(crate) dossiers: u64,
    pub(crate) aujourd_hui: Date,
    pub(crate) maintenant: Timestamp,
}

impl Atelier {
    pub(crate) fn ouvrir(demande: &Demande<'_>) -> anyhow::Result<Self> {
        let dossier = demande.travail.map_or_else(
            || std::env::temp_dir().join(format!("seuil-banc-{}", std::process::id())),
            Path::to_owned,
        );
        std::fs::create_dir_all(&dossier).with_context(|| {
            format!("Le dossier de travail {} ne peut pas être créé", dossier.display())
        })?;
        Ok(Self {
            dossier,
            a_effacer: demande.travail.is_none(),
            notices: Notices::au(demande.aujourd_hui),
            aujourd_hui: demande.aujourd_hui,
            maintenant: demande.maintenant,
            lignes: demande.lignes,
            dossiers: demande.dossiers,
            grande: None,
        })
    }

    /// Une base neuve.
    pub(crate) async fn base_neuve(&self, nom: &str) -> anyhow::Result<Base> {
        let chemin = self.dossier.join(nom);
        if chemin.try_exists()? {
            bail!(
                "{} existe déjà : un banc part d'une base neuve. Effacez ce fichier, ou donnez un autre dossier avec --travail.",
                chemin.display()
            );
        }
        let maison = Maison::new(Stockage::ouvrir(&UrlDeBase::fichier(&chemin)).await?)?;
        Ok(Base { chemin, maison, dossiers: 0, commandements: 0, assignations: 0 })
    }

    /// La grande base d'une fois précédente, telle quelle : on la lit, on ne la remplit plus.
    async fn base_gardee(&self) -> anyhow::Result<Base> {
        let chemin = self.dossier.join(GRANDE);
        let maison = Maison::new(Stockage::ouvrir(&UrlDeBase::fichier(&chemin)).await?)?;
        let perimetre = Agent::programme("62").perimetre();
        let nombres =
            maison.stockage.compteurs(&perimetre, self.aujourd_hui, self.aujourd_hui).await?;
        let dossiers = u64::try_from(nombres.ouverts)?;
        if dossiers < self.dossiers {
            bail!(
                "{} n'a que {dossiers} dossiers. Effacez ce fichier pour qu'il soit rempli de nouveau, ou demandez-en moins avec --dossiers.",
                chemin.display()
            );
        }
        Ok(Base { chemin, maison, dossiers, commandements: 0, assignations: 0 })
    }

    /// Ferme une base dont on n'a plus besoin, et l'efface.
    pub(crate) async fn jeter(&self, base: Base) -> anyhow::Result<()> {
        base.maison.stockage.fermer().await;
        std::fs::remove_file(&base.chemin)?;
        Ok(())
    }

    /// La plus grande base, remplie au premier besoin, et partagée par les bancs qui la lisent.
    pub(crate) async fn grande(&mut self, rapport: &Rapport) -> anyhow::Result<&Base> {
        let mut base = match self.grande.take() {
            Some(base) => base,
            None if self.dossier.join(GRANDE).try_exists()? => self.base_gardee().await?,
            None => self.base_neuve(GRANDE).await?,
        };
        if base.dossiers < self.dossiers {
            let debut = Instant::now();
            let bilan = self.remplir(&mut base, self.dossiers).await?;
            rapport.titre(&format!(
                "Base de {} dossiers remplie par la réception : {} lignes en {} s, {} lignes/s",
                base.dossiers,
                bilan.lignes,
                debut.elapsed().as_secs(),
                par_seconde(bilan.lignes, bilan.duree),
            ));
        }
        Ok(self.grande.insert(base))
    }

    /// Une copie de la plus grande base, où des procédures sont allées plus loin : décisions,
    /// commandements de quitter les lieux, réquisitions.
    pub(crate) async fn copie_avancee(
        &mut self,
        nom: &str,
        rapport: &Rapport,
    ) -> anyhow::Result<Base> {
        let grande = self.grande(rapport).await?;
        let (dossiers, stockage) = (grande.dossiers, grande.maison.stockage.clone());
        let chemin = self.dossier.join(nom);
        stockage.sauvegarder(&chemin).await?;
        let maison = Maison::new(Stockage::ouvrir(&UrlDeBase::fichier(&chemin)).await?)?;
        let mut base = Base { chemin, maison, dossiers, commandements: 0, assignations: 0 };
        let mut total = Bilan::default();
        for (nature, pour_mille) in SUITES {
            let lignes = dossiers * pour_mille / 1_000;
            let octets = self.notices.suite(nature, 0..lignes, dossiers);
            total
                .ajoute(self.recevoir(&mut base, format!("{nature:?}.csv"), octets, nature).await?);
        }
        rapport.titre(&format!(
            "Copie de {dossiers} dossiers, et {} actes de la suite de la procédure en {} s",
            total.lignes,
            total.duree.as_secs()
        ));
        Ok(base)
    }

    /// Garde cette base pour les bancs suivants.
    pub(crate) fn garder(&mut self, base: Base) {
        self.grande = Some(base);
    }

    /// Reçoit des fichiers jusqu'à ce que la base ait ce nombre de dossiers.
    pub(crate) async fn remplir(&self, base: &mut Base, dossiers: u64) -> anyhow::Result<Bilan> {
        let mut total = Bilan::default();
        while base.dossiers < dossiers {
            // Une ligne sur dix répète un ménage : un peu plus de lignes que de dossiers.
            let manquent = dossiers - base.dossiers;
            let lignes = (manquent + manquent / 8 + 1).min(FICHIER);
            total.ajoute(self.commandements(base, lignes).await?);
            let assignations = lignes * ASSIGNATIONS / FICHIER;
            total.ajoute(self.assignations(base, assignations).await?);
            sortie::message(&format!(
                "{} dossiers, {} lignes/s sur les {} premières",
                base.dossiers,
                par_seconde(total.lignes, total.duree),
                total.lignes
            ));
        }
        Ok(total)
    }

    /// Reçoit les commandements suivants.
    pub(crate) async fn commandements(
        &self,
        base: &mut Base,
        lignes: u64,
    ) -> anyhow::Result<Bilan> {
        let fin = base.commandements + lignes;
        let octets = self.notices.commandements(base.commandements..fin);
        let nom = format!("cdp-{}.csv", base.commandements);
        base.commandements = fin;
        self.recevoir(base, nom, octets, Nature::Cdp).await
    }

    async fn assignations(&self, base: &mut Base, lignes: u64) -> anyhow::Result<Bilan> {
        let fin = base.assignations + lignes;
        let octets = self.notices.assignations(base.assignations..fin, base.commandements);
        let nom = format!("assignations-{}.csv", base.assignations);
        base.assignations = fin;
        self.recevoir(base, nom, octets, Nature::Assignation).await
    }

    async fn recevoir(
        &self,
        base: &mut Base,
        nom: String,
        octets: Vec<u8>,
        nature: Nature,
    ) -> anyhow::Result<Bilan> {
        let depot = Agent::programme("62").peut_deposer()?;
        let fichier = Fichier {
            nom,
            octets: octets.into(),
            nature: Some(nature),
            emetteur: "banc".to_owned(),
            correspondance: None,
        };
        let mut bilan = Bilan::default();
        let debut = Instant::now();
        let recu = recevoir(
            &base.maison,
            &depot,
            fichier,
            self.aujourd_hui,
            self.maintenant,
            |reponses| {
                for reponse in &reponses {
                    bilan.compte(reponse.statut, reponse.rapprochement);
                }
            },
        )
        .await?;
        bilan.duree = debut.elapsed();
        if let Recu::Refuse(refuse, _) = recu {
            bail!("Le fichier engendré est refusé : {}", refuse.motif);
        }
        base.dossiers += bilan.ouverts;
        Ok(bilan)
    }
}

impl Drop for Atelier {
    fn drop(&mut self) {
        if self.a_effacer {
            // Le système efface aussi ce qui reste dans le dossier temporaire.
            std::fs::remove_dir_all(&self.dossier).ok();
        }
    }
}

impl Bilan {
    fn compte(&mut self, statut: Statut, rapprochement: Option<&str>) {
        self.lignes += 1;
        self.eligibles += u64::from(statut == Statut::Eligible);
        self.incomplets += u64::from(statut == Statut::Incomplet);
        self.doublons += u64::from(statut == Statut::Doublon);
        self.rejoints += u64::from(rapprochement == Some("certain"));
        self.questions += u64::from(rapprochement == Some("a_confirmer"));
        self.ouverts += u64::from(matches!(rapprochement, Some("nouveau" | "a_confirmer")));
    }

    fn ajoute(&mut self, autre: Self) {
        self.lignes += autre.lignes;
        self.eligibles += autre.eligibles;
        self.incomplets += autre.incomplets;
        self.doublons += autre.doublons;
        self.rejoints += autre.rejoints;
        self.questions += autre.questions;
        self.ouverts += autre.ouverts;
        self.duree += autre.duree;
    }
}
