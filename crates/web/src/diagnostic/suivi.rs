//! Un diagnostic, du mandat à la transmission : qui s'en charge, ce qui a été tenté, ce qui est
//! écrit, ce qui manque, la preuve de l'envoi.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::codes::{IssueDAccueil, ModeDeContact};
use ccapex::acte::{Diagnostic, Quoi};
use droit::calendrier::Territoire;
use droit::regles::diagnostic::entretien_avant_le;
use usages::diagnostics::lire::{DiagnosticLu, Transmission, lire};
use usages::diagnostics::pdf::{pdf, pdf_envoye};

use super::ouvrir;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::actes::dire;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Badge, Champ, Choix, Genre, Lien, Ton};
use crate::ensemble::{Annonce, Entier, Geste, champs, entier, message, noter, placer};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "diagnostic/suivi.html")]
pub struct PageDiagnostic {
    pub cadre: Cadre,
    pub menage: String,
    pub erreurs: Vec<Lien>,
    pub delais: Vec<Delai>,
    pub histoire: Vec<Moment>,
    pub rubriques: Vec<LigneDeRubrique>,
    pub manques: Vec<String>,
    pub envoi: Option<Preuve>,
    pub pdf: String,
    pub peut_ecrire: bool,
    pub gestes: Vec<GesteDuDiagnostic>,
    pub ici: String,
}

/// Une date qui commande, et pourquoi.
pub struct Delai {
    pub titre: &'static str,
    pub jour: String,
    pub etat: Badge,
    pub motifs: Vec<String>,
}

/// L'envoi au juge et à la commission, et ce qui en fait preuve.
pub struct Preuve {
    pub le: String,
    pub a_temps: Option<Badge>,
    pub destinataires: String,
    pub mode: String,
    pub note: String,
    pub acte: String,
    pub pdf: String,
    /// Des rubriques ont été écrites depuis.
    pub depasse: bool,
}

/// Ce qui est arrivé un jour.
pub struct Moment {
    pub jour: String,
    pub quoi: String,
    pub precision: String,
    pub note: String,
}

/// Une rubrique du formulaire.
pub struct LigneDeRubrique {
    pub titre: &'static str,
    pub vers: String,
    pub etat: Badge,
}

/// Un acte à noter, et son formulaire.
pub struct GesteDuDiagnostic {
    pub code: &'static str,
    pub titre: &'static str,
    pub aide: String,
    pub champs: Vec<Champ>,
    pub bouton: &'static str,
    /// C'est ce qui vient maintenant : le formulaire est déplié.
    pub ouvert: bool,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(suite): Query<Annonce>,
) -> Result<Html<String>, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    rendre(&app, &connecte, &dossier, None, &BTreeMap::new(), &suite.fait).await
}

pub(crate) async fn telecharger(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    Ok(ouvrir(pdf(&app.maison, &connecte.agent, &reference, jour, instant).await?))
}

/// Le diagnostic tel qu'il est parti.
pub(crate) async fn telecharger_l_envoi(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    Ok(ouvrir(pdf_envoye(&app.maison, &connecte.agent, &reference, jour, instant).await?))
}

/// À qui un diagnostic s'envoie : les deux premiers font l'envoi, les parties le reçoivent aussi.
const DESTINATAIRES: [(&str, &str); 4] = [
    ("juge", "Le juge"),
    ("commission", "La commission"),
    ("locataire", "Le locataire"),
    ("bailleur", "Le bailleur"),
];

/// Les actes du diagnostic, dans leur ordre : nom, titre, bouton.
#[rustfmt::skip]
const GESTES: [(&str, &str, &str); 5] = [
    ("dsf_demande", "Donner mandat", "Enregistrer le mandat"),
    ("dsf_rendez_vous", "Proposer un entretien", "Enregistrer l'entretien"),
    ("porte_close", "Noter une visite sans réponse", "Enregistrer la tentative"),
    ("dsf_realise", "Terminer le diagnostic", "Le diagnostic est fait"),
    ("dsf_transmis", "Noter l'envoi au juge et à la commission", "Enregistrer l'envoi"),
];

pub(crate) async fn noter_un_acte(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let dit = formulaire.texte("acte");
    let (acte, ..) =
        GESTES.iter().find(|(code, ..)| *code == dit).ok_or_else(ErreurWeb::demande_illisible)?;
    let mut defauts = BTreeMap::new();
    let date = mots::lire_jour(formulaire.texte("date"));
    if date.is_none() {
        let phrase = "Ce jour ne se lit pas. Écrivez le jour, le mois et l'année : 21/11/2026.";
        defauts.insert("date".to_owned(), phrase.to_owned());
    }
    if *acte == "dsf_demande" && formulaire.texte("organisme").is_empty() {
        let phrase = "Sans organisme, personne n'est mandaté. Choisissez-en un.";
        defauts.insert("organisme".to_owned(), phrase.to_owned());
    }
    let envoyes: Vec<&str> = formulaire.tous("destinataires").collect();
    if *acte == "dsf_transmis" && !["juge", "commission"].iter().all(|d| envoyes.contains(d)) {
        let phrase = "Le diagnostic s'envoie au juge et à la commission : le délai n'est tenu que \
                      si les deux l'ont. Cochez les deux, ou notez l'envoi quand il sera fait.";
        defauts.insert("destinataires".to_owned(), phrase.to_owned());
    }
    let destinataires = DESTINATAIRES.iter().filter(|(code, _)| envoyes.contains(code));
    let destinataires: Vec<&str> = destinataires.map(|(_, nom)| *nom).collect();
    if let (Some(date), true) = (date, defauts.is_empty()) {
        let dits = champs(&[
            ("organisme", formulaire.texte("organisme")),
            ("mode", formulaire.texte("mode")),
            ("travailleur", formulaire.texte("travailleur")),
            ("destinataires", &destinataires.join(", ")),
            ("note", formulaire.texte("note")),
        ]);
        let retour = urls::diagnostic(dossier.reference());
        match noter(&app, &connecte, dossier.reference(), (acte, date, dits), &retour, acte).await?
        {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    Ok(rendre(&app, &connecte, &dossier, Some(&formulaire), &defauts, "").await?.into_response())
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    dossier: &Entier,
    saisie: Option<&Formulaire>,
    defauts: &BTreeMap<String, String>,
    fait: &str,
) -> Result<Html<String>, ErreurWeb> {
    let reference = dossier.reference();
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let lu = lire(&app.maison, &connecte.agent, reference, jour, instant).await?;
    let mut erreurs = Vec::new();
    let gestes = gestes(dossier, &lu, saisie, defauts, &mut erreurs);
    let mut cadre = dossier.cadre(app, connecte, "Diagnostic social et financier");
    cadre.messages.extend(message(
        fait,
        &[
            (
                "dsf_demande",
                "Mandat enregistré",
                "L'organisme a le dossier ; l'entretien est à proposer dans le délai.",
            ),
            ("dsf_rendez_vous", "Entretien enregistré", ""),
            (
                "porte_close",
                "Tentative enregistrée",
                "Elle compte dans le diagnostic et alerte les partenaires.",
            ),
            ("dsf_realise", "Diagnostic terminé", "Il reste à le transmettre."),
            (
                "dsf_transmis",
                "Envoi enregistré",
                "Sa date est au journal : c'est la preuve de l'envoi. Le PDF envoyé est gardé tel quel.",
            ),
            ("rubriques", "Rubriques enregistrées", "Relisez ce qui manque, puis transmettez."),
        ],
    ));
    page(&PageDiagnostic {
        cadre,
        menage: dossier.menage(),
        erreurs,
        delais: delais(dossier, &lu),
        histoire: histoire(dossier),
        rubriques: lu
            .rubriques
            .iter()
            .map(|r| LigneDeRubrique {
                titre: r.rubrique.titre,
                vers: urls::rubrique(reference, r.rubrique.code),
                etat: match r.ecrite_le {
                    Some(le) => {
                        Badge::nouveau(Ton::Succes, format!("Écrite le {}", mots::jour(le)))
                    }
                    None if r.champs.iter().any(|c| c.propose) => {
                        Badge::nouveau(Ton::Info, "Préremplie, à relire")
                    }
                    None => Badge::nouveau(Ton::Neutre, "À écrire"),
                },
            })
            .collect(),
        envoi: lu.transmis.as_ref().map(|envoi| preuve(app, dossier, &lu, envoi)),
        manques: lu.manques,
        pdf: format!("{}/pdf", urls::diagnostic(reference)),
        peut_ecrire: lu.peut_ecrire,
        gestes,
        ici: urls::diagnostic(reference),
    })
}

fn delais(dossier: &Entier, lu: &DiagnosticLu) -> Vec<Delai> {
    let horloge = dossier.horloge();
    let cours = dossier.cours(&horloge);
    let territoire = Territoire::de_commune(&dossier.ouvert.situation.commune);
    let mut delais = Vec::new();
    if let Some(saisi_le) = cours.dsf.demande_le
        && let Ok(limite) = entretien_avant_le(saisi_le, territoire)
    {
        delais.push(Delai {
            titre: "Premier entretien à proposer avant le",
            jour: mots::jour(limite.valeur),
            etat: etat(propose(dossier, saisi_le), limite.valeur, dossier.jour, "Proposé le"),
            motifs: limite.motifs.iter().map(ToString::to_string).collect(),
        });
    }
    if let Some(limite) = &lu.avant_le {
        delais.push(Delai {
            titre: "Transmission au juge avant le",
            jour: mots::jour(limite.valeur),
            etat: etat(
                lu.transmis.as_ref().map(|t| t.le),
                limite.valeur,
                dossier.jour,
                "Transmis le",
            ),
            motifs: limite.motifs.iter().map(ToString::to_string).collect(),
        });
    }
    if let Some(audience) = lu.audience {
        delais.push(Delai {
            titre: "Audience",
            jour: mots::jour(audience),
            etat: Badge::nouveau(Ton::Info, mots::distance(audience, dossier.jour)),
            motifs: vec![],
        });
    }
    delais
}

/// Le jour où le premier entretien a été proposé : celui où on l'a noté, qu'il soit passé ou à venir.
fn propose(dossier: &Entier, depuis: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let actes = dossier.ouvert.dossier.actes.iter();
    let proposes = actes.filter(|a| matches!(a.consigne.quoi, Quoi::DsfRendezVous(_)));
    let jours = proposes.map(|a| a.consigne.date.min(a.consigne.consigne_le));
    jours.filter(|le| *le >= depuis).min()
}

fn preuve(app: &App, dossier: &Entier, lu: &DiagnosticLu, envoi: &Transmission) -> Preuve {
    let mut textes = dossier.textes(&envoi.fait);
    let acte = dossier.ouvert.dossier.actes.iter().find(|a| a.id == envoi.fait);
    let mode = acte.and_then(|a| detail(&a.consigne.quoi)?.mode);
    let a_temps = lu.avant_le.as_ref().map(|limite| {
        if envoi.le <= limite.valeur {
            Badge::nouveau(Ton::Succes, "Dans le délai")
        } else {
            Badge::nouveau(Ton::Attention, "Après le dernier jour utile")
        }
    });
    Preuve {
        le: mots::jour(envoi.le),
        a_temps,
        destinataires: textes.remove("destinataires").unwrap_or_default(),
        mode: mode.map(|m| mots::capitale(m.libelle())).unwrap_or_default(),
        note: textes.remove("note").unwrap_or_default(),
        acte: format!(
            "Acte n° {} du journal, enregistré le {}",
            envoi.rang,
            app.instant(envoi.enregistre_le)
        ),
        pdf: format!("{}/pdf-envoye", urls::diagnostic(&lu.reference)),
        depasse: envoi.depasse,
    }
}

fn etat(
    fait: Option<jiff::civil::Date>,
    limite: jiff::civil::Date,
    jour: jiff::civil::Date,
    dit: &str,
) -> Badge {
    match fait {
        Some(le) if le <= limite => {
            Badge::nouveau(Ton::Succes, format!("{dit} {}", mots::jour(le)))
        }
        Some(le) => Badge::nouveau(Ton::Attention, format!("{dit} {}, en retard", mots::jour(le))),
        None if limite < jour => Badge::nouveau(Ton::Erreur, "En retard"),
        None => Badge::nouveau(Ton::Attention, mots::distance(limite, jour)),
    }
}

/// Le mandat, les entretiens, les visites numérotées, la fin, l'envoi et sa preuve.
fn histoire(dossier: &Entier) -> Vec<Moment> {
    let mut actes: Vec<_> = dossier
        .ouvert
        .dossier
        .actes
        .iter()
        .filter(|acte| {
            matches!(
                acte.consigne.quoi,
                Quoi::DsfDemande(_)
                    | Quoi::DsfRendezVous(_)
                    | Quoi::PorteClose(_)
                    | Quoi::DsfRealise(_)
                    | Quoi::DsfTransmis(_)
                    | Quoi::Contact { issue: IssueDAccueil::SansReponse, .. }
            )
        })
        .collect();
    actes.sort_by_key(|acte| (acte.consigne.date, acte.rang));
    let mut tentatives = 0;
    actes
        .into_iter()
        .map(|acte| {
            let consigne = &acte.consigne.quoi;
            let quoi = if matches!(consigne, Quoi::PorteClose(_)) {
                tentatives += 1;
                format!("Porte close, tentative n° {tentatives}")
            } else if matches!(consigne, Quoi::DsfTransmis(_)) {
                "Transmis au juge et à la commission".to_owned()
            } else {
                dire::titre(consigne).to_owned()
            };
            let detail = detail(&acte.consigne.quoi);
            let organisme = detail.and_then(|d| d.organisme.as_deref());
            let mode = if let Quoi::Contact { mode, .. } = &acte.consigne.quoi {
                Some(*mode)
            } else {
                detail.and_then(|d| d.mode)
            };
            let precision =
                [organisme.map(|o| dossier.noms.qui(o)), mode.map(|m| m.libelle().to_owned())];
            let mut textes = dossier.textes(&acte.id);
            let travailleur = textes.remove("travailleur");
            let precision = precision.into_iter().chain([travailleur]).flatten();
            Moment {
                jour: mots::jour(acte.consigne.date),
                quoi,
                precision: precision.collect::<Vec<_>>().join(", "),
                note: textes.remove("note").unwrap_or_default(),
            }
        })
        .collect()
}

fn detail(quoi: &Quoi) -> Option<&Diagnostic> {
    if let Quoi::DsfDemande(detail)
    | Quoi::DsfRendezVous(detail)
    | Quoi::PorteClose(detail)
    | Quoi::DsfRealise(detail)
    | Quoi::DsfTransmis(detail) = quoi
    {
        return Some(detail);
    }
    None
}

fn gestes(
    dossier: &Entier,
    lu: &DiagnosticLu,
    saisie: Option<&Formulaire>,
    defauts: &BTreeMap<String, String>,
    erreurs: &mut Vec<Lien>,
) -> Vec<GesteDuDiagnostic> {
    let horloge = dossier.horloge();
    let dsf = dossier.cours(&horloge).dsf;
    let vient = match (&dsf.demande_le, dsf.rendez_vous.is_empty(), dsf.realise_le) {
        _ if lu.transmis.is_some() => "",
        (None, ..) => "dsf_demande",
        (Some(_), true, None) => "dsf_rendez_vous",
        (Some(_), false, None) => "dsf_realise",
        (Some(_), _, Some(_)) => "dsf_transmis",
    };
    GESTES
        .iter()
        .map(|(code, titre, bouton)| {
            let ecrit = saisie.filter(|f| f.texte("acte") == *code);
            let mut champs = champs_du_geste(code, dossier, &dsf.organisme, ecrit);
            if ecrit.is_some() {
                erreurs.extend(placer(&mut champs, defauts, "#gestes"));
            }
            GesteDuDiagnostic {
                code,
                titre,
                aide: match *code {
                    "dsf_transmis" if !lu.manques.is_empty() => format!(
                        "Il manque encore {} : le diagnostic partirait incomplet.",
                        mots::compte(lu.manques.len() as u64, "élément", "éléments")
                    ),
                    "porte_close" => format!(
                        "Ce sera la tentative n° {}. Un autre moyen que le précédent a plus de chances d'aboutir.",
                        dsf.portes_closes.len() + 1
                    ),
                    _ => String::new(),
                },
                champs,
                bouton,
                ouvert: ecrit.is_some() || (saisie.is_none() && vient == *code),
            }
        })
        .collect()
}

fn champs_du_geste(
    code: &str,
    dossier: &Entier,
    mandate: &Option<String>,
    ecrit: Option<&Formulaire>,
) -> Vec<Champ> {
    let dit = |nom: &str, sinon: &str| {
        ecrit.map_or_else(|| sinon.to_owned(), |f| f.texte(nom).to_owned())
    };
    let (libelle, aide) = match code {
        "dsf_demande" => ("Jour du mandat", ""),
        "dsf_rendez_vous" => ("Jour de l'entretien", "Peut être à venir."),
        "porte_close" => ("Jour de la visite", ""),
        "dsf_transmis" => ("Jour de l'envoi", "Cette date fait preuve."),
        _ => ("Jour", ""),
    };
    let aujourd_hui = dossier.jour.to_string();
    let date = Champ::nouveau("date", libelle, Genre::Date)
        .obligatoire()
        .aide(aide)
        .rempli(dit("date", &aujourd_hui));
    let mut organismes = vec![Choix::nouveau("", "Choisir")];
    organismes.extend(dossier.noms.0.services.iter().map(|s| Choix::nouveau(&s.code, &s.nom)));
    let organisme = Champ::nouveau("organisme", "Organisme", Genre::Choix(organismes))
        .rempli(dit("organisme", mandate.as_deref().unwrap_or(&dossier.ouvert.vue.service)));
    let mut modes = vec![Choix::nouveau("", "Sans précision")];
    modes.extend(ModeDeContact::CHOIX.iter().map(|(c, l)| Choix::nouveau(*c, mots::capitale(l))));
    let mode = Champ::nouveau("mode", "Comment", Genre::Choix(modes)).rempli(dit("mode", ""));
    let note =
        |libelle: &str| Champ::nouveau("note", libelle, Genre::Texte).rempli(dit("note", ""));
    let champs = match code {
        "dsf_demande" => {
            let travailleur =
                Champ::nouveau("travailleur", "Travailleur social désigné", Genre::Texte);
            vec![date, organisme.obligatoire(), travailleur.rempli(dit("travailleur", ""))]
        }
        "dsf_rendez_vous" => vec![date, mode, note("Lieu, heure, comment c'est proposé")],
        "porte_close" => vec![date, mode, note("Ce qui a été tenté")],
        "dsf_transmis" => {
            vec![date, mode, destinataires(ecrit), note("Accusé de réception, référence")]
        }
        _ => vec![date],
    };
    champs.into_iter().map(|c| Champ { prefixe: format!("{code}-"), ..c }).collect()
}

fn destinataires(ecrit: Option<&Formulaire>) -> Champ {
    let coche = |code: &str| ecrit.is_none_or(|f| f.tous("destinataires").any(|d| d == code));
    let choix = DESTINATAIRES
        .iter()
        .map(|(code, nom)| Choix { retenu: coche(code), ..Choix::nouveau(*code, *nom) })
        .collect();
    Champ::nouveau("destinataires", "Destinataires", Genre::Cases(choix))
        .obligatoire()
        .aide("Le locataire et le bailleur le reçoivent aussi.")
}
