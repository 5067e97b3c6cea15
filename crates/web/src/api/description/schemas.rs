//! La forme de ce qui se lit et se rend.

use serde_json::{Map, Value, json};

use super::acte;

/// Le renvoi à une forme nommée.
pub(super) fn renvoi(nom: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{nom}") })
}

pub(super) fn jour() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn jour_ou_rien() -> Value {
    json!({ "type": ["string", "null"], "format": "date" })
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn texte() -> Value {
    json!({ "type": "string" })
}

fn texte_ou_rien() -> Value {
    json!({ "type": ["string", "null"] })
}

fn oui_non() -> Value {
    json!({ "type": "boolean" })
}

fn entier() -> Value {
    json!({ "type": "integer" })
}

fn liste(de: Value) -> Value {
    json!({ "type": "array", "items": de })
}

/// Un objet dont tous les champs sont toujours là.
fn objet(champs: &[(&str, Value)]) -> Value {
    let noms: Vec<&str> = champs.iter().map(|(nom, _)| *nom).collect();
    let proprietes: Map<String, Value> =
        champs.iter().map(|(nom, forme)| ((*nom).to_owned(), forme.clone())).collect();
    json!({ "type": "object", "properties": proprietes, "required": noms })
}

pub(crate) fn objet_libre() -> Value {
    json!({ "type": "object" })
}

pub(crate) fn octets() -> Value {
    json!({ "type": "string", "format": "binary" })
}

pub(crate) fn lignes() -> Value {
    json!({ "description": "Un objet JSON par ligne." })
}

/// Une notice, un tableau, ou un objet qui en contient un.
pub(crate) fn notices() -> Value {
    json!({
        "anyOf": [
            renvoi("Notice"),
            { "type": "array", "items": renvoi("Notice"), "minItems": 1 },
        ],
    })
}

pub(crate) fn reception() -> Value {
    renvoi("Reception")
}

pub(crate) fn consigne() -> Value {
    renvoi("Consigne")
}

pub(crate) fn dossiers() -> Value {
    page("dossiers", "LigneDeDossier", true)
}

pub(crate) fn echeances() -> Value {
    page("echeances", "Echeance", true)
}

pub(crate) fn courriers() -> Value {
    page("courriers", "Courrier", false)
}

fn page(nom: &str, forme: &str, comptee: bool) -> Value {
    let total = objet(&[("nombre", entier()), ("exact", oui_non())]);
    let mut champs = vec![(nom, liste(renvoi(forme))), ("suivant", texte_ou_rien())];
    if comptee {
        champs.push(("total", total));
    }
    objet(&champs)
}

pub(crate) fn dossier() -> Value {
    json!({ "anyOf": [renvoi("Dossier"), renvoi("PartDeDossier")] })
}

pub(crate) fn echeances_du_dossier() -> Value {
    objet(&[("dossier", texte()), ("echeances", liste(renvoi("Etape")))])
}

pub(crate) fn changements() -> Value {
    let changement = objet(&[
        ("dossier", texte()),
        ("id", texte()),
        ("acte", texte()),
        ("date", jour()),
        ("enregistre_le", instant()),
    ]);
    objet(&[("changements", liste(changement)), ("suivant", texte()), ("encore", oui_non())])
}

pub(crate) fn delai() -> Value {
    renvoi("Delai")
}

pub(crate) fn regles() -> Value {
    objet(&[("au", jour()), ("regles", liste(renvoi("Regle")))])
}

pub(crate) fn sante() -> Value {
    objet(&[("etat", json!({ "const": "ok" })), ("version", texte()), ("jour", jour())])
}

/// Les formes nommées.
pub(super) fn composants() -> Value {
    let mut formes = acte::formes();
    let anomalie = objet(&[("regle", texte()), ("motif", texte())]);
    let nommees = [
        ("Probleme", probleme()),
        (
            "Notice",
            json!({
                "type": "object",
                "minProperties": 1,
                "description": "Une notice : les champs de la page « Réception ». Un champ d'un autre nom est gardé avec la pièce, et n'est pas lu.",
                "properties": {
                    "reference_acte": { "description": "Votre référence : la même, plus tard, est une correction." },
                    "locataire_nom": { "description": "Le nom du ménage." },
                    "commune": { "description": "La commune du logement." },
                },
                "additionalProperties": true,
            }),
        ),
        (
            "Reception",
            objet(&[
                ("piece", entier()),
                ("lignes", entier()),
                ("avertissements", liste(texte())),
                ("reponses", liste(renvoi("ReponseDeNotice"))),
            ]),
        ),
        ("ReponseDeNotice", reponse_de_notice(&anomalie)),
        (
            "Consigne",
            json!({
                "type": "object",
                "properties": {
                    "ligne": entier(),
                    "acte": texte(),
                    "statut": { "enum": ["consigne", "doublon"] },
                    "id": texte_ou_rien(),
                    "dossier": texte_ou_rien(),
                    "anomalies": liste(anomalie),
                },
                "required": ["ligne", "statut", "id", "dossier", "anomalies"],
            }),
        ),
        ("Etape", etape()),
        ("Echeance", echeance()),
        ("LigneDeDossier", ligne_de_dossier()),
        ("Dossier", dossier_entier()),
        (
            "PartDeDossier",
            json!({
                "type": "object",
                "description": "Ce que lit qui n'a qu'une part du dossier : ce qu'il a envoyé, ce qui lui a été envoyé, ce qu'on attend de lui.",
                "properties": { "reference": texte(), "notices": liste(objet_libre()) },
                "required": ["reference"],
            }),
        ),
        (
            "Courrier",
            objet(&[
                ("id", entier()),
                ("dossier", texte()),
                ("modele", texte()),
                ("titre", texte()),
                ("destinataire", texte()),
                ("canal", texte()),
                ("etat", texte()),
                ("prepare_le", instant()),
                ("change_le", instant()),
                ("detail", texte()),
                ("pdf", texte()),
            ]),
        ),
        ("Delai", resultat_de_regle()),
        ("Regle", regle()),
    ];
    formes.extend(nommees.map(|(nom, forme)| (nom.to_owned(), forme)));
    Value::Object(formes)
}

fn probleme() -> Value {
    json!({
        "type": "object",
        "description": "Un refus (RFC 9457) : ce qui se passe, pourquoi, quoi faire.",
        "properties": {
            "type": texte(),
            "title": texte(),
            "status": entier(),
            "detail": texte(),
            "que_faire": texte(),
            "erreurs": liste(objet(&[("champ", texte()), ("message", texte())])),
        },
        "required": ["type", "title", "status", "detail", "que_faire"],
    })
}

fn reponse_de_notice(anomalie: &Value) -> Value {
    let fin = json!({
        "anyOf": [objet(&[("brute", jour()), ("prorogee", jour())]), { "type": "null" }],
    });
    objet(&[
        ("fichier", texte()),
        ("ligne", entier()),
        ("reference", texte_ou_rien()),
        ("nature", texte()),
        ("statut", texte()),
        ("motif", texte_ou_rien()),
        ("explication", liste(texte())),
        ("commune", texte_ou_rien()),
        ("sous_commission", texte_ou_rien()),
        ("service", texte_ou_rien()),
        ("service_provisoire", oui_non()),
        ("fin_delai", fin),
        ("dossier", texte_ou_rien()),
        ("rapprochement", texte_ou_rien()),
        ("candidats", liste(objet(&[("dossier", texte()), ("motifs", liste(texte()))]))),
        ("anomalies", liste(anomalie.clone())),
        ("a_completer", liste(texte())),
    ])
}

fn etape() -> Value {
    objet(&[
        ("quoi", texte()),
        ("qui", texte()),
        ("avant_le", jour()),
        ("regle", texte()),
        ("motifs", liste(texte())),
        ("en_retard", oui_non()),
    ])
}

fn echeance() -> Value {
    objet(&[
        ("dossier", texte()),
        ("sous_commission", texte()),
        ("service", texte()),
        ("quoi", texte()),
        ("qui", texte()),
        ("avant_le", jour_ou_rien()),
        ("regle", texte()),
        ("en_retard", oui_non()),
    ])
}

fn ligne_de_dossier() -> Value {
    let mut forme = objet(&[
        ("reference", texte()),
        ("menage", texte()),
        ("adresse", texte()),
        ("commune", texte()),
        ("statut", texte()),
        ("motif", texte_ou_rien()),
        ("maj_le", instant()),
    ]);
    let suite = [
        ("stade", texte()),
        ("depuis", jour_ou_rien()),
        ("etats", liste(texte())),
        ("sous_commission", texte_ou_rien()),
        ("service", texte_ou_rien()),
        ("service_provisoire", oui_non()),
        ("dette", json!({ "type": ["integer", "null"], "description": "En centimes." })),
        ("ouvert_le", jour()),
        ("clos_le", jour_ou_rien()),
        (
            "prochaine_etape",
            objet(&[
                ("quoi", texte()),
                ("qui", texte_ou_rien()),
                ("avant_le", jour_ou_rien()),
                ("regle", texte_ou_rien()),
                ("en_retard", oui_non()),
            ]),
        ),
    ];
    for (nom, champ) in suite {
        forme["properties"][nom] = champ;
    }
    forme["description"] =
        json!("Un dossier dans une liste. Qui n'a envoyé que des notices n'en lit pas la suite.");
    forme
}

fn dossier_entier() -> Value {
    let prochaine = json!({ "anyOf": [renvoi("Etape"), { "type": "null" }] });
    objet(&[
        ("reference", texte()),
        ("stade", texte()),
        ("depuis", jour_ou_rien()),
        ("etats", liste(texte())),
        ("clos", oui_non()),
        ("clos_le", jour_ou_rien()),
        ("issue", texte_ou_rien()),
        ("motif_de_cloture", texte_ou_rien()),
        ("commune", texte()),
        ("sous_commission", texte_ou_rien()),
        ("service", texte()),
        ("service_provisoire", oui_non()),
        ("joint_a", texte_ou_rien()),
        ("joints", liste(texte())),
        ("a_completer", liste(texte())),
        ("dette", json!({ "type": ["object", "null"] })),
        ("prochaine_etape", prochaine),
        ("echeances", liste(renvoi("Etape"))),
        ("anomalies", liste(objet_libre())),
        ("frise", liste(objet_libre())),
        ("suspensions", liste(objet_libre())),
        ("indemnisation", json!({ "type": ["object", "null"] })),
        ("alertes", liste(objet_libre())),
        ("actes", liste(objet_libre())),
    ])
}

fn resultat_de_regle() -> Value {
    json!({
        "type": "object",
        "description": "Une règle appliquée et expliquée. Les champs absents ne concernent pas la règle.",
        "properties": {
            "regle": texte(), "depuis": jour(), "audience": jour(), "valeur": texte(),
            "brute": jour(), "prorogee": jour(), "retenue": jour(),
            "premier_jour_possible": jour(), "dernier_jour_utile": jour(),
            "recevable": oui_non(), "conclusion": { "enum": ["oui", "non", "inconnu"] },
            "montant": entier(), "confiance": texte(),
            "options": { "type": "object", "additionalProperties": texte() },
            "version": objet(&[("du", jour_ou_rien()), ("au", jour_ou_rien()), ("source", texte())]),
            "motifs": liste(texte()),
        },
        "required": ["regle", "confiance", "options", "motifs"],
    })
}

fn regle() -> Value {
    objet(&[
        ("regle", texte()),
        ("titre", texte()),
        ("regit", texte()),
        ("rattachement", texte()),
        ("valeur", texte_ou_rien()),
        ("du", jour_ou_rien()),
        ("au", jour_ou_rien()),
        ("source", texte_ou_rien()),
        ("confiance", texte()),
        ("a_verifier", oui_non()),
        ("verifie_le", jour()),
        ("faits", liste(texte())),
        ("options", liste(texte())),
        ("exemple", texte()),
        ("inconnu", texte_ou_rien()),
    ])
}
