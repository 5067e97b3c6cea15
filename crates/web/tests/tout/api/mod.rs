//! L'interface de programme : qui demande, ce qui est répondu, et les mêmes droits que les pages.

mod actes;
mod changements;
mod cles;
mod envois;
mod lecture;
mod refus;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use serde_json::{Value, json};
use usages::compte::cles::{NouvelleCle, creer};
use usages::formes::PorteeDeCle;

use super::appareil::{Reponse, Service};

pub(super) const JSON: &str = "application/json";

impl Service {
    /// Une clé pour le compte de ce rôle, créé s'il manque.
    pub(crate) async fn cle(&self, role: Role, portee: PorteeDeCle) -> String {
        let compte = self.stockage.compte_par_identifiant(role.code()).await.expect("base");
        if compte.is_none() {
            self.compte(role).await;
        }
        self.cle_pour(role.code(), portee).await
    }

    /// Une clé d'écriture pour ce compte.
    pub(crate) async fn cle_du_compte(&self, identifiant: &str) -> String {
        self.cle_pour(identifiant, PorteeDeCle::Ecriture).await
    }

    async fn cle_pour(&self, identifiant: &str, portee: PorteeDeCle) -> String {
        let compte = self.stockage.compte_par_identifiant(identifiant).await.expect("base");
        self.cle_de(compte.expect("le compte").agent.id, portee).await
    }

    /// Une clé d'un an pour ce compte.
    pub(crate) async fn cle_de(&self, compte: AgentId, portee: PorteeDeCle) -> String {
        let nouvelle = NouvelleCle { compte, nom: "Essai".to_owned(), portee, jours: 365 };
        let admin = administrateur();
        let hasard = self.hasard();
        creer(&self.stockage, &admin, nouvelle, self.maintenant(), hasard)
            .await
            .expect("une clé")
            .cle
            .en_clair()
            .to_owned()
    }

    pub(crate) async fn ecriture(&self, role: Role) -> String {
        self.cle(role, PorteeDeCle::Ecriture).await
    }

    pub(crate) async fn demande(
        &self,
        methode: Method,
        chemin: &str,
        cle: &str,
        entetes: &[(&str, &str)],
        corps: &str,
    ) -> Reponse {
        let mut requete = Request::builder().method(methode).uri(chemin);
        if !cle.is_empty() {
            requete = requete.header(header::AUTHORIZATION, format!("Bearer {cle}"));
        }
        for (nom, valeur) in entetes {
            requete = requete.header(*nom, *valeur);
        }
        self.envoie(requete.body(Body::from(corps.to_owned())).expect("requête")).await
    }

    /// Lit une adresse de l'interface.
    pub(crate) async fn obtient(&self, chemin: &str, cle: &str) -> Reponse {
        self.demande(Method::GET, chemin, cle, &[], "").await
    }

    /// Lit une adresse qui répond, et rend son JSON.
    pub(crate) async fn json(&self, chemin: &str, cle: &str) -> Value {
        let lu = self.obtient(chemin, cle).await;
        assert_eq!(lu.statut, StatusCode::OK, "{chemin} : {}", lu.corps);
        serde_json::from_str(&lu.corps).expect("du JSON")
    }

    pub(crate) async fn consigne(&self, cle: &str, acte: &Value) -> Reponse {
        let genre = [("content-type", JSON)];
        self.demande(Method::POST, "/api/v1/actes", cle, &genre, &acte.to_string()).await
    }

    /// Ouvre un dossier pour un ménage de ce nom, et rend sa référence.
    pub(crate) async fn ouvre(&self, cle: &str, nom: &str) -> String {
        let mut acte = menage();
        acte["menage"]["locataire_nom"] = json!(nom);
        acte["menage"]["locataire_prenom"] = json!(format!("Prénom{nom}"));
        acte["menage"]["logement_adresse"] = json!(format!("4 rue {nom}"));
        let dit = self.consigne(cle, &acte).await;
        assert_eq!(dit.statut, StatusCode::CREATED, "{}", dit.corps);
        let dit: Value = serde_json::from_str(&dit.corps).expect("du JSON");
        dit["dossier"].as_str().expect("une référence").to_owned()
    }
}

pub(super) fn administrateur() -> Agent {
    Agent { role: Role::Administrateur, ..Agent::programme("62") }
}

pub(super) fn contact(dossier: &str, jour: &str) -> Value {
    json!({"dossier": dossier, "acte": "contact", "date": jour, "mode": "visite", "issue": "joint"})
}

/// Un refus a la forme de la norme, en français, et dit quoi faire.
pub(super) fn probleme(reponse: &Reponse, statut: StatusCode) -> Value {
    assert_eq!(reponse.statut, statut, "{}", reponse.corps);
    assert_eq!(reponse.entete("content-type"), "application/problem+json");
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    assert_eq!(dit["status"], statut.as_u16());
    for membre in ["type", "title", "detail", "que_faire"] {
        assert!(dit[membre].as_str().is_some_and(|t| !t.is_empty()), "{membre} : {dit}");
    }
    dit
}

pub(super) fn menage() -> Value {
    json!({
        "menage": { "locataire_nom": "MORTREUX", "locataire_prenom": "Aline", "commune": "Arras",
                    "code_postal": "62000", "logement_adresse": "4 rue des Tanneurs" },
        "acte": "signalement_impaye", "date": "2026-10-12", "origine": "caf",
    })
}
