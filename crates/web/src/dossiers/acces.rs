//! Qui voit un dossier et pourquoi ; en restreindre l'accès, ou le rendre à chacun.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::codes::MotifDeRestriction;
use ccapex::partenaires::habilitation::{Portee, SECRETARIAT};
use serde_json::{Map, Value};
use usages::dossiers::qui_voit::{QuiVoit, Titre, Voit, nom_de_commune, qui_voit};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Choix, Genre, Lien};
use crate::ensemble::{Annonce, Geste, champs, message, nomme, noter, placer};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "dossiers/acces.html")]
pub struct PageAcces {
    pub cadre: Cadre,
    pub menage: String,
    pub erreurs: Vec<Lien>,
    /// « Restreint depuis le 12/11/2026 : violences… » ; vide quand il ne l'est pas.
    pub restreint: String,
    pub voient: Vec<Groupe>,
    pub exceptions: Vec<String>,
    pub apercu: Option<Apercu>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
}

/// Les personnes d'un organisme qui voient le dossier au même titre.
pub struct Groupe {
    pub organisme: String,
    pub role: &'static str,
    pub quoi: &'static str,
    pub pourquoi: String,
    pub personnes: Vec<String>,
}

/// Ce que donnerait la restriction, avant de la valider.
pub struct Apercu {
    pub gardent: Vec<Groupe>,
    pub perdent: Vec<Groupe>,
    pub caches: Vec<(&'static str, String)>,
}

const FAITS: [(&str, &str, &str); 2] = [
    (
        "restreint",
        "Accès restreint",
        "Pour les autres, ce dossier n'existe plus. L'acte est au journal.",
    ),
    (
        "retabli",
        "Accès rétabli",
        "Le dossier se voit de nouveau selon la mission de chacun. L'acte est au journal.",
    ),
];

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(annonce): Query<Annonce>,
) -> Result<Html<String>, ErreurWeb> {
    let vu = lire(&app, &connecte, &reference).await?;
    let mut rendu = Rendu::nouveau(&vu, None);
    rendu.fait = annonce.fait;
    rendu.rendre(&app, &connecte)
}

pub(crate) async fn restreindre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let vu = lire(&app, &connecte, &reference).await?;
    let ici = urls::acces(&vu.vue.reference);
    if formulaire.texte("geste") == "retablir" {
        let acte = ("acces_retabli", app.aujourd_hui(), Map::new());
        return match noter(&app, &connecte, &vu.vue.reference, acte, &ici, "retabli").await? {
            Geste::Fait(reponse) => Ok(reponse),
            Geste::Refuse(defauts) => {
                let rendu = Rendu { defauts, ..Rendu::nouveau(&vu, Some(&formulaire)) };
                Ok(rendu.rendre(&app, &connecte)?.into_response())
            }
        };
    }
    let noms = noms_dits(&vu, &formulaire);
    let mut rendu = Rendu::nouveau(&vu, Some(&formulaire));
    if formulaire.texte("motif").is_empty() {
        rendu.defauts.insert(
            "motif".to_owned(),
            "La raison manque : elle reste au journal, et dit plus tard s'il faut la lever. Choisissez-en une.".to_owned(),
        );
    }
    if noms.is_empty() {
        rendu.defauts.insert(
            "nommes".to_owned(),
            "Personne n'est nommé : le dossier n'existerait plus pour personne. Cochez au moins votre organisme.".to_owned(),
        );
    }
    if !rendu.defauts.is_empty() {
        return Ok(rendu.rendre(&app, &connecte)?.into_response());
    }
    match vu.si_restreint_a(&app.maison, &noms).await? {
        Err(refus) => {
            rendu.defauts.insert("comptes".to_owned(), refus);
        }
        Ok(_) if formulaire.texte("confirmer") == "oui" => {
            let mut dits =
                champs(&[("motif", formulaire.texte("motif")), ("note", formulaire.texte("note"))]);
            dits.insert("nommes".to_owned(), Value::from(noms));
            let acte = ("acces_restreint", app.aujourd_hui(), dits);
            match noter(&app, &connecte, &vu.vue.reference, acte, &ici, "restreint").await? {
                Geste::Fait(reponse) => return Ok(reponse),
                Geste::Refuse(defauts) => rendu.defauts = defauts,
            }
        }
        Ok(effet) => {
            rendu.apercu = Some(Apercu {
                gardent: groupes(&effet.gardent),
                perdent: groupes(&effet.perdent),
                caches: caches(&formulaire),
            });
        }
    }
    Ok(rendu.rendre(&app, &connecte)?.into_response())
}

async fn lire(app: &App, connecte: &AgentConnecte, reference: &str) -> Result<QuiVoit, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    Ok(qui_voit(&app.maison, &connecte.agent, reference, jour, instant).await?)
}

/// Les organismes cochés, puis les personnes écrites.
fn noms_dits(vu: &QuiVoit, formulaire: &Formulaire) -> Vec<String> {
    let coches: Vec<&str> = formulaire.tous("nommes").collect();
    let organismes = vu.organismes.iter().filter(|code| coches.contains(&case(code).as_str()));
    let comptes = formulaire.texte("comptes").split([',', ';', ' ']).map(str::trim);
    let comptes = comptes.filter(|nom| !nom.is_empty()).map(str::to_owned);
    organismes.cloned().chain(comptes).collect()
}

/// La valeur d'une case : le code d'un organisme, sans les espaces d'un nom.
fn case(code: &str) -> String {
    code.replace(' ', "_")
}

fn caches(formulaire: &Formulaire) -> Vec<(&'static str, String)> {
    let seuls = ["motif", "note", "comptes"].map(|nom| (nom, formulaire.texte(nom).to_owned()));
    let coches = formulaire.tous("nommes").map(|case| ("nommes", case.to_owned()));
    seuls.into_iter().chain(coches).chain([("confirmer", "oui".to_owned())]).collect()
}

struct Rendu<'a> {
    vu: &'a QuiVoit,
    saisie: Option<&'a Formulaire>,
    defauts: BTreeMap<String, String>,
    apercu: Option<Apercu>,
    fait: String,
}

impl<'a> Rendu<'a> {
    fn nouveau(vu: &'a QuiVoit, saisie: Option<&'a Formulaire>) -> Self {
        Self { vu, saisie, defauts: BTreeMap::new(), apercu: None, fait: String::new() }
    }

    fn rendre(self, app: &App, connecte: &AgentConnecte) -> Result<Html<String>, ErreurWeb> {
        let (vu, reference) = (self.vu, self.vu.vue.reference.as_str());
        let noms = Noms::du(app, &vu.vue.profil)?;
        let mut cadre = connecte
            .cadre(app, Section::Dossiers, "Qui voit ce dossier")
            .dans_sa_section()
            .sous(reference, urls::dossier(reference));
        cadre.messages.extend(message(&self.fait, &FAITS));
        let mut champs = self.champs(&noms);
        let erreurs = placer(&mut champs, &self.defauts, "#restreindre");
        page(&PageAcces {
            cadre,
            menage: nomme(&vu.vue),
            erreurs,
            restreint: match &vu.restreint {
                Some((le, motif)) => {
                    format!("Restreint depuis le {} : {}", mots::jour(*le), motif.libelle())
                }
                None if vu.vue.nommes.is_some() => "Restreint avec un dossier joint".to_owned(),
                None => String::new(),
            },
            voient: groupes(&vu.voient),
            exceptions: vu
                .exceptions
                .iter()
                .map(|e| {
                    let fin = app.instant(e.fin);
                    format!("{}, {} : accès exceptionnel jusqu'au {fin}", e.nom, e.organisme)
                })
                .collect(),
            apercu: self.apercu,
            champs,
            envoyer: urls::acces(reference),
        })
    }

    fn champs(&self, noms: &Noms) -> Vec<Champ> {
        let dit = |nom: &str| self.saisie.map(|f| f.texte(nom)).unwrap_or_default();
        let connus = self.vu.vue.nommes.clone().unwrap_or_default();
        let coches: BTreeSet<String> = match self.saisie {
            Some(formulaire) => formulaire.tous("nommes").map(str::to_owned).collect(),
            None => connus.iter().map(|nom| case(nom)).collect(),
        };
        let organismes = self.vu.organismes.iter().map(|code| Choix {
            retenu: coches.contains(&case(code)),
            ..Choix::nouveau(case(code), en_mots(code, noms))
        });
        let motifs = MotifDeRestriction::CHOIX
            .iter()
            .map(|(code, nom)| Choix::nouveau(*code, mots::capitale(nom)));
        let comptes = match self.saisie {
            Some(formulaire) => formulaire.texte("comptes").to_owned(),
            None => self.vu.comptes_nommes().join(", "),
        };
        let large = |champ: Champ| Champ { large: true, ..champ };
        vec![
            large(
                Champ::nouveau("motif", "Pourquoi restreindre", Genre::Rondes(motifs.collect()))
                    .obligatoire()
                    .rempli(dit("motif")),
            ),
            large(
                Champ::nouveau("nommes", "Organismes nommés", Genre::Cases(organismes.collect()))
                    .aide("Eux seuls verront le dossier, et seulement s'ils le voyaient déjà."),
            ),
            large(
                Champ::nouveau("comptes", "Personnes nommées", Genre::Texte)
                    .aide("Leurs identifiants, séparés par des virgules : pour ne nommer qu'elles dans leur organisme.")
                    .rempli(comptes),
            ),
            large(
                Champ::nouveau("note", "Précision", Genre::Long)
                    .aide("Des faits, sans donnée de santé. Ce texte est gardé à part.")
                    .rempli(dit("note")),
            ),
        ]
    }
}

/// Une personne par organisme et par titre : ceux qui voient la même chose pour la même raison vont ensemble.
fn groupes(voient: &[Voit]) -> Vec<Groupe> {
    let mut groupes: Vec<Groupe> = Vec::new();
    for voit in voient {
        let quoi = match voit.portee {
            Portee::Entier => "tout le dossier",
            Portee::SaPart => "sa part",
        };
        let pourquoi: Vec<String> = voit.titres.iter().map(|t| titre(*t)).collect();
        let pourquoi = pourquoi.join(" ; ");
        let personne = format!("{} ({})", voit.agent.nom, voit.identifiant);
        let role = voit.agent.role.libelle();
        let deja = groupes.iter_mut().find(|g| {
            g.organisme == voit.agent.organisme
                && g.role == role
                && g.quoi == quoi
                && g.pourquoi == pourquoi
        });
        match deja {
            Some(groupe) => groupe.personnes.push(personne),
            None => groupes.push(Groupe {
                organisme: voit.agent.organisme.clone(),
                role,
                quoi,
                pourquoi,
                personnes: vec![personne],
            }),
        }
    }
    groupes
}

fn titre(titre: Titre) -> String {
    match titre {
        Titre::Profil => "tient le secrétariat de la commission".to_owned(),
        Titre::Territoire => "le dossier est de sa sous-commission".to_owned(),
        Titre::Service => "le dossier lui est confié".to_owned(),
        Titre::Part(pourquoi) => pourquoi.dit_des_autres().to_owned(),
    }
}

/// Le nom d'un organisme dans une restriction.
fn en_mots(code: &str, noms: &Noms) -> String {
    if code == SECRETARIAT {
        return "Secrétariat de la commission".to_owned();
    }
    match code.split_once(':') {
        Some((SECRETARIAT, sous_commission)) => {
            format!("Secrétariat de {}", noms.sous_commission(sous_commission))
        }
        Some(("emetteur", nom)) => format!("Émetteur « {nom} »"),
        Some(("bailleur", nom)) => format!("Bailleur « {nom} »"),
        Some((organisme, commune)) => {
            format!("{} – {}", noms.qui(organisme), nom_de_commune(commune))
        }
        None => noms.qui(code),
    }
}
