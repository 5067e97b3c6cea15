//! Une base neuve de chaque moteur, les personnes qui s'en servent, et la vérification qui clôt chaque essai.

use std::path::Path;
use std::sync::{Arc, Mutex};

use ccapex::identifiants::AgentId;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::profil::Profil;
use epreuves::Dossier;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use stockage::base::{Moteur, Stockage, UrlDeBase};
use tableur::correspondance::Correspondance;
use usages::echec::Echec;
use usages::entretien::reconstruire::reconstruire;
use usages::entretien::verifier::verifier;
use usages::maison::Maison;
use usages::reception::resultat::Reponse;
use usages::reception::{Fichier, Recu, recevoir};

use crate::brut::Brut;
use crate::notices::{Ligne, csv};

/// Le jour de tous les essais.
pub(crate) const AUJOURD_HUI: Date = date(2026, 11, 21);

pub(crate) fn maintenant() -> Timestamp {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

pub(crate) struct Appareil {
    pub(crate) maison: Maison,
    pub(crate) url: UrlDeBase,
    adresse: String,
    _dossier: Dossier,
}

/// Joue un scénario, puis demande à la base d'être ce que son journal dit.
pub(crate) async fn jouer<F: Future<Output = ()>>(
    moteur: Moteur,
    scenario: fn(Arc<Appareil>) -> F,
) {
    let appareil = Arc::new(Appareil::neuf(moteur).await);
    scenario(Arc::clone(&appareil)).await;
    appareil.est_ce_que_dit_son_journal().await;
}

impl Appareil {
    pub(crate) async fn neuf(moteur: Moteur) -> Self {
        let dossier = Dossier::neuf("usages");
        let adresse = match moteur {
            Moteur::Sqlite => format!("sqlite:{}", dossier.chemin().join("seuil.db").display()),
            Moteur::Postgres => epreuves::postgres::base("usages"),
        };
        let url: UrlDeBase = adresse.parse().unwrap();
        let stockage = Stockage::ouvrir(&url).await.unwrap();
        let maison = Maison::avec_profils(stockage, vec![profil_avec_mairies()]).unwrap();
        Self { maison, url, adresse, _dossier: dossier }
    }

    pub(crate) async fn brut(&self) -> Brut {
        Brut::ouvrir(&self.url, &self.adresse).await
    }

    /// Vérifier ne trouve rien, et reconstruire ne change rien.
    pub(crate) async fn est_ce_que_dit_son_journal(&self) {
        let verification = verifier(&self.maison).await.unwrap();
        assert_eq!(verification.defauts, Vec::<String>::new());
        let avant = self.maison.stockage.empreinte_des_vues().await.unwrap();
        let dossiers = reconstruire(&self.maison, None).await.unwrap();
        assert_eq!(dossiers, verification.dossiers);
        assert_eq!(self.maison.stockage.empreinte_des_vues().await.unwrap(), avant);
    }

    /// Reçoit un fichier, au nom de cette personne.
    pub(crate) async fn depose(
        &self,
        agent: &Agent,
        nom: &str,
        octets: Vec<u8>,
        nature: Option<Nature>,
        correspondance: Option<Correspondance>,
    ) -> Result<(Recu, Vec<Reponse>), Echec> {
        let reponses = Mutex::new(Vec::new());
        let fichier = Fichier {
            nom: nom.to_owned(),
            octets: octets.into(),
            nature,
            emetteur: "Dépôt du secrétariat".to_owned(),
            correspondance,
        };
        let depot = agent.peut_deposer()?;
        let recu = recevoir(&self.maison, &depot, fichier, AUJOURD_HUI, maintenant(), |lot| {
            reponses.lock().unwrap().extend(lot);
        })
        .await?;
        Ok((recu, reponses.into_inner().unwrap()))
    }

    /// Reçoit des lignes, et en attend une réponse chacune.
    pub(crate) async fn recoit(&self, nom: &str, lignes: &[Ligne]) -> Vec<Reponse> {
        let (recu, reponses) = self.depose(&central(), nom, csv(lignes), None, None).await.unwrap();
        assert!(matches!(recu, Recu::Lu(_)), "{nom} est refusé : {recu:?}");
        assert_eq!(reponses.len(), lignes.len(), "{nom}");
        reponses
    }

    /// Reçoit une seule notice.
    pub(crate) async fn recoit_une(&self, ligne: Ligne) -> Reponse {
        let nom = format!("{}.csv", self.prochain());
        self.recoit(&nom, &[ligne]).await.remove(0)
    }

    fn prochain(&self) -> u32 {
        use std::sync::atomic::{AtomicU32, Ordering};
        static SUIVANT: AtomicU32 = AtomicU32::new(1);
        SUIVANT.fetch_add(1, Ordering::Relaxed)
    }
}

/// Le fichier d'exemple de ce nom.
pub(crate) fn exemple(nom: &str) -> Vec<u8> {
    let chemin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exemples").join(nom);
    std::fs::read(&chemin).unwrap_or_else(|e| panic!("{} : {e}", chemin.display()))
}

/// Le Pas-de-Calais, où Lens a saisi les adresses de sa mairie et de son CCAS.
pub(crate) fn profil_avec_mairies() -> Profil {
    let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profils/62");
    let mut fichiers: Vec<(String, String)> =
        ["profil.toml", "commission.toml", "regles.toml", "coordination.toml"]
            .into_iter()
            .map(|nom| (nom.to_owned(), std::fs::read_to_string(dossier.join(nom)).unwrap()))
            .collect();
    fichiers.push(("mairies.toml".to_owned(), MAIRIES.to_owned()));
    Profil::lire(&fichiers).unwrap_or_else(|defauts| panic!("{defauts:?}"))
}

const MAIRIES: &str = r#"
[[mairie]]
commune = "62498"
destinataire = "mairie"
nom = "Mairie de Lens"
courriel = "logement@lens.invalid"
source = "essai"

[[mairie]]
commune = "62498"
destinataire = "ccas"
nom = "CCAS de Lens"
courriel = "ccas@lens.invalid"
source = "essai"
"#;

pub(crate) fn central() -> Agent {
    Agent { id: AgentId(1), ..Agent::programme("62") }
}

pub(crate) fn sous_commission(code: &str) -> Agent {
    Agent {
        id: AgentId(2),
        role: Role::SecretariatSousCommission,
        sous_commission: Some(code.to_owned()),
        ..central()
    }
}

pub(crate) fn caf() -> Agent {
    Agent {
        id: AgentId(3),
        role: Role::OrganismePayeur,
        organisme: "Caf du Pas-de-Calais".to_owned(),
        service: Some("caf".to_owned()),
        ..central()
    }
}

pub(crate) fn etude(nom: &str) -> Agent {
    Agent {
        id: AgentId(4),
        role: Role::CommissaireDeJustice,
        organisme: nom.to_owned(),
        ..central()
    }
}

pub(crate) fn lecteur() -> Agent {
    Agent { id: AgentId(5), role: Role::Lecteur, ..central() }
}

pub(crate) fn administrateur() -> Agent {
    Agent { id: AgentId(6), role: Role::Administrateur, ..central() }
}

/// Le délégué à la protection des données.
pub(crate) fn delegue() -> Agent {
    Agent { id: AgentId(7), role: Role::Dpo, ..central() }
}

/// L'export entier d'une liste, dans ses colonnes ordinaires.
pub(crate) async fn exporte(
    a: &Appareil,
    agent: &Agent,
    filtre: &stockage::liste::Filtre,
    format: tableur::ecriture::Format,
) -> Vec<u8> {
    let presentation = usages::dossiers::exporter::Presentation {
        colonnes: usages::dossiers::colonnes::Colonne::d_ordinaire(agent),
        format,
        fuseau: jiff::tz::TimeZone::UTC,
    };
    en_entier(a, agent, filtre, presentation).await
}

/// Tous les morceaux d'un export.
pub(crate) async fn en_entier(
    a: &Appareil,
    agent: &Agent,
    filtre: &stockage::liste::Filtre,
    presentation: usages::dossiers::exporter::Presentation,
) -> Vec<u8> {
    use usages::dossiers::exporter::Export;
    let mut export =
        Export::commencer(&a.maison, agent, filtre, presentation, AUJOURD_HUI).unwrap();
    let mut octets = vec![];
    while let Some(morceau) = export.morceau().await.unwrap() {
        octets.extend(morceau);
    }
    octets
}
