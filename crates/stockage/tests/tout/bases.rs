//! Une base neuve de chaque moteur, et ce qu'un agent peut y faire.

use std::path::Path;

use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::controle::Controle;
use ccapex::partenaires::habilitation::{Depot, Ecriture, Lecture, Perimetre};
use epreuves::Dossier;
use stockage::base::{Moteur, Stockage, UrlDeBase};

/// Une base et son adresse ; le fichier de SQLite disparaît avec elle.
pub(crate) struct BaseNeuve {
    pub(crate) stockage: Stockage,
    pub(crate) url: UrlDeBase,
    pub(crate) dossier: Dossier,
}

/// Une base neuve de ce moteur.
pub(crate) async fn neuve(moteur: Moteur) -> BaseNeuve {
    let dossier = Dossier::neuf("stockage");
    let url = adresse(moteur, &dossier);
    let stockage = Stockage::ouvrir(&url).await.unwrap();
    BaseNeuve { stockage, url, dossier }
}

/// L'adresse d'une base de ce moteur, que personne n'a encore ouverte.
pub(crate) fn adresse(moteur: Moteur, dossier: &Dossier) -> UrlDeBase {
    match moteur {
        Moteur::Sqlite => UrlDeBase::fichier(&dossier.chemin().join("seuil.db")),
        Moteur::Postgres => epreuves::postgres::base("stockage").parse().unwrap(),
    }
}

impl BaseNeuve {
    pub(crate) fn chemin(&self, nom: &str) -> std::path::PathBuf {
        Path::new(self.dossier.chemin()).join(nom)
    }
}

pub(crate) const MOTEURS: [Moteur; 2] = [Moteur::Sqlite, Moteur::Postgres];

pub(crate) fn central() -> Agent {
    Agent::programme("62")
}

pub(crate) fn sous_commission(code: &str) -> Agent {
    Agent {
        role: Role::SecretariatSousCommission,
        sous_commission: Some(code.to_owned()),
        ..central()
    }
}

pub(crate) fn service(code: &str) -> Agent {
    Agent { role: Role::OrganismePayeur, service: Some(code.to_owned()), ..central() }
}

pub(crate) fn etude(nom: &str) -> Agent {
    Agent { role: Role::CommissaireDeJustice, organisme: nom.to_owned(), ..central() }
}

pub(crate) fn depot() -> Depot {
    central().peut_deposer().unwrap()
}

pub(crate) fn tout() -> Perimetre {
    central().perimetre()
}

pub(crate) async fn lecture(stockage: &Stockage, reference: &str) -> Lecture {
    let situation = stockage.situation(reference).await.unwrap();
    central().peut_lire(&situation.situation()).unwrap()
}

pub(crate) async fn controle(stockage: &Stockage, reference: &str) -> Controle {
    let situation = stockage.situation(reference).await.unwrap();
    central().peut_controler(&situation.situation()).unwrap()
}

pub(crate) async fn ecriture(stockage: &Stockage, reference: &str) -> Ecriture {
    let situation = stockage.situation(reference).await.unwrap();
    central().peut_ecrire(&situation.situation()).unwrap()
}
