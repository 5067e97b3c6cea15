//! La table des droits est celle que la règle applique.

pub(crate) mod table;

use std::path::Path;

use ccapex::partenaires::agent::Role;

use self::table::{actes, agent, cas, voit};

#[test]
fn la_table_publiee_est_celle_de_la_regle() {
    let fichier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/droits.md");
    let publiee = std::fs::read_to_string(fichier).expect("docs/droits.md");
    assert!(
        publiee == table::page(),
        "docs/droits.md n'est plus la règle : relisez ce qui change, puis « cargo run -p ccapex --example droits > docs/droits.md »"
    );
}

/// Les lignes qu'une personne a voulues, écrites à la main : la table publiée n'en est que la suite.
#[test]
fn chacun_voit_ce_que_sa_mission_demande() {
    use Role as R;
    #[rustfmt::skip]
    let voulus = [
        // rôle                          Caf        Dép.Lens   Dép.Arras  envoyé     à répondre mission    semblable  Paris
        (R::Administrateur,            ["rien",    "rien",    "rien",    "rien",    "rien",    "rien",    "rien",    "rien"]),
        (R::SecretariatCentral,        ["entier",  "entier",  "entier",  "entier",  "entier",  "entier",  "entier",  "rien"]),
        (R::SecretariatSousCommission, ["entier",  "entier",  "rien",    "entier",  "entier",  "entier",  "entier",  "rien"]),
        (R::ServiceSocial,             ["rien",    "entier",  "entier",  "sa part", "sa part", "sa part", "rien",    "rien"]),
        (R::OrganismePayeur,           ["entier",  "rien",    "rien",    "sa part", "sa part", "sa part", "rien",    "rien"]),
        (R::CommissaireDeJustice,      ["rien",    "rien",    "rien",    "sa part", "sa part", "sa part", "rien",    "rien"]),
        (R::ForcePublique,             ["rien",    "rien",    "rien",    "sa part", "entier",  "entier",  "rien",    "rien"]),
        (R::BailleurSocial,            ["rien",    "rien",    "rien",    "sa part", "sa part", "sa part", "rien",    "rien"]),
        (R::Ccas,                      ["rien",    "rien",    "rien",    "sa part", "sa part", "sa part", "rien",    "rien"]),
        (R::Greffe,                    ["rien",    "rien",    "rien",    "sa part", "sa part", "sa part", "rien",    "rien"]),
        (R::Dpo,                       ["rien",    "rien",    "rien",    "rien",    "rien",    "rien",    "rien",    "rien"]),
        (R::Lecteur,                   ["rien",    "rien",    "rien",    "rien",    "rien",    "rien",    "rien",    "rien"]),
    ];
    for (role, voulus) in voulus {
        for (cas, voulu) in cas(role).iter().zip(voulus) {
            assert_eq!(voit(&agent(role), cas), voulu, "{role:?} : {}", cas.titre);
        }
    }
}

#[test]
fn chacun_consigne_ce_que_sa_mission_comprend_et_rien_d_autre() {
    use Role as R;
    #[rustfmt::skip]
    let cas = [
        (R::SecretariatCentral,        "decision_cfp",         true),
        (R::SecretariatSousCommission, "avis",                 true),
        (R::ServiceSocial,             "parole_menage",        true),
        (R::ServiceSocial,             "dsf_transmis",         true),
        (R::ServiceSocial,             "decision_cfp",         false),
        (R::ServiceSocial,             "decision_aide",        false),
        (R::ServiceSocial,             "rapprochement",        false),
        (R::ServiceSocial,             "cdp",                  false),
        (R::OrganismePayeur,           "aide_logement",        true),
        (R::OrganismePayeur,           "decision_aide",        false),
        (R::OrganismePayeur,           "expulsion",            false),
        (R::CommissaireDeJustice,      "assignation",          true),
        (R::CommissaireDeJustice,      "contact",              false),
        (R::CommissaireDeJustice,      "rectification",        false),
        (R::ForcePublique,             "decision_cfp",         true),
        (R::ForcePublique,             "issue_menage",         false),
        (R::BailleurSocial,            "plan_apurement",       true),
        (R::BailleurSocial,            "pcs",                  true),
        (R::Bailleur,                  "pcs",                  false),
        (R::Bailleur,                  "dette",                true),
        (R::Bailleur,                  "parole_menage",        false),
        (R::Ccas,                      "alerte_reponse",       true),
        (R::Ccas,                      "decision_cfp",         false),
        (R::Mairie,                    "avis_maire",           true),
        (R::Siao,                      "place_siao",           true),
        (R::Fsl,                       "fsl",                  true),
        (R::Fsl,                       "surendettement",       false),
        (R::Comed,                     "dalo",                 true),
        (R::BanqueDeFrance,            "surendettement",       true),
        (R::Greffe,                    "audience",             true),
        (R::Greffe,                    "decision",             true),
        (R::Greffe,                    "contact",              true),
        (R::Greffe,                    "dette",                false),
        (R::Police,                    "renseignement_police", true),
        (R::Police,                    "expulsion",            false),
        (R::Adil,                      "parole_menage",        true),
        (R::MembreDeCommission,        "avis",                 false),
        (R::Administrateur,            "contact",              false),
        (R::Dpo,                       "alerte",               false),
        (R::Lecteur,                   "alerte",               false),
    ];
    for (role, acte, attendu) in cas {
        assert_eq!(role.consigne(acte), attendu, "{} : {acte}", role.code());
    }
    let inventes =
        actes().iter().filter(|(acte, _)| Role::TOUS.iter().all(|r| !r.consigne(acte))).count();
    assert_eq!(inventes, 0, "chaque acte a au moins quelqu'un pour l'écrire");
}
