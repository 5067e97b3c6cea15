//! Saisir une notice à la main, et les champs que les formulaires partagent.
//!
//! Ici, tout sur une page ; [`etapes`] demande les mêmes champs l'un après l'autre, et les garde.

pub mod etapes;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::notice::Nature;
use ccapex::signalement::statut::champ_en_mots;
use usages::saisie::{Saisie, saisir};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Choix, Genre, Lien, Onglet, Onglets};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "saisie.html")]
pub struct PageSaisie {
    pub cadre: Cadre,
    pub chapo: String,
    pub natures: Option<Onglets>,
    /// Le même formulaire, étape par étape.
    pub par_etapes: Option<Lien>,
    /// Chaque erreur mène à son champ.
    pub erreurs: Vec<Lien>,
    pub groupes: Vec<Groupe>,
    pub envoyer: String,
    pub retour: String,
    pub bouton: String,
}

/// Des champs qui vont ensemble.
pub struct Groupe {
    pub titre: String,
    pub champs: Vec<Champ>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(nature): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let nature = Nature::de_code(&nature).ok_or_else(ErreurWeb::introuvable)?;
    rendre(&app, &connecte, nature, &Formulaire::default(), &BTreeMap::new())
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(nature): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let nature = Nature::de_code(&nature).ok_or_else(ErreurWeb::introuvable)?;
    let champs: BTreeMap<String, String> =
        formulaire.remplis().map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned())).collect();
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    match saisir(&app.maison, &connecte.agent, nature, &champs, jour, instant).await? {
        Saisie::Recue(recue) => {
            let (reponse, piece) = *recue;
            let vers =
                reponse.dossier.as_deref().map_or_else(|| urls::piece(piece.id.0), urls::dossier);
            Ok(Redirect::to(&urls::avec(&vers, &[("fait", "saisie")])).into_response())
        }
        Saisie::AReprendre(defauts) => {
            Ok(rendre(&app, &connecte, nature, &formulaire, &defauts)?.into_response())
        }
    }
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    nature: Nature,
    saisie: &Formulaire,
    defauts: &BTreeMap<String, String>,
) -> Result<Html<String>, ErreurWeb> {
    let depot = connecte.agent.peut_deposer()?;
    let titre = format!("Saisir : {}", nature.libelle().to_lowercase());
    let groupes = groupes(nature).into_iter().map(|(titre, noms)| Groupe {
        titre: titre.to_owned(),
        champs: noms
            .into_iter()
            .map(|nom| {
                let champ = champ_de(nom);
                let exige = [nature.champ_date(), "locataire_nom", "commune"].contains(&nom);
                let champ = if exige { champ.obligatoire() } else { champ };
                let impose = depot.emetteur().filter(|_| nom == "etude").unwrap_or_default();
                let valeur = if saisie.texte(nom).is_empty() { impose } else { saisie.texte(nom) };
                let erreur = defauts.get(nom).cloned().unwrap_or_default();
                Champ { erreur, ..champ.rempli(valeur) }
            })
            .collect(),
    });
    page(&PageSaisie {
        cadre: connecte.cadre(app, Section::Reception, &titre).dans_sa_section(),
        chapo: "La notice saisie est gardée et traitée comme un fichier reçu : seuils, dossier, service, dates et lettres.".to_owned(),
        natures: Some(natures(nature)),
        par_etapes: Some(Lien::nouveau(
            "Remplir par étapes, gardées à mesure",
            format!("/saisie/{}/etapes", nature.code()),
        )),
        erreurs: defauts
            .iter()
            .map(|(nom, pourquoi)| Lien::nouveau(format!("{} : {pourquoi}", champ_de(nom).libelle), format!("#champ-{nom}")))
            .collect(),
        groupes: groupes.collect(),
        envoyer: format!("/saisie/{}", nature.code()),
        retour: "/reception".to_owned(),
        bouton: "Enregistrer la notice".to_owned(),
    })
}

fn natures(ouverte: Nature) -> Onglets {
    let onglets = Nature::TOUTES.iter().map(|n| Onglet {
        titre: n.libelle().to_owned(),
        compte: String::new(),
        vers: format!("/saisie/{}", n.code()),
        ouvert: *n == ouverte,
    });
    Onglets { nom: "Nature de l'acte", onglets: onglets.collect() }
}

const BAILLEURS: [(&str, &str); 5] = [
    ("", "Ne sait pas"),
    ("personne_physique", "Personne physique"),
    ("sci_familiale", "SCI familiale (parents et alliés jusqu'au 4e degré)"),
    ("personne_morale", "Autre personne morale"),
    ("bailleur_social", "Bailleur social"),
];
const REGIMES: [(&str, &str); 5] = [
    ("", "Loi du 6 juillet 1989"),
    ("foyer", "Logement-foyer"),
    ("residence_sociale", "Résidence sociale"),
    ("sous_location", "Sous-location"),
    ("autre", "Autre"),
];
const OCCUPATIONS: [(&str, &str); 3] = [
    ("", "Locataire"),
    ("proprietaire", "Propriétaire occupant"),
    ("sans_titre", "Sans droit ni titre"),
];
const MOTIFS: [(&str, &str); 7] = [
    ("", "Impayé"),
    ("troubles", "Troubles de jouissance"),
    ("conge_vente", "Congé pour vente"),
    ("conge_reprise", "Congé pour reprise"),
    ("sans_titre", "Occupation sans droit ni titre"),
    ("defaut_assurance", "Défaut d'assurance"),
    ("autre", "Autre"),
];
const OUI_NON: [(&str, &str); 3] = [("", "Ne sait pas"), ("oui", "Oui"), ("non", "Non")];
const ISSUES: [(&str, &str); 5] = [
    ("", "Ne sait pas"),
    ("delais", "Délais accordés"),
    ("resiliation", "Résiliation et expulsion"),
    ("rejet", "Rejet de la demande"),
    ("desistement", "Désistement"),
];
const ORIGINES: [(&str, &str); 12] = [
    ("", "Ne sait pas"),
    ("caf", "Caf"),
    ("msa", "MSA"),
    ("bailleur", "Bailleur"),
    ("fsl", "FSL"),
    ("comed", "Commission de médiation"),
    ("adil", "ADIL"),
    ("service_social", "Service social"),
    ("maire", "Maire"),
    ("locataire", "Locataire"),
    ("association", "Association"),
    ("prefet", "Préfet"),
];

/// Le champ canonique de ce nom, avec son étiquette, son aide et sa forme.
pub(crate) fn champ_de(nom: &str) -> Champ {
    let choix = |liste: &[(&str, &str)]| Genre::Choix(Choix::liste(liste, ""));
    let genre = match nom {
        "date"
        | "date_signification"
        | "date_assignation"
        | "date_notification_prefet"
        | "date_audience"
        | "date_bail"
        | "bail_reconduit_le"
        | "impaye_depuis"
        | "locataire_date_naissance"
        | "date_effet"
        | "jusqu_au" => Genre::Date,
        "loyer_hors_charges" | "charges" | "montant_dette" | "dette" => Genre::Montant,
        "nombre_adultes" | "nombre_enfants" | "delais_mois" | "delai_depart_mois"
        | "code_postal" => Genre::Nombre,
        "telephone" => Genre::Telephone,
        "courriel" => Genre::Courriel,
        "contenu" => Genre::Long,
        "bailleur_type" => choix(&BAILLEURS),
        "regime" => choix(&REGIMES),
        "occupation" => choix(&OCCUPATIONS),
        "motif" => choix(&MOTIFS),
        "issue" => choix(&ISSUES),
        "origine" => choix(&ORIGINES),
        "aide_logement" | "loyer_repris" | "par_defaut" => choix(&OUI_NON),
        _ => Genre::Texte,
    };
    let libelle = match nom {
        "bailleur_type" => "Qualité du bailleur".to_owned(),
        "reference_acte" => "Référence de l'acte".to_owned(),
        "date_signification" => "Date de signification".to_owned(),
        "etude" => "Étude ou organisme".to_owned(),
        "locataire_date_naissance" => "Date de naissance".to_owned(),
        "telephone" => "Téléphone".to_owned(),
        "courriel" => "Courriel".to_owned(),
        "nombre_enfants" => "Nombre d'enfants".to_owned(),
        "code_postal" => "Code postal".to_owned(),
        "bail_reconduit_le" => "Bail reconduit le".to_owned(),
        "loyer_hors_charges" => "Loyer hors charges".to_owned(),
        "charges" => "Charges".to_owned(),
        "montant_dette" => "Montant de la dette".to_owned(),
        "impaye_depuis" => "Premier impayé".to_owned(),
        "reference_exploc" => "Référence EXPLOC".to_owned(),
        "aide_logement" => "Aide au logement".to_owned(),
        "dette" => "Montant de la dette".to_owned(),
        "tribunal" => "Tribunal".to_owned(),
        "motif" => "Fondement".to_owned(),
        "issue" => "Décision rendue".to_owned(),
        "origine" => "Qui signale".to_owned(),
        "delais_mois" => "Délais de paiement, en mois".to_owned(),
        "delai_depart_mois" => "Délai pour partir, en mois".to_owned(),
        "loyer_repris" => "Paiement du loyer repris".to_owned(),
        "par_defaut" => "Locataire absent à l'audience".to_owned(),
        "code" => "Code de l'alerte".to_owned(),
        "contenu" => "Ce qui est signalé".to_owned(),
        "canal" => "Comment l'acte est arrivé".to_owned(),
        autre => mots::capitale(champ_en_mots(autre)),
    };
    let aide = match nom {
        "date_signification" => "Le jour où l'acte a été délivré, en haut de la première page.",
        "etude" => "Qui envoie l'acte.",
        "aide_logement" => "Le ménage en reçoit une.",
        "reference_acte" => "Le numéro que l'étude donne à l'acte.",
        "montant_dette" | "dette" => "Loyers et charges, en euros : 1 234,56",
        "loyer_hors_charges" | "charges" => "Par mois, en euros : 1 234,56",
        "impaye_depuis" => "Le premier terme resté impayé sans interruption.",
        "bail_reconduit_le" => "La dernière reconduction, si le bail a été renouvelé.",
        "contenu" => "Des faits, sans diagnostic ni donnée de santé.",
        _ => "",
    };
    let completion = "off";
    Champ { completion, ..Champ::nouveau(nom, libelle, genre).aide(aide) }
}

/// Les champs d'une nature, groupés comme on les lit sur l'acte.
pub(crate) fn groupes(nature: Nature) -> Vec<(&'static str, Vec<&'static str>)> {
    let acte: &[&str] = match nature {
        Nature::Cdp => &["date_signification", "reference_acte", "etude", "reference_exploc"],
        Nature::Assignation => &[
            "date_assignation",
            "reference_acte",
            "etude",
            "date_notification_prefet",
            "date_audience",
            "tribunal",
            "motif",
        ],
        Nature::Decision => &[
            "date",
            "reference_acte",
            "etude",
            "tribunal",
            "issue",
            "delais_mois",
            "delai_depart_mois",
            "loyer_repris",
            "par_defaut",
        ],
        Nature::Cql => {
            &["date", "reference_acte", "etude", "date_notification_prefet", "reference_exploc"]
        }
        Nature::RequisitionCfp => &["date", "reference_acte", "etude", "reference_exploc"],
        Nature::SaisineBailleur | Nature::SignalementImpaye => {
            &["date", "reference_acte", "etude", "origine"]
        }
        Nature::Alerte => &["date", "reference_acte", "etude", "origine", "contenu"],
    };
    let dette: &[&str] = match nature {
        Nature::SaisineBailleur | Nature::SignalementImpaye => {
            &["dette", "impaye_depuis", "aide_logement"]
        }
        Nature::Cdp | Nature::Assignation => &["montant_dette", "impaye_depuis", "aide_logement"],
        Nature::Decision | Nature::Cql | Nature::RequisitionCfp | Nature::Alerte => {
            &["aide_logement"]
        }
    };
    vec![
        ("L'acte", acte.to_vec()),
        (
            "Le ménage",
            vec![
                "locataire_nom",
                "locataire_prenom",
                "locataire_date_naissance",
                "telephone",
                "courriel",
                "nombre_adultes",
                "nombre_enfants",
            ],
        ),
        ("Le logement", vec!["logement_adresse", "code_postal", "commune", "occupation"]),
        (
            "Le bailleur et le bail",
            vec![
                "bailleur_type",
                "bailleur_nom",
                "bailleur_adresse",
                "date_bail",
                "bail_reconduit_le",
                "regime",
                "loyer_hors_charges",
                "charges",
            ],
        ),
        ("La dette", dette.to_vec()),
    ]
}
