//! L'histoire d'un dossier : actes, lettres, pièces, journal.

use ccapex::acte::Quoi;
use ccapex::acte::gabarit::gabarit;
use ccapex::fait::{Acte, Fait, Geste};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::{Statut, champ_en_mots, motif_en_mots};
use usages::courriers::modeles::titre;
use usages::dossiers::ouvrir::{DossierOuvert, NoticeLue};
use usages::formes::VueCourrier;

use super::{ActePasse, Lettre, LigneJournal, Piece};
use crate::app::App;
use crate::composants::Lien;
use crate::courriers::liste::{canal, destinataire, etat, gestes_possibles};
use crate::noms::Noms;
use crate::{mots, urls};

/// Les actes, le plus récent d'abord.
pub(super) fn actes(ouvert: &DossierOuvert) -> Vec<ActePasse> {
    ouvert.notices.iter().rev().map(acte).collect()
}

fn acte(lue: &NoticeLue) -> ActePasse {
    let notice = &lue.notice;
    let contenu = &notice.contenu;
    let reference =
        notice.reference.as_deref().map(|r| format!(", référence {r}")).unwrap_or_default();
    let emetteur = match lue.identite.emetteur.as_str() {
        "" => mots::capitale(&notice.emetteur),
        nom => nom.to_owned(),
    };
    let mut details = vec![
        format!("{emetteur}{reference}, reçu le {}", mots::jour(notice.recue_le)),
        reponse(notice.statut, notice.motif.as_deref()),
    ];
    if !notice.jointe_car.is_empty() {
        details.push(format!("Rejoint ce dossier : {}", notice.jointe_car.join(", ")));
    }
    if let Some(audience) = contenu.date_audience {
        details.push(format!("Audience le {}", mots::jour(audience)));
    }
    if let Some(dette) = contenu.montant_dette {
        details.push(format!("Dette annoncée : {dette}"));
    }
    ActePasse {
        jour: contenu.date.map_or_else(|| "Date inconnue".to_owned(), mots::jour),
        titre: notice.nature.libelle().to_owned(),
        details,
        explications: lue.examen.explication.iter().map(|e| mots::capitale(e)).collect(),
        anomalies: lue.anomalies.iter().map(|a| mots::capitale(&a.motif)).collect(),
        annule: notice.corrigee,
        a_detacher: (!notice.jointe_car.is_empty()).then(|| notice.notice.to_string()),
    }
}

/// « Éligible : seuil de montant atteint ».
pub(crate) fn reponse(statut: Statut, motif: Option<&str>) -> String {
    motif.map_or_else(
        || statut.libelle().to_owned(),
        |motif| format!("{} : {}", statut.libelle(), motif_en_mots(motif)),
    )
}

pub(super) fn lettres(app: &App, ouvert: &DossierOuvert) -> Vec<Lettre> {
    ouvert.courriers.iter().map(|courrier| lettre(app, courrier)).collect()
}

fn lettre(app: &App, courrier: &VueCourrier) -> Lettre {
    Lettre {
        modele: titre(&courrier.modele).to_owned(),
        pdf: urls::lettre(courrier.id),
        jour: format!("préparée le {}", app.jour_de(courrier.prepare_le)),
        destinataire: destinataire(&courrier.destinataire),
        canal: canal(courrier.canal),
        etat: etat(courrier.etat),
        marquer: format!("/courriers/{}", courrier.id),
        gestes: gestes_possibles(courrier.etat),
    }
}

/// Les fichiers d'où viennent les notices, sans répétition.
pub(super) fn pieces(ouvert: &DossierOuvert) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for notice in &ouvert.notices {
        if let Some((piece, ligne)) = notice.piece {
            pieces.push(Piece {
                lien: Lien::nouveau(
                    format!("{}, ligne {ligne}", notice.notice.nature.libelle()),
                    urls::piece(piece.0),
                ),
                recue: format!("Reçue le {}", mots::jour(notice.notice.recue_le)),
            });
        }
    }
    pieces
}

/// Le journal, le plus récent d'abord.
pub(super) fn journal(
    app: &App,
    ouvert: &DossierOuvert,
    agent: &Agent,
    noms: &Noms,
) -> Vec<LigneJournal> {
    ouvert.journal.iter().rev().map(|fait| ligne(app, fait, agent, noms)).collect()
}

fn ligne(app: &App, fait: &Fait, agent: &Agent, noms: &Noms) -> LigneJournal {
    let (dit, precision) = en_mots(&fait.acte, noms);
    LigneJournal {
        enregistre: app.instant(fait.ecrit_le),
        fait: dit,
        precision,
        jour: mots::jour(fait.acte.jour()),
        auteur: match fait.agent {
            AgentId(0) => "Seuil".to_owned(),
            id if id == agent.id => format!("{} (vous)", agent.nom),
            id => format!("compte n° {id}"),
        },
    }
}

fn en_mots(acte: &Acte, noms: &Noms) -> (String, String) {
    match acte {
        Acte::NoticeRecue(recue) => {
            let nature = recue.nature.map_or("Notice", |n| n.libelle());
            let corrige = if recue.corrige.is_some() { ", qui en corrige une autre" } else { "" };
            (
                format!("{nature} : notice reçue{corrige}"),
                reponse(recue.statut, recue.motif.as_deref()),
            )
        }
        Acte::Complement(complement) => {
            let champs: Vec<&str> = complement.champs.iter().map(|c| champ_en_mots(c)).collect();
            let precision = format!(
                "{} — {}",
                champs.join(", "),
                reponse(complement.statut, complement.motif.as_deref())
            );
            ("Notice complétée".to_owned(), precision)
        }
        Acte::Rapprochement(rapprochement) => {
            let dit = match rapprochement.geste {
                Geste::Demande => "Rapprochement à confirmer",
                Geste::Joint => "Un autre dossier du même ménage est joint",
                Geste::JointA => "Ce dossier se suit dans un autre",
                Geste::Separe => "Séparé d'un autre dossier : ce n'est pas le même ménage",
            };
            (dit.to_owned(), rapprochement.motifs.join(" "))
        }
        Acte::Courrier(courrier) => {
            (format!("Lettre : {}", courrier.etape), titre(&courrier.modele).to_owned())
        }
        Acte::SituationConfirmee(_) => ("Situation confirmée".to_owned(), String::new()),
        Acte::Consigne(consigne) => {
            let quoi = &consigne.quoi;
            let titre = gabarit(quoi.nom()).map_or(quoi.nom(), |g| g.libelle);
            let precision = match quoi {
                Quoi::PriseEnCharge { service, issue } => {
                    format!("{} : {}", noms.service(service), issue.libelle())
                }
                Quoi::Dette { montant } => montant.to_string(),
                _ => String::new(),
            };
            (titre.to_owned(), precision)
        }
        Acte::Rectification(rectification) => (
            format!("Rectification du fait n° {}", rectification.annule),
            rectification.motif.clone(),
        ),
    }
}
