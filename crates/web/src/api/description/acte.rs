//! La forme de chaque acte, lue dans le catalogue : un champ ajouté à un acte s'y trouve le même jour.

use ccapex::acte::gabarit::{Champ as ChampDActe, GABARITS, Gabarit, Genre};
use ccapex::notice::Nature;
use serde_json::{Map, Value, json};
use usages::formes::{Champ, GenreDeChamp};

use super::schemas::{jour, renvoi};

/// Un acte, n'importe lequel.
pub(crate) fn un_acte() -> Value {
    renvoi("Acte")
}

/// Les formes des actes, une par acte, et celle qui les réunit.
pub(super) fn formes() -> Map<String, Value> {
    let mut formes = Map::new();
    for gabarit in GABARITS {
        formes.insert(nom(gabarit.nom), du_gabarit(gabarit));
    }
    for nature in Nature::TOUTES {
        // L'alerte de la charte et l'alerte d'un partenaire ont le même nom : l'une a un « code ».
        let nom = if nature == Nature::Alerte {
            "ActeAlerteRecue".to_owned()
        } else {
            nom(nature.code())
        };
        formes.insert(nom, de_la_notice(nature));
    }
    formes.insert("ActeComplement".to_owned(), du_complement());
    let autres: [(&str, &str, Value, &[&str]); 3] = [
        (
            "courrier",
            "Ce qu'il advient d'une lettre.",
            json!({
                "modele": texte("Le modèle de la lettre."),
                "destinataire": texte("À qui elle est adressée."),
                "etape": { "type": "string", "enum": ["prepare", "envoye", "imprime", "repondu", "retourne"] },
            }),
            &["modele", "destinataire", "etape"],
        ),
        (
            "rapprochement",
            "Deux dossiers qui sont le même ménage, ou qui ne le sont pas.",
            json!({
                "geste": { "type": "string", "enum": ["joint", "separe"] },
                "autre": texte("La référence de l'autre dossier."),
            }),
            &["geste", "autre"],
        ),
        (
            "rectification",
            "Un fait qui n'aurait pas dû être écrit.",
            json!({
                "annule": texte("L'identifiant du fait annulé."),
                "motif": texte("Pourquoi."),
            }),
            &["annule", "motif"],
        ),
    ];
    for (acte, dit, champs, exiges) in autres {
        let champs = champs.as_object().cloned().unwrap_or_default();
        formes.insert(nom(acte), forme(acte, dit, champs, exiges, &["dossier"]));
    }
    let toutes: Vec<Value> = formes.keys().map(|nom| renvoi(nom)).collect();
    formes.insert(
        "Acte".to_owned(),
        json!({ "anyOf": toutes, "description": "Un acte. « acte » dit lequel, et donc ses champs." }),
    );
    formes.insert("Menage".to_owned(), menage());
    formes.insert(
        "Rien".to_owned(),
        json!({ "enum": [null, "", []], "description": "Rien : comme un champ absent." }),
    );
    formes
}

/// « plan_apurement » : « ActePlanApurement ».
fn nom(acte: &str) -> String {
    let mut nom = "Acte".to_owned();
    for mot in acte.split('_') {
        let mut lettres = mot.chars();
        nom.extend(lettres.next().map(|l| l.to_ascii_uppercase()));
        nom.extend(lettres);
    }
    nom
}

fn du_gabarit(gabarit: &Gabarit) -> Value {
    let champs = gabarit.tous_les_champs().map(|c| (c.nom.to_owned(), du_champ(c))).collect();
    let exiges: Vec<&str> =
        gabarit.champs.iter().filter(|c| c.obligatoire).map(|c| c.nom).collect();
    let dit = format!("{}. « date » : {}.", gabarit.libelle, gabarit.date.to_lowercase());
    let mut forme = forme(
        gabarit.nom,
        &dit,
        champs,
        &[&exiges[..], &["date"]].concat(),
        &["dossier", "menage"],
    );
    // Un champ dont le mot dépend d'un autre se dit ici comme la lecture l'exige.
    match gabarit.nom {
        "decision_jex" => {
            forme["anyOf"] = json!([{ "required": ["dossier", "delai_mois"] }, { "required": ["dossier", "jusqu_au"] }, { "required": ["menage", "delai_mois"] }, { "required": ["menage", "jusqu_au"] }])
        }
        "avis" => {
            let par_le_secretariat = json!({ "required": ["secretariat"], "properties": { "secretariat": { "const": true } } });
            forme["allOf"] = json!([{ "anyOf": [{ "required": ["seance"] }, par_le_secretariat] }]);
        }
        _ => {}
    }
    forme
}

fn du_champ(champ: &ChampDActe) -> Value {
    let forme = match champ.genre {
        Genre::Jour => jour(),
        Genre::Montant => json!({ "type": "integer", "minimum": 0 }),
        Genre::Nombre { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Genre::OuiNon => json!({ "type": "boolean" }),
        Genre::Choix(choix) => {
            json!({ "type": "string", "enum": choix.iter().map(|(code, _)| *code).collect::<Vec<_>>() })
        }
        Genre::Code => code(),
        Genre::Codes => {
            json!({ "anyOf": [{ "type": "array", "items": code_ecrit() }, code_ecrit()] })
        }
        Genre::Texte => json!({ "type": "string", "maxLength": 20_000 }),
    };
    let centimes = if champ.genre == Genre::Montant { ", en centimes" } else { "" };
    let dit = format!("{}{centimes}", champ.libelle);
    if champ.obligatoire { dite(forme, &dit) } else { facultative(forme, &dit) }
}

fn dite(mut forme: Value, dit: &str) -> Value {
    forme["description"] = json!(dit);
    forme
}

/// Un champ qu'on peut taire : nul ou vide, il est comme absent.
fn facultative(forme: Value, dit: &str) -> Value {
    json!({ "anyOf": [forme, renvoi("Rien")], "description": dit })
}

/// Un code, écrit ou compté.
fn code() -> Value {
    json!({ "anyOf": [code_ecrit(), { "type": "number" }] })
}

fn code_ecrit() -> Value {
    json!({ "type": "string", "maxLength": 80, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]+$" })
}

fn texte(dit: &str) -> Value {
    json!({ "type": "string", "pattern": "\\S", "description": dit })
}

/// Une notice consignée comme un acte : ses champs sont ceux de la réception.
fn de_la_notice(nature: Nature) -> Value {
    forme(nature.code(), nature.libelle(), champs_de_notice(), &[], &["dossier", "menage"])
}

fn du_complement() -> Value {
    let dit = "Ce qui manquait à une notice : un champ au moins.";
    forme("complement", dit, champs_de_notice(), &[], &["dossier"])
}

fn menage() -> Value {
    json!({
        "type": "object",
        "description": "Le ménage, le logement et le bail, quand le dossier n'est pas connu.",
        "properties": champs_de_notice(),
        "required": ["locataire_nom", "commune"],
        "additionalProperties": false,
    })
}

fn champs_de_notice() -> Map<String, Value> {
    let mut champs: Map<String, Value> = Champ::TOUS
        .iter()
        .filter(|champ| !matches!(champ, Champ::Nature | Champ::Dossier | Champ::Date))
        .map(|champ| {
            let forme = match champ.genre() {
                GenreDeChamp::Date | GenreDeChamp::DateNaissance => jour(),
                GenreDeChamp::Montant => json!({ "type": "integer" }),
                GenreDeChamp::Entier => {
                    json!({ "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 1_200 }, { "type": "string" }] })
                }
                GenreDeChamp::OuiNon => json!({ "type": ["boolean", "string"] }),
                GenreDeChamp::Texte if *champ == Champ::Destinataires => {
                    json!({ "anyOf": [{ "type": ["string", "number"] }, { "type": "array", "items": { "type": "string" } }] })
                }
                GenreDeChamp::Texte | GenreDeChamp::CodePostal => {
                    json!({ "type": ["string", "number"], "maxLength": 20_000 })
                }
                GenreDeChamp::Code(_) => json!({ "type": "string", "maxLength": 20_000 }),
            };
            let centimes = if champ.genre() == GenreDeChamp::Montant { ", en centimes" } else { "" };
            (champ.nom().to_owned(), facultative(forme, &format!("{}{centimes}", champ.libelle())))
        })
        .collect();
    champs.insert("note".to_owned(), facultative(json!({ "type": "string" }), "Une note"));
    champs
}

/// Un acte : son nom, son jour, ses champs, et le dossier ou le ménage dont il parle.
fn forme(
    acte: &str,
    dit: &str,
    mut champs: Map<String, Value>,
    exiges: &[&str],
    sujets: &[&str],
) -> Value {
    champs.insert("acte".to_owned(), json!({ "const": acte }));
    champs.insert("date".to_owned(), jour());
    for sujet in sujets {
        let forme = match *sujet {
            "menage" => renvoi("Menage"),
            _ => texte("La référence du dossier, par exemple 62-2026-000123."),
        };
        champs.insert((*sujet).to_owned(), forme);
    }
    let exiges: Vec<&str> = ["acte"].iter().chain(exiges).copied().collect();
    let lequel: Vec<Value> = sujets.iter().map(|sujet| json!({ "required": [sujet] })).collect();
    json!({
        "type": "object",
        "description": dit,
        "properties": champs,
        "required": exiges,
        "anyOf": lequel,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_acte_du_catalogue_et_chaque_champ_sont_dans_la_description() {
        let formes = formes();
        for gabarit in GABARITS {
            let forme = &formes[&nom(gabarit.nom)];
            assert_eq!(forme["properties"]["acte"]["const"], gabarit.nom);
            for champ in gabarit.tous_les_champs() {
                assert!(!forme["properties"][champ.nom].is_null(), "{}.{}", gabarit.nom, champ.nom);
                let exige = forme["required"].as_array().unwrap().iter().any(|e| e == champ.nom);
                assert_eq!(exige, champ.obligatoire, "{}.{}", gabarit.nom, champ.nom);
            }
        }
        assert_eq!(nom("plan_apurement"), "ActePlanApurement");
    }
}
