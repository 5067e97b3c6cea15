//! Mon compte.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, Html, IntoResponse, Response};
use ccapex::partenaires::agent::Niveau;
use usages::compte::secret::Secret;
use usages::compte::session::jeton_de_formulaire;
use usages::compte::soi::{MonCompte, SessionVue};
use usages::echec::{Echec, Nature};
use usages::formes::{GesteInscrit, Moyen};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::{AgentConnecte, Cookie};
use crate::acces::visiteur::DOuVient;
use crate::app::App;
use crate::cadre::Section;
use crate::composants::{Alerte, Badge, Ton};
use crate::connexion::enrolement::codes;
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "mon_compte/page.html")]
pub struct PageMonCompte {
    pub cadre: crate::cadre::Cadre,
    pub nom: String,
    pub mission: String,
    pub identifiant: String,
    /// Elle répond des comptes de son organisme.
    pub responsable: bool,
    /// La page de ses suppléances ; vide pour qui ne lit aucun dossier.
    pub suppleances: String,
    pub courriel: String,
    /// La personne a un mot de passe ici : elle n'entre pas par un fournisseur d'identité.
    pub a_un_mot_de_passe: bool,
    pub facteur: Badge,
    pub facteur_actif: bool,
    pub exige: bool,
    pub codes: String,
    pub appareils: Vec<String>,
    pub sessions: Vec<LigneSession>,
    pub gestes: Vec<LigneGeste>,
    /// Le formulaire refusé, et pourquoi.
    pub refus: Option<(String, String)>,
}

/// Une session.
pub struct LigneSession {
    pub numero: String,
    pub appareil: String,
    pub depuis: String,
    pub vue: String,
    pub ici: bool,
}

/// Ce qui est arrivé au compte.
pub struct LigneGeste {
    pub quand: String,
    pub quoi: &'static str,
    pub par: String,
}

impl PageMonCompte {
    /// Pourquoi ce formulaire a été refusé, s'il l'a été.
    fn refus_de(&self, geste: &str) -> &str {
        self.refus.as_ref().filter(|(g, _)| g == geste).map_or("", |(_, texte)| texte)
    }
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, None, None).await
}

pub(crate) async fn agir(
    State(app): State<App>,
    connecte: AgentConnecte,
    DOuVient(visiteur): DOuVient,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let (portier, connue) = (app.portier(), &connecte.connue);
    let secret = Secret::saisi(formulaire.texte("secret"));
    let geste = formulaire.texte("geste");
    let fait = match geste {
        "mot_de_passe" if formulaire.texte("nouveau") != formulaire.texte("encore") => {
            Err(Echec::Refus(
                "Les deux saisies du nouveau mot de passe diffèrent : une faute de frappe vous \
                 enfermerait dehors. Retapez-le deux fois."
                    .to_owned(),
            ))
        }
        "mot_de_passe" => {
            let nouveau = formulaire.texte("nouveau");
            match portier.changer_mon_mot_de_passe(connue, &secret, nouveau, &visiteur).await {
                Ok(entree) => {
                    let cookie = Cookie::Session(&entree.jeton).entete(app.config.https);
                    let neuf = AgentConnecte {
                        jeton: jeton_de_formulaire(&entree.jeton),
                        connue: app
                            .portier()
                            .reconnaitre(&entree.jeton)
                            .await?
                            .unwrap_or(connecte.connue),
                        cloche: connecte.cloche,
                        agent: connecte.agent,
                    };
                    let message = Alerte::nouvelle(
                        Ton::Succes,
                        "Mot de passe changé",
                        "Vos autres sessions sont fermées. Celle-ci continue.",
                    );
                    let html = rendre(&app, &neuf, Some(message), None).await?;
                    return Ok((AppendHeaders([cookie]), html).into_response());
                }
                Err(echec) => Err(echec),
            }
        }
        "codes" => match portier.remplacer_mes_codes(connue, &secret, &visiteur).await {
            Ok(neufs) => {
                let cadre = connecte
                    .cadre(&app, Section::Aucune, "Vos codes de secours")
                    .sous("Mon compte", "/mon-compte");
                let titre = "Vos nouveaux codes de secours";
                return Ok(codes(cadre, titre, neufs, "/mon-compte")?.into_response());
            }
            Err(echec) => Err(echec),
        },
        "facteur" => portier
            .retirer_mon_facteur(connue, &secret, formulaire.texte("code"), &visiteur)
            .await
            .map(|()| {
                ("Second facteur retiré", "Votre mot de passe suffit désormais pour entrer.")
            }),
        "session" => portier
            .fermer_une_de_mes_sessions(connue, formulaire.texte("numero"), &visiteur)
            .await
            .map(|()| ("Session fermée", "Il faudra s'y reconnecter.")),
        "sessions" => portier.fermer_mes_autres_sessions(connue, &visiteur).await.map(|()| {
            (
                "Autres sessions fermées",
                "Le code sera redemandé sur tous vos appareils. Cette session continue.",
            )
        }),
        "appareils" => portier
            .oublier_mes_appareils(connue, &visiteur)
            .await
            .map(|()| ("Appareils oubliés", "Le code y sera redemandé à la prochaine connexion.")),
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    match fait {
        Ok((titre, texte)) => {
            let message = Alerte::nouvelle(Ton::Succes, titre, texte);
            Ok(rendre(&app, &connecte, Some(message), None).await?.into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let refus = Some((geste.to_owned(), refus.to_string()));
            let html = rendre(&app, &connecte, None, refus).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    message: Option<Alerte>,
    refus: Option<(String, String)>,
) -> Result<Html<String>, ErreurWeb> {
    let compte = app.portier().mon_compte(&connecte.connue).await?;
    let mut cadre = connecte.cadre(app, Section::Aucune, "Mon compte");
    cadre.messages.extend(message);
    let facteur = match (compte.facteur, compte.exige) {
        (Some(depuis), _) => {
            Badge::nouveau(Ton::Succes, format!("Actif depuis le {}", app.jour_de(depuis)))
        }
        (None, true) => Badge::nouveau(Ton::Erreur, "Exigé, à choisir"),
        (None, false) => Badge::nouveau(Ton::Neutre, "Aucun"),
    };
    let agent = &connecte.agent;
    page(&PageMonCompte {
        cadre,
        nom: agent.nom.clone(),
        mission: format!("{} · {}", agent.organisme, agent.role.libelle()),
        a_un_mot_de_passe: !matches!(
            connecte.connue.moyen,
            Moyen::Fournisseur | Moyen::FournisseurFort
        ),
        facteur,
        facteur_actif: compte.facteur.is_some(),
        exige: compte.exige,
        codes: match compte.codes {
            0 => "Il ne reste aucun code de secours : remplacez-les maintenant.".to_owned(),
            1 => "Il reste un seul code de secours : remplacez-les bientôt.".to_owned(),
            n => format!("Il reste {n} codes de secours."),
        },
        appareils: appareils(app, &compte),
        sessions: compte.sessions.iter().map(|s| session(app, s)).collect(),
        gestes: compte.gestes.iter().map(|g| ligne(app, g)).collect(),
        responsable: agent.responsable,
        suppleances: if agent.role.niveau() == Niveau::Aucun {
            String::new()
        } else {
            urls::suppleances(agent.id.0)
        },
        identifiant: compte.identifiant,
        courriel: compte.courriel.unwrap_or_default(),
        refus,
    })
}

fn appareils(app: &App, compte: &MonCompte) -> Vec<String> {
    let dire =
        |a: &usages::formes::Appareil| format!("{}, jusqu'au {}", a.nom, app.jour_de(a.expire_le));
    compte.appareils.iter().map(dire).collect()
}

fn session(app: &App, session: &SessionVue) -> LigneSession {
    LigneSession {
        numero: session.numero.clone(),
        appareil: session.appareil.clone(),
        depuis: app.instant(session.cree_le),
        vue: app.instant(session.vu_le),
        ici: session.ici,
    }
}

fn ligne(app: &App, inscrit: &GesteInscrit) -> LigneGeste {
    let par = if inscrit.par == inscrit.compte {
        inscrit.appareil.clone()
    } else if inscrit.par.0 == 0 {
        "par la ligne de commande".to_owned()
    } else {
        let nom = inscrit.par_nom.as_deref().unwrap_or("une personne dont le compte n'existe plus");
        format!("par {nom}")
    };
    LigneGeste {
        quand: app.instant(inscrit.quand),
        quoi: mots::geste_de_compte(inscrit.geste),
        par,
    }
}
