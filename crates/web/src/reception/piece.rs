//! Le résultat d'un fichier, ligne à ligne.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use ccapex::identifiants::PieceId;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::examen::Examen;
use ccapex::signalement::statut::{Statut, champ_en_mots, motif_en_mots};
use serde::Deserialize;
use usages::formes::{EtatDePiece, Piece};
use usages::reception::colonnes::non_comprises;
use usages::reception::registre::{
    LigneDuRegistre, REMPLACEE, comptes, lignes, octets, piece, se_rend_a,
};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Lien, Onglet, Onglets, Pagination, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::noms::{Noms, statut_de};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "reception/piece.html")]
pub struct PagePiece {
    pub cadre: Cadre,
    pub nom: String,
    pub recu: String,
    pub empreinte: String,
    pub etat: Badge,
    pub en_cours: bool,
    pub actions: Vec<Lien>,
    pub alertes: Vec<Alerte>,
    pub onglets: Option<Onglets>,
    pub legende: String,
    pub lignes: Vec<LigneRecue>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une ligne du fichier et ce qu'elle est devenue.
pub struct LigneRecue {
    pub ligne: String,
    pub reference: String,
    pub nature: String,
    pub menage: String,
    pub statut: Badge,
    pub motif: String,
    pub explications: Vec<String>,
    pub anomalies: Vec<String>,
    pub suites: Vec<String>,
    pub questions: Vec<Lien>,
    pub dossier: Option<Lien>,
    pub rapprochement: String,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    statut: String,
    apres: Option<i64>,
}

const PAR_PAGE: usize = 50;
/// Ce qu'une requête lit à la fois, quand un filtre écarte des lignes.
const PAR_LECTURE: i64 = 500;
/// Au-delà, compter par réponse demanderait de tout relire.
const COMPTES_JUSQU_A: i64 = 2_000;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, id) = (&connecte.agent, PieceId(id));
    let piece = piece(&app.maison, agent, id).await?;
    let noms = Noms::du(&app, &piece.profil)?;
    let (montrees, suite) = une_page(&app, agent, id, &demande).await?;
    let apres = montrees.last().map(|l| l.resultat.ordre.to_string()).unwrap_or_default();
    let chemin = urls::piece(id.0);
    let en_cours = matches!(piece.etat, EtatDePiece::EnCours | EtatDePiece::Recu);
    let total = mots::compte(u64::try_from(piece.traitees).unwrap_or_default(), "ligne", "lignes");
    page(&PagePiece {
        cadre: connecte.cadre(&app, Section::Reception, &piece.nom).dans_sa_section(),
        recu: recu(&app, &piece, &total),
        actions: actions(&piece, agent),
        alertes: alertes(&piece, agent, non_comprises(&app.maison, agent, &piece).await?),
        onglets: onglets(&app, agent, &piece, &demande.statut).await?,
        legende: if demande.statut.is_empty() {
            total
        } else {
            format!("Lignes : {}", statut_de(&demande.statut).texte.to_lowercase())
        },
        vide: vide(&piece),
        pagination: Pagination {
            resume: mots::compte(montrees.len() as u64, "ligne montrée", "lignes montrées"),
            debut: demande.apres.map(|_| urls::avec(&chemin, &[("statut", &demande.statut)])),
            suite: suite
                .then(|| urls::avec(&chemin, &[("statut", &demande.statut), ("apres", &apres)])),
        },
        lignes: montrees.iter().map(|l| ligne(l, agent, &noms)).collect(),
        etat: super::depot::etat(&piece),
        en_cours,
        empreinte: piece.empreinte,
        nom: piece.nom,
    })
}

/// Le fichier, tel que reçu.
pub(crate) async fn original(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
) -> Result<Response, ErreurWeb> {
    let (piece, octets) = octets(&app.maison, &connecte.agent, PieceId(id)).await?;
    let nom: String = piece
        .nom
        .chars()
        .map(|c| if c.is_ascii_graphic() && c != '"' && c != '\\' { c } else { '_' })
        .collect();
    let entetes = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{nom}\"")),
    ];
    Ok((entetes, octets).into_response())
}

/// Une page de lignes que le filtre retient, et s'il en reste.
async fn une_page(
    app: &App,
    agent: &Agent,
    id: PieceId,
    demande: &Demande,
) -> Result<(Vec<LigneDuRegistre>, bool), ErreurWeb> {
    let (mut retenues, mut apres) = (Vec::new(), demande.apres);
    let lecture = if demande.statut.is_empty() { PAR_PAGE as i64 + 1 } else { PAR_LECTURE };
    while retenues.len() <= PAR_PAGE {
        let lues = lignes(&app.maison, agent, id, apres, lecture, app.aujourd_hui()).await?;
        let finie = (lues.len() as i64) < lecture;
        apres = lues.last().map(|l| l.resultat.ordre).or(apres);
        retenues.extend(
            lues.into_iter().filter(|l| demande.statut.is_empty() || l.statut() == demande.statut),
        );
        if finie {
            break;
        }
    }
    let suite = retenues.len() > PAR_PAGE;
    retenues.truncate(PAR_PAGE);
    Ok((retenues, suite))
}

fn recu(app: &App, piece: &Piece, total: &str) -> String {
    let taille = u64::try_from(piece.taille).unwrap_or_default();
    let taille = match taille {
        0..1_000 => format!("{taille} octets"),
        1_000..1_000_000 => format!("{} Ko", taille / 1_000),
        _ => format!("{} Mo", taille / 1_000_000),
    };
    let emetteur = if piece.emetteur.is_empty() {
        String::new()
    } else {
        format!(", envoyé par {}", piece.emetteur)
    };
    format!("Reçu le {}{emetteur}. {total}, {taille}.", app.instant(piece.recu_le))
}

fn actions(piece: &Piece, agent: &Agent) -> Vec<Lien> {
    let mut actions = Vec::new();
    if se_rend_a(piece, agent) {
        if !piece.nom.ends_with(".json") {
            actions.push(Lien::nouveau(
                "Préciser les colonnes",
                format!("{}/colonnes", urls::piece(piece.id.0)),
            ));
        }
        actions.push(Lien::nouveau(
            "Télécharger le fichier reçu",
            format!("{}/original", urls::piece(piece.id.0)),
        ));
    }
    actions
}

/// Des colonnes que Seuil n'a pas comprises, et la page qui les précise.
pub(crate) fn a_preciser(piece: i64, combien: usize) -> Option<Alerte> {
    let titre = mots::compte(combien as u64, "colonne non comprise", "colonnes non comprises");
    let texte = "Ce qu'elles disent n'est pas lu, et manque peut-être à ses lignes.";
    (combien > 0).then(|| {
        Alerte::nouvelle(Ton::Attention, titre, texte)
            .avec("Préciser les colonnes", format!("{}/colonnes", urls::piece(piece)))
    })
}

fn alertes(piece: &Piece, agent: &Agent, non_comprises: usize) -> Vec<Alerte> {
    if let Some(alerte) = a_preciser(piece.id.0, non_comprises) {
        return vec![alerte];
    }
    if piece.etat != EtatDePiece::Refuse {
        return Vec::new();
    }
    let texte = format!("{} : {}", piece.endroit, piece.motif);
    let alerte = Alerte::nouvelle(Ton::Erreur, "Ce fichier est refusé en entier, et gardé", texte);
    vec![if se_rend_a(piece, agent) {
        alerte.avec("Préciser les colonnes", format!("{}/colonnes", urls::piece(piece.id.0)))
    } else {
        alerte
    }]
}

async fn onglets(
    app: &App,
    agent: &Agent,
    piece: &Piece,
    ouvert: &str,
) -> Result<Option<Onglets>, ErreurWeb> {
    if piece.traitees == 0 {
        return Ok(None);
    }
    let petit = piece.traitees <= COMPTES_JUSQU_A;
    let par_reponse = if petit {
        comptes(&app.maison, agent, piece.id, COMPTES_JUSQU_A).await?
    } else {
        BTreeMap::new()
    };
    let chemin = urls::piece(piece.id.0);
    let onglet = |code: &str, titre: String, compte: String| Onglet {
        titre,
        compte,
        vers: urls::avec(&chemin, &[("statut", code)]),
        ouvert: ouvert == code,
    };
    let tout = mots::milliers(u64::try_from(piece.traitees).unwrap_or_default());
    let mut onglets = vec![onglet("", "Toutes".to_owned(), tout)];
    for code in Statut::TOUS.iter().map(|statut| statut.code()).chain([REMPLACEE]) {
        let compte = par_reponse.get(code).copied();
        if !petit || compte.is_some() {
            let compte = compte.map(mots::milliers).unwrap_or_default();
            onglets.push(onglet(code, statut_de(code).texte, compte));
        }
    }
    Ok(Some(Onglets { nom: "Lignes par résultat", onglets }))
}

fn vide(piece: &Piece) -> Vide {
    match piece.etat {
        EtatDePiece::Refuse => Vide::nouveau(
            "Aucune ligne n'a été lue",
            "Le message ci-dessus dit pourquoi, et quoi faire.",
        )
        .avec("Déposer un autre fichier", "/reception"),
        EtatDePiece::EnCours | EtatDePiece::Recu => {
            Vide::nouveau("La lecture commence", "Les premières lignes apparaîtront ici.")
                .avec("Actualiser", urls::piece(piece.id.0))
        }
        EtatDePiece::Termine => {
            Vide::nouveau("Aucune ligne de ce genre", "Choisissez un autre onglet.")
                .avec("Toutes les lignes", urls::piece(piece.id.0))
        }
    }
}

fn ligne(ligne: &LigneDuRegistre, agent: &Agent, noms: &Noms) -> LigneRecue {
    let notice = &ligne.resultat.notice;
    let remplacee = ligne.statut() == REMPLACEE;
    // Ce qu'elle disait se lit où elle compte : ici, on ne fait que la reconnaître.
    let deja = remplacee || ligne.statut() == "doublon";
    let examen = ligne.examen.as_ref();
    let feuille = if ligne.resultat.feuille.is_empty() {
        String::new()
    } else {
        format!("{} ", ligne.resultat.feuille)
    };
    let mut motif = if remplacee {
        "La même ligne a été relue, ou le même acte reçu depuis : c'est lui qui compte.".to_owned()
    } else if deja {
        "Déjà reçue : même émetteur, même référence, même contenu.".to_owned()
    } else {
        motif(&notice.motif)
    };
    let mut suites = Vec::new();
    match examen {
        Some(examen) if !deja => suites.extend(suites_de(examen, noms)),
        Some(_) => {}
        None if notice.sous_commission.is_empty() => {}
        None => motif = format!("Suivie par : {}.", noms.sous_commission(&notice.sous_commission)),
    }
    LigneRecue {
        ligne: format!("{feuille}{}", ligne.resultat.ligne),
        reference: if notice.reference.is_empty() {
            "Sans référence".to_owned()
        } else {
            notice.reference.clone()
        },
        nature: ligne.nature.libelle().to_owned(),
        menage: ligne.menage.clone(),
        statut: statut_de(ligne.statut()),
        motif,
        explications: examen.filter(|_| !deja).map(|e| e.explication.clone()).unwrap_or_default(),
        anomalies: if deja {
            vec![]
        } else {
            ligne.anomalies.iter().map(|a| mots::capitale(&a.motif)).collect()
        },
        suites,
        questions: if deja { vec![] } else { questions(ligne, agent) },
        dossier: ligne.dossier.as_deref().map(|d| Lien::nouveau(d, urls::dossier(d))),
        rapprochement: rapprochement(&notice.rapprochement),
    }
}

fn motif(code: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    let dit = motif_en_mots(code);
    let dit = if dit == code {
        format!("à préciser : {}", champ_en_mots(code))
    } else {
        dit.to_owned()
    };
    format!("{}.", mots::capitale(&dit))
}

fn suites_de(examen: &Examen, noms: &Noms) -> Vec<String> {
    let mut suites = Vec::new();
    if let Some(service) = &examen.service {
        let provisoire = if examen.service_provisoire { ", à confirmer" } else { "" };
        suites.push(format!("Confié à : {}{provisoire}", noms.service(service)));
    }
    if let Some(fin) = &examen.fin_delai {
        suites.push(format!("Fin du délai : {}", mots::jour(fin.retenue)));
    }
    suites
}

fn questions(ligne: &LigneDuRegistre, agent: &Agent) -> Vec<Lien> {
    let notice = &ligne.resultat.notice;
    let mut questions = Vec::new();
    let secretariat = agent.tient_le_secretariat();
    if !(secretariat || agent.complete_ses_notices()) || ligne.examen.is_none() {
        return questions;
    }
    let manques = ligne.examen.as_ref().map(|e| e.a_completer.as_slice()).unwrap_or_default();
    if notice.statut == "incomplet" || !manques.is_empty() {
        let dits: Vec<&str> = manques.iter().map(|c| champ_en_mots(c)).collect();
        let texte = if dits.is_empty() {
            "Compléter".to_owned()
        } else {
            format!("Compléter : {}", dits.join(", "))
        };
        questions.push(Lien::nouveau(texte, urls::notice(notice.id.0)));
    }
    if secretariat && notice.rapprochement == "a_confirmer" {
        questions.push(Lien::nouveau("Est-ce le même ménage ?", "/rapprochements"));
    }
    questions
}

fn rapprochement(code: &str) -> String {
    match code {
        "nouveau" => "nouveau dossier",
        "certain" => "dossier déjà ouvert",
        "a_confirmer" => "ressemble à un autre",
        _ => "",
    }
    .to_owned()
}
