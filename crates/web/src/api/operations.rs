//! Toutes les opérations de l'interface, dans l'ordre où on les découvre.

use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::notice::Nature;
use ccapex::signalement::statut::Statut;
use usages::formes::{EtatDeCourrier, File};

use super::description::{acte, schemas};
use super::dossiers::FILES;
use super::lecture::PAGE_MAX;
use super::operation::{
    Acces, CSV, Corps, Genre, JSON, LIGNES, ODS, Operation, PDF, Parametre, Reponse, XLSX, chemin,
    en_json, question,
};

const NOM: Genre = Genre::Texte { max: 120 };
const LIMITE: Parametre = question(
    "limite",
    Genre::Entier { min: 1, max: PAGE_MAX },
    "Combien de lignes au plus sur la page.",
);
const APRES: Parametre = question(
    "apres",
    Genre::Place,
    "La place rendue dans « suivant » par la page d'avant ; rien pour la première.",
);
const REFERENCE: Parametre =
    chemin("reference", Genre::Texte { max: 40 }, "La référence du dossier.");

/// Toutes les opérations.
pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        methode: "POST",
        chemin: "/api/v1/notices",
        nom: "envoyerDesNotices",
        sujet: "Envoyer",
        resume: "Envoyer des notices",
        description: "Une notice, un tableau de notices, ou un fichier tabulaire tel que votre logiciel l'écrit. Chaque ligne a sa réponse, dans l'ordre : statut, motif, explication, dossier ouvert ou rejoint, service, fin du délai. Une notice qui ne se comprend pas n'est pas refusée : elle attend ce qui lui manque. La même notice deux fois est un doublon et ne change rien. Les champs d'une notice sont ceux de la page « Réception » ; les sommes d'un JSON s'écrivent en euros comme dans un tableau.",
        acces: Acces::Ecriture,
        parametres: &[
            question(
                "nature",
                Genre::Choix(natures),
                "La nature des notices, quand elles ne la disent pas.",
            ),
            question("nom", NOM, "Le nom du fichier, rappelé dans les réponses."),
            question(
                "emetteur",
                NOM,
                "L'émetteur des lignes qui n'en nomment pas ; votre organisme si rien n'est dit.",
            ),
        ],
        corps: &[
            Corps { genre: JSON, schema: schemas::notices },
            Corps { genre: CSV, schema: schemas::octets },
            Corps { genre: XLSX, schema: schemas::octets },
            Corps { genre: ODS, schema: schemas::octets },
        ],
        reponses: &[en_json("Ce que chaque ligne est devenue.", schemas::reception)],
        exemple: (
            "/api/v1/notices?nature=cdp",
            Some(
                "{\"reference_acte\": \"2026-0412\", \"date_signification\": \"2026-11-02\", \"bailleur_type\": \"personne_physique\", \"locataire_nom\": \"LENGLET\", \"locataire_prenom\": \"Rose\", \"logement_adresse\": \"12 rue du Moulin\", \"code_postal\": \"62000\", \"commune\": \"Arras\", \"montant_dette\": \"1 500,00\", \"loyer_hors_charges\": \"450,00\"}",
            ),
        ),
    },
    Operation {
        methode: "POST",
        chemin: "/api/v1/actes",
        nom: "consignerUnActe",
        sujet: "Envoyer",
        resume: "Consigner un acte, ou plusieurs",
        description: "Un acte en JSON, ou plusieurs, un par ligne (« application/x-ndjson »), dans un dossier (« dossier ») ou pour un ménage (« menage »). Sur plusieurs lignes, « @1 » désigne le dossier ou le fait de la ligne 1. Un acte irrégulier n'est jamais refusé : « anomalies » dit ce qu'il a de contraire aux textes. Les sommes sont des centimes entiers, les dates AAAA-MM-JJ.",
        acces: Acces::Ecriture,
        parametres: &[],
        corps: &[
            Corps { genre: JSON, schema: acte::un_acte },
            Corps { genre: LIGNES, schema: schemas::lignes },
        ],
        reponses: &[
            Reponse {
                statut: 201,
                dit: "L'acte est au journal.",
                genre: JSON,
                schema: schemas::consigne,
            },
            en_json("L'acte y était déjà.", schemas::consigne),
            Reponse {
                statut: 200,
                dit: "Une réponse par ligne.",
                genre: LIGNES,
                schema: schemas::lignes,
            },
        ],
        exemple: (
            "/api/v1/actes",
            Some(
                "{\"dossier\": \"62-2026-000001\", \"acte\": \"contact\", \"date\": \"2026-11-20\", \"mode\": \"visite\", \"issue\": \"joint\"}",
            ),
        ),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/dossiers",
        nom: "listerLesDossiers",
        sujet: "Lire",
        resume: "Lister les dossiers",
        description: "Les dossiers de votre périmètre, avec les filtres de la page « Dossiers ». L'en-tête « Link » et « suivant » donnent la page suivante.",
        acces: Acces::Lecture,
        parametres: &[
            question("q", NOM, "Des mots du nom, ou le début d'une référence."),
            question(
                "etendue",
                Genre::Choix(etendues),
                "Ouverts, clos ou tous ; ouverts si rien n'est dit.",
            ),
            question("stade", Genre::Choix(stades), "Le stade de la procédure."),
            question("etat", Genre::Choix(etats), "Ce qui court à côté de la procédure."),
            question("statut", Genre::Choix(statuts), "La réponse à la dernière notice."),
            question("file", Genre::Choix(files), "La file de travail."),
            question("liste", Genre::Choix(listes), "La liste de suivi."),
            question("service", NOM, "Le code du service en charge."),
            question("sous_commission", NOM, "Le code de la sous-commission."),
            question("commune", Genre::Texte { max: 5 }, "Le code INSEE de la commune."),
            question(
                "tri",
                Genre::Choix(tris),
                "Par échéance, ou par dernier changement (« maj ») ; par échéance si rien n'est dit.",
            ),
            APRES,
            LIMITE,
        ],
        corps: &[],
        reponses: &[en_json("Une page de dossiers.", schemas::dossiers)],
        exemple: ("/api/v1/dossiers?etendue=ouverts&limite=2", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/dossiers/{reference}",
        nom: "lireUnDossier",
        sujet: "Lire",
        resume: "Lire un dossier entier",
        description: "Le dossier tel que votre organisme peut le lire : stade, états, échéances avec leurs motifs, journal des actes. Qui n'a envoyé que des notices ne lit qu'elles. L'ouverture s'inscrit au registre des accès. Un dossier hors de votre périmètre répond comme s'il n'existait pas.",
        acces: Acces::Lecture,
        parametres: &[REFERENCE],
        corps: &[],
        reponses: &[en_json("Le dossier.", schemas::dossier)],
        exemple: ("/api/v1/dossiers/62-2026-000001", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/dossiers/{reference}/echeances",
        nom: "lireLesEcheancesDUnDossier",
        sujet: "Lire",
        resume: "Lire les échéances d'un dossier",
        description: "Ce qui reste à faire, par qui, avant quand, d'après quelle règle. Ouvre le dossier, et s'inscrit de même.",
        acces: Acces::Lecture,
        parametres: &[REFERENCE],
        corps: &[],
        reponses: &[en_json("Les échéances.", schemas::echeances_du_dossier)],
        exemple: ("/api/v1/dossiers/62-2026-000001/echeances", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/echeances",
        nom: "listerLesEcheances",
        sujet: "Lire",
        resume: "Lister ce qui est dû, le retard d'abord",
        description: "La prochaine étape de chaque dossier ouvert de votre périmètre.",
        acces: Acces::Lecture,
        parametres: &[
            question("jusqu_au", Genre::Jour, "Le dernier jour regardé, compris."),
            question("service", NOM, "Les seules échéances de ce service."),
            APRES,
            LIMITE,
        ],
        corps: &[],
        reponses: &[en_json("Une page d'échéances.", schemas::echeances)],
        exemple: ("/api/v1/echeances?limite=2", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/changements",
        nom: "suivreLesChangements",
        sujet: "Lire",
        resume: "Suivre ce qui change",
        description: "Chaque fait ajouté aux dossiers de votre périmètre, dans l'ordre, depuis une place du flux. Gardez « suivant » et redonnez-le dans « depuis » : rien ne manque et rien ne revient. « encore » dit s'il faut redemander tout de suite ; sinon, revenez dans quelques minutes. Un changement dit quel dossier relire. Le temps qui passe (une échéance dépassée) n'est pas un fait : il se lit dans les échéances.",
        acces: Acces::Lecture,
        parametres: &[
            question(
                "depuis",
                Genre::Place,
                "La place rendue dans « suivant » ; « maintenant » pour ne suivre que l'avenir ; rien pour tout relire.",
            ),
            LIMITE,
        ],
        corps: &[],
        reponses: &[en_json("Une page du flux.", schemas::changements)],
        exemple: ("/api/v1/changements?limite=2", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/courriers",
        nom: "listerLesCourriers",
        sujet: "Lire",
        resume: "Lister les lettres",
        description: "Les lettres d'un état, dans l'ordre de leur préparation. Pour les secrétariats.",
        acces: Acces::Lecture,
        parametres: &[
            question(
                "etat",
                Genre::Choix(etats_de_courrier),
                "L'état des lettres ; « prepare » si rien n'est dit.",
            ),
            question(
                "apres",
                Genre::Entier { min: 0, max: i64::MAX },
                "La place rendue dans « suivant » par la page d'avant.",
            ),
            LIMITE,
        ],
        corps: &[],
        reponses: &[en_json("Une page de lettres.", schemas::courriers)],
        exemple: ("/api/v1/courriers?limite=2", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/courriers/{id}/pdf",
        nom: "lireUneLettre",
        sujet: "Lire",
        resume: "Télécharger une lettre",
        description: "La lettre, en PDF accessible.",
        acces: Acces::Lecture,
        parametres: &[chemin(
            "id",
            Genre::Entier { min: 0, max: i64::MAX },
            "Le numéro de la lettre.",
        )],
        corps: &[],
        reponses: &[Reponse {
            statut: 200,
            dit: "La lettre.",
            genre: PDF,
            schema: schemas::octets,
        }],
        exemple: ("/api/v1/courriers/1/pdf", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/delai/{regle}",
        nom: "calculerUnDelai",
        sujet: "Le droit",
        resume: "Appliquer une règle, et l'expliquer",
        description: "Une date, une conclusion ou un montant, avec la version du texte et les motifs. Sans clé : rien d'un ménage n'y est. « fait » et « option » se répètent, « NOM=VALEUR » : dates AAAA-MM-JJ, sommes en centimes.",
        acces: Acces::Libre,
        parametres: &[
            chemin("regle", Genre::Texte { max: 80 }, "Le nom de la règle, donné par « regles »."),
            question("depuis", Genre::Jour, "L'acte déclencheur."),
            question(
                "audience",
                Genre::Jour,
                "L'audience, pour les règles qui comptent à rebours.",
            ),
            question("fait", Genre::Paires, "Un fait : « date_bail=2024-05-01 »."),
            question(
                "option",
                Genre::Paires,
                "Une lecture, là où le droit hésite : « bail_reconduit=6_semaines ».",
            ),
            question(
                "commune",
                Genre::Texte { max: 5 },
                "Le code INSEE de la commune où l'acte se fait.",
            ),
        ],
        corps: &[],
        reponses: &[en_json("La règle appliquée.", schemas::delai)],
        exemple: (
            "/api/v1/delai/delai_commandement_de_payer?depuis=2026-01-15&fait=date_bail=2024-05-01",
            None,
        ),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/regles",
        nom: "listerLesRegles",
        sujet: "Le droit",
        resume: "Lister les règles en vigueur",
        description: "Chaque règle à une date : sa valeur, sa période, son texte, ce qu'on en a vérifié, les faits et les options qu'elle demande.",
        acces: Acces::Libre,
        parametres: &[question(
            "au",
            Genre::Jour,
            "Le jour où l'on se place ; aujourd'hui si rien n'est dit.",
        )],
        corps: &[],
        reponses: &[en_json("Les règles.", schemas::regles)],
        exemple: ("/api/v1/regles?au=2026-11-21", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/sante",
        nom: "direSaSante",
        sujet: "Le service",
        resume: "Savoir si le service répond",
        description: "Le service et sa base répondent.",
        acces: Acces::Libre,
        parametres: &[],
        corps: &[],
        reponses: &[en_json("Tout va.", schemas::sante)],
        exemple: ("/api/v1/sante", None),
    },
    Operation {
        methode: "GET",
        chemin: "/api/v1/openapi.json",
        nom: "lireLaDescription",
        sujet: "Le service",
        resume: "Lire cette description",
        description: "La description de l'interface pour un programme (OpenAPI 3.1).",
        acces: Acces::Libre,
        parametres: &[],
        corps: &[],
        reponses: &[en_json("La description.", schemas::objet_libre)],
        exemple: ("/api/v1/openapi.json", None),
    },
];

fn natures() -> Vec<&'static str> {
    Nature::TOUTES.iter().map(|n| n.code()).collect()
}

fn etendues() -> Vec<&'static str> {
    vec!["ouverts", "clos", "tous"]
}

fn tris() -> Vec<&'static str> {
    vec!["echeance", "maj"]
}

fn stades() -> Vec<&'static str> {
    Stade::TOUS.iter().map(|s| s.code()).collect()
}

fn etats() -> Vec<&'static str> {
    EtatParallele::TOUS.iter().map(|e| e.code()).collect()
}

fn statuts() -> Vec<&'static str> {
    Statut::TOUS.iter().map(|s| s.code()).collect()
}

fn files() -> Vec<&'static str> {
    FILES.map(File::code).to_vec()
}

fn listes() -> Vec<&'static str> {
    ListeDeSuivi::TOUTES.iter().map(|l| l.code()).collect()
}

fn etats_de_courrier() -> Vec<&'static str> {
    EtatDeCourrier::TOUS.iter().map(|e| e.code()).collect()
}
