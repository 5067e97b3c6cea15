//! La description publique (OpenAPI 3.1), écrite des opérations et du catalogue des actes.

pub(super) mod acte;
pub(super) mod schemas;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::lecture::repondre;
use super::operation::{Acces, Genre, Lieu, Operation, PDF, Parametre};
use super::operations::OPERATIONS;
use super::probleme::{self, GENRE, GENRES};

pub(crate) async fn servir(entetes: HeaderMap) -> Response {
    repondre(&entetes, &document())
}

/// Le document entier.
pub(crate) fn document() -> Value {
    let mut chemins: Map<String, Value> = Map::new();
    for operation in OPERATIONS {
        let entree = chemins.entry(operation.chemin).or_insert_with(|| json!({}));
        entree[operation.methode.to_lowercase()] = decrire(operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Seuil",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Prévenir les expulsions locatives : envoyer des notices et des actes, suivre les dossiers.",
            "description": "Une clé est celle d'un organisme : elle a les droits de son compte, jamais plus. Les \
                            sommes sont des centimes entiers, les dates AAAA-MM-JJ. Chaque refus est un \
                            « application/problem+json » en français.",
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "cle": [] }],
        "tags": sujets().into_iter().map(|sujet| json!({ "name": sujet })).collect::<Vec<_>>(),
        "paths": chemins,
        "components": {
            "securitySchemes": {
                "cle": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "La clé remise par la personne qui administre Seuil.",
                },
            },
            "schemas": schemas::composants(),
        },
    })
}

/// Les sujets, dans l'ordre des opérations.
pub(super) fn sujets() -> Vec<&'static str> {
    let mut sujets: Vec<&'static str> = Vec::new();
    for operation in OPERATIONS {
        if !sujets.contains(&operation.sujet) {
            sujets.push(operation.sujet);
        }
    }
    sujets
}

fn decrire(operation: &Operation) -> Value {
    let mut decrite = json!({
        "operationId": operation.nom,
        "tags": [operation.sujet],
        "summary": operation.resume,
        "description": operation.description,
        "responses": reponses(operation),
    });
    let mut parametres: Vec<Value> = operation.parametres.iter().map(parametre).collect();
    if operation.acces == Acces::Libre {
        decrite["security"] = json!([]);
    }
    if operation.acces == Acces::Ecriture {
        parametres.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "Le nom de l'envoi. Le même nom et le même corps rendent la même réponse, à l'octet près, pendant deux jours.",
            "schema": { "type": "string", "pattern": NOM_D_ENVOI },
        }));
    }
    if !parametres.is_empty() {
        decrite["parameters"] = Value::Array(parametres);
    }
    if !operation.corps.is_empty() {
        let genres: Map<String, Value> = operation
            .corps
            .iter()
            .map(|corps| (corps.genre.to_owned(), json!({ "schema": (corps.schema)() })))
            .collect();
        decrite["requestBody"] = json!({ "required": true, "content": genres });
    }
    decrite
}

fn parametre(parametre: &Parametre) -> Value {
    let mut schema = match parametre.genre {
        Genre::Texte { max } => {
            json!({ "type": "string", "maxLength": max, "pattern": SANS_COMMANDE })
        }
        Genre::Jour => schemas::jour(),
        Genre::Entier { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Genre::Place => json!({ "type": "string", "pattern": "^[0-9A-Za-z_:.-]{1,60}$" }),
        Genre::Choix(choix) => json!({ "type": "string", "enum": choix() }),
        Genre::Paires => json!({
            "type": "array",
            "items": { "type": "string", "pattern": "^[a-z_0-9]{1,40}=[^\\x00-\\x1f\\x7f-\\x9f]{0,200}$" },
        }),
    };
    // Un morceau de chemin vide est une autre adresse.
    if (parametre.lieu, schema.get("maxLength").is_some()) == (Lieu::Chemin, true) {
        schema["minLength"] = json!(1);
    }
    let lieu = if parametre.lieu == Lieu::Chemin { "path" } else { "query" };
    json!({
        "name": parametre.nom,
        "in": lieu,
        "required": parametre.lieu == Lieu::Chemin,
        "description": parametre.aide,
        "schema": schema,
    })
}

/// Le nom d'un envoi.
const NOM_D_ENVOI: &str = "^[A-Za-z0-9_.:-]{1,200}$";

/// Aucun caractère de commande.
const SANS_COMMANDE: &str = "^[^\\x00-\\x1f\\x7f-\\x9f]*$";

fn reponses(operation: &Operation) -> Value {
    let mut reponses: Map<String, Value> = Map::new();
    for reponse in operation.reponses {
        let entree = reponses
            .entry(reponse.statut.to_string())
            .or_insert_with(|| json!({ "description": reponse.dit, "content": {} }));
        entree["content"][reponse.genre] = json!({ "schema": (reponse.schema)() });
    }
    if operation.methode == "GET" {
        reponses.insert(
            "304".to_owned(),
            json!({ "description": "Rien n'a changé depuis l'étiquette donnée." }),
        );
    }
    for genre in refus(operation) {
        // Deux genres peuvent partager un code : « type » les distingue.
        let entree = reponses
            .entry(genre.statut.to_string())
            .or_insert_with(|| json!({ "description": genre.titre, "content": {} }));
        entree["content"][GENRE] = json!({ "schema": schemas::renvoi("Probleme") });
    }
    Value::Object(reponses)
}

/// Les refus qu'une opération peut rendre.
fn refus(operation: &Operation) -> Vec<&'static probleme::Genre> {
    let concerne = |statut: u16| match statut {
        400 | 405 | 429 | 500 | 503 => true,
        401 | 403 => operation.acces != Acces::Libre,
        404 => operation.chemin.contains('{'),
        408 | 409 | 413 | 415 => operation.methode == "POST",
        422 => operation.methode == "POST" || peut_refuser(operation),
        _ => false,
    };
    GENRES.iter().copied().filter(|genre| concerne(genre.statut)).collect()
}

/// Une lecture peut être refusée par le métier : une règle à qui il manque un fait, une place d'une autre
/// liste, une lettre qui ne se compose pas.
fn peut_refuser(operation: &Operation) -> bool {
    let sans_fait =
        operation.parametres.iter().any(|p| matches!(p.genre, Genre::Paires | Genre::Place));
    sans_fait || operation.reponses.iter().any(|reponse| reponse.genre == PDF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_operation_a_son_nom_et_son_exemple_commence_par_son_chemin() {
        let mut noms: Vec<&str> = OPERATIONS.iter().map(|o| o.nom).collect();
        noms.sort_unstable();
        noms.dedup();
        assert_eq!(noms.len(), OPERATIONS.len());
        for operation in OPERATIONS {
            let debut = operation.chemin.split('{').next().unwrap_or_default();
            assert!(operation.exemple.0.starts_with(debut), "{}", operation.nom);
            assert_eq!(
                operation.exemple.1.is_some(),
                operation.methode == "POST",
                "{}",
                operation.nom
            );
        }
    }

    #[test]
    fn chaque_renvoi_de_la_description_y_trouve_sa_forme() {
        let document = document();
        let texte = document.to_string();
        let mut vus = 0;
        for suite in texte.split("#/components/schemas/").skip(1) {
            let nom: String = suite.chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(!document["components"]["schemas"][&nom].is_null(), "{nom}");
            vus += 1;
        }
        assert!(vus > 10);
    }
}
