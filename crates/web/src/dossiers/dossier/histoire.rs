//! L'histoire d'un dossier : actes, lettres, pièces, journal.

use std::collections::BTreeSet;

use ccapex::acte::Consigne;
use ccapex::acte::codes::IssueDeDecision;
use ccapex::cours::frise::{Jalon, Sorte};
use ccapex::fait::{Acte, Fait, Geste};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::{Statut, champ_en_mots, motif_en_mots};
use jiff::civil::Date;
use usages::courriers::modeles::titre;
use usages::dossiers::ouvrir::{DossierOuvert, NoticeLue};
use usages::formes::VueCourrier;

use super::frise::{ancre, ancre_d_un_acte};
use super::{ActePasse, EtatDActe, Lettre, LigneJournal, Piece};
use crate::actes::annonce::Irregularite;
use crate::actes::dire;
use crate::app::App;
use crate::composants::Lien;
use crate::courriers::gestes::gestes_de;
use crate::courriers::liste::{canal, destinataire, etat};
use crate::dossiers::vu::Vu;
use crate::{mots, urls};

/// Ce qui est arrivé et les dates passées que la loi comptait, le plus récent d'abord.
pub(super) fn actes(vu: &Vu<'_>) -> Vec<ActePasse> {
    let ouvert = vu.ouvert;
    let notices = ouvert
        .notices
        .iter()
        .map(|n| (n.notice.contenu.date.unwrap_or(n.notice.recue_le), notice(n, vu)));
    let mut actes: Vec<(Date, ActePasse)> = notices.collect();
    let consignes = ouvert.dossier.actes.iter().filter(|a| a.consigne.date <= vu.jour);
    actes.extend(consignes.map(|a| (a.consigne.date, consigne(&a.id, &a.consigne, vu))));
    if vu.entier() {
        actes.extend(annules(vu));
        let comptees = (0..).zip(&vu.ouvert.frise.jalons);
        actes.extend(
            comptees
                .filter(|(_, j)| j.sorte == Sorte::Calcule && j.jour <= vu.jour)
                .map(|(rang, j)| (j.jour, compte(ancre(rang, j, vu.jour), j))),
        );
    }
    actes.sort_by_key(|(jour, acte)| std::cmp::Reverse((*jour, acte.rang)));
    actes.into_iter().map(|(_, acte)| acte).collect()
}

fn notice(lue: &NoticeLue, vu: &Vu<'_>) -> ActePasse {
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
    let issue = contenu.mot("issue").and_then(|issue| {
        IssueDeDecision::CHOIX.iter().find(|(code, _)| *code == issue).map(|(_, dite)| *dite)
    });
    if let Some(issue) = issue {
        details.push(mots::capitale(issue));
    }
    if let Some(mois) = contenu.nombre("delais_mois") {
        details.push(format!("Délais de paiement : {mois} mois"));
    }
    let anomalies = vu.irregularites(&notice.fait);
    let corrigible = !notice.corrigee && dans_ce_journal(&notice.fait, vu);
    ActePasse {
        rang: notice.rang,
        ancre: ancre_d_un_acte(&notice.fait),
        jour: contenu.date.map_or_else(|| "Date inconnue".to_owned(), mots::jour),
        titre: notice.nature.libelle().to_owned(),
        details,
        textes: Vec::new(),
        explications: lue.examen.explication.iter().map(|e| mots::capitale(e)).collect(),
        anomalies: anomalies.iter().map(Irregularite::de).collect(),
        etat: if notice.corrigee {
            EtatDActe::Annule(CORRIGEE.to_owned())
        } else {
            EtatDActe::Fait
        },
        a_detacher: (!notice.jointe_car.is_empty()).then(|| notice.notice.to_string()),
        corriger: corrigible.then(|| urls::rectifier(&vu.ouvert.vue.reference, &notice.fait)),
    }
}

const CORRIGEE: &str = "Remplacée par une notice de même référence.";

fn dans_ce_journal(fait: &str, vu: &Vu<'_>) -> bool {
    vu.peut_agir() && vu.ouvert.journal.iter().any(|f| f.id == fait)
}

fn consigne(fait: &str, consigne: &Consigne, vu: &Vu<'_>) -> ActePasse {
    let corrigible = dans_ce_journal(fait, vu);
    let textes = vu.textes(fait).map(|t| dire::textes(&consigne.quoi, t)).unwrap_or_default();
    let rang = vu.ouvert.journal.iter().find(|f| f.id == fait).map_or(0, |f| f.rang);
    ActePasse {
        rang,
        ancre: ancre_d_un_acte(fait),
        jour: mots::jour(consigne.date),
        titre: dire::titre(&consigne.quoi).to_owned(),
        details: dire::details(&consigne.quoi, &vu.noms.0),
        textes,
        explications: Vec::new(),
        anomalies: vu.irregularites(fait).iter().map(Irregularite::de).collect(),
        etat: EtatDActe::Fait,
        a_detacher: None,
        corriger: corrigible.then(|| urls::rectifier(&vu.ouvert.vue.reference, fait)),
    }
}

/// Les actes annulés : ils restent, avec le motif de leur correction.
fn annules(vu: &Vu<'_>) -> Vec<(Date, ActePasse)> {
    let journal = &vu.ouvert.journal;
    let mut sans_effet: BTreeSet<i64> = BTreeSet::new();
    let mut annules = Vec::new();
    for fait in journal.iter().rev() {
        let Acte::Rectification(r) = &fait.acte else { continue };
        if sans_effet.contains(&fait.rang) {
            continue;
        }
        sans_effet.insert(r.annule);
        let Some(annule) = journal.iter().find(|f| f.rang == r.annule) else { continue };
        let motif = vu.textes(&fait.id).and_then(|t| t.get("motif")).unwrap_or(&r.motif);
        let pourquoi = format!("Annulé le {} : {motif}", mots::jour(r.le));
        let acte = match &annule.acte {
            Acte::Consigne(c) => consigne(&annule.id, c, vu),
            Acte::NoticeRecue(_) => ActePasse {
                rang: annule.rang,
                ancre: ancre_d_un_acte(&annule.id),
                jour: mots::jour(annule.acte.jour()),
                titre: dire::fait(&annule.acte).to_owned(),
                ..ActePasse::default()
            },
            Acte::Complement(_)
            | Acte::Rapprochement(_)
            | Acte::Courrier(_)
            | Acte::SituationConfirmee(_)
            | Acte::Rectification(_) => continue,
        };
        let acte = ActePasse {
            etat: EtatDActe::Annule(pourquoi),
            corriger: None,
            anomalies: Vec::new(),
            ..acte
        };
        annules.push((annule.acte.jour(), acte));
    }
    annules
}

fn compte(ancre: String, jalon: &Jalon) -> ActePasse {
    ActePasse {
        ancre,
        jour: mots::jour(jalon.jour),
        titre: mots::capitale(&jalon.titre),
        explications: jalon.motifs.iter().map(|m| mots::capitale(m)).collect(),
        etat: EtatDActe::Compte,
        ..ActePasse::default()
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
        canal: canal(courrier),
        etat: etat(courrier.etat),
        marquer: format!("/courriers/{}", courrier.id),
        gestes: gestes_de(courrier),
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
pub(super) fn journal(app: &App, vu: &Vu<'_>, agent: &Agent) -> Vec<LigneJournal> {
    vu.ouvert.journal.iter().rev().map(|fait| ligne(app, fait, agent, vu)).collect()
}

fn ligne(app: &App, fait: &Fait, agent: &Agent, vu: &Vu<'_>) -> LigneJournal {
    let (dit, precision) = en_mots(fait, vu);
    LigneJournal {
        enregistre: app.instant(fait.ecrit_le),
        fait: dit,
        precision,
        jour: mots::jour(fait.acte.jour()),
        auteur: match fait.pour {
            Some(absent) => {
                format!("{}, pour {}", auteur(fait.agent, agent), auteur(absent, agent))
            }
            None => auteur(fait.agent, agent),
        },
    }
}

fn auteur(id: AgentId, agent: &Agent) -> String {
    let supplee = agent.suppleances.iter().find(|s| s.id == id);
    match (id, supplee) {
        (AgentId(0), _) => "Seuil".to_owned(),
        (id, _) if id == agent.id => format!("{} (vous)", agent.nom),
        (_, Some(supplee)) => supplee.nom.clone(),
        (id, None) => format!("compte n° {id}"),
    }
}

fn en_mots(fait: &Fait, vu: &Vu<'_>) -> (String, String) {
    match &fait.acte {
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
            (dire::titre(quoi).to_owned(), dire::details(quoi, &vu.noms.0).join(" · "))
        }
        Acte::Rectification(rectification) => {
            let annule = vu.ouvert.journal.iter().find(|f| f.rang == rectification.annule);
            let quoi = annule.map_or("un fait", |f| dire::fait(&f.acte));
            let motif = vu.textes(&fait.id).and_then(|t| t.get("motif"));
            (format!("Annulé : {quoi}"), motif.unwrap_or(&rectification.motif).clone())
        }
    }
}
