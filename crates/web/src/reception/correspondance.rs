//! Dire, une fois par émetteur, ce que chaque colonne veut dire.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::identifiants::PieceId;
use ccapex::notice::Nature;
use ccapex::signalement::statut::motif_en_mots;
use usages::echec::Nature as NatureDEchec;
use usages::formes::RefusFichier;
use usages::reception::Recu;
use usages::reception::colonnes::{
    Colonne, Precision, champs, colonnes, essayer_avec, recevoir_avec,
};
use usages::reception::essayer::LigneEssayee;

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Choix, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, noms, urls};

#[derive(Template)]
#[template(path = "reception/correspondance.html")]
pub struct PageCorrespondance {
    pub cadre: Cadre,
    pub chapo: String,
    pub envoyer: String,
    pub retour: String,
    pub emetteur: String,
    pub natures: Vec<Choix>,
    pub entetes: Vec<Entete>,
    /// Les premières lignes, lues avec ces colonnes.
    pub essai: Option<Essai>,
    /// Les champs choisis deux fois, quand la page vient de le dire : les redire les confirme.
    pub doublons: String,
}

/// Ce que donnent les premières lignes.
pub struct Essai {
    pub lignes: Vec<LigneLue>,
    /// Pourquoi le fichier ne se lit pas encore.
    pub refus: String,
}

/// Une ligne telle que Seuil la comprend.
pub struct LigneLue {
    pub ligne: String,
    pub menage: String,
    pub lieu: String,
    pub date: String,
    pub dette: String,
    pub statut: Badge,
    pub motif: String,
}

/// Une colonne du fichier.
pub struct Entete {
    pub intitule: String,
    /// « Non reconnu », « Reconnu ».
    pub etat: String,
    /// La première valeur de la colonne.
    pub exemple: String,
    pub choix: Vec<Choix>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, id, &Precision::default(), Suite::default()).await
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let precision = Precision {
        emetteur: formulaire.texte("emetteur").to_owned(),
        nature: Nature::de_code(formulaire.texte("nature")),
        colonnes: formulaire
            .tous("entete")
            .zip(formulaire.tous("champ"))
            // Un champ reconnu de lui-même n'a pas à être redit.
            .filter(|(_, champ)| *champ != RECONNU)
            .map(|(entete, champ)| (entete.to_owned(), champ.to_owned()))
            .collect(),
    };
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let (_, lues) = colonnes(&app.maison, &connecte.agent, PieceId(id)).await?;
    let doublons = doublons(&lues, &precision);
    let codes = doublons.iter().map(|d| d.champ).collect::<Vec<_>>().join(" ");
    if formulaire.texte("geste") == "essayer" {
        let lu = essayer_avec(&app.maison, &connecte.agent, PieceId(id), &precision, jour, instant)
            .await?;
        let suite = Suite {
            essai: Some(essai(lu)),
            message: en_double(&doublons, "Vous pouvez encore changer."),
            ..Suite::default()
        };
        return Ok(rendre(&app, &connecte, id, &precision, suite).await?.into_response());
    }
    if !doublons.is_empty() && formulaire.texte("doublons") != codes {
        let quoi_faire = "Corrigez, ou enregistrez de nouveau si c'est bien ce que vous voulez.";
        let message = en_double(&doublons, quoi_faire);
        let suite = Suite { message, doublons: codes, ..Suite::default() };
        return Ok(rendre(&app, &connecte, id, &precision, suite).await?.into_response());
    }
    match recevoir_avec(&app.maison, &connecte.agent, PieceId(id), &precision, jour, instant).await
    {
        Ok(Recu::Lu(bilan)) => Ok(Redirect::to(&urls::piece(bilan.piece.id.0)).into_response()),
        Ok(Recu::Refuse(refus, _)) => {
            let texte = format!("{} : {}", refus.ou, refus.motif);
            let suite = Suite::dite("Le fichier ne se lit toujours pas", texte);
            Ok(rendre(&app, &connecte, id, &precision, suite).await?.into_response())
        }
        Err(echec) if echec.nature() == NatureDEchec::Refus => {
            let suite = Suite::dite("Rien n'est enregistré", echec.to_string());
            Ok(rendre(&app, &connecte, id, &precision, suite).await?.into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

/// Ce que la page montre de plus, après un geste.
#[derive(Default)]
struct Suite {
    essai: Option<Essai>,
    message: Option<Alerte>,
    doublons: String,
}

impl Suite {
    fn dite(titre: &str, texte: String) -> Self {
        let message = Some(Alerte::nouvelle(Ton::Erreur, titre, texte));
        Self { message, ..Self::default() }
    }
}

/// Un champ choisi pour plusieurs colonnes.
struct Doublon {
    champ: &'static str,
    libelle: &'static str,
    colonnes: Vec<String>,
}

/// Les champs que plusieurs colonnes désignent, dont une au moins d'après la personne.
fn doublons(colonnes: &[Colonne], precision: &Precision) -> Vec<Doublon> {
    let dit = |colonne: &Colonne| {
        precision.colonnes.iter().find(|(intitule, _)| *intitule == colonne.intitule)
    };
    let designees = |nom: &str| -> Vec<&Colonne> {
        let designe = |colonne: &&Colonne| match dit(colonne) {
            Some((_, champ)) => champ == nom,
            None => colonne.champ.is_some_and(|champ| champ.nom() == nom),
        };
        colonnes.iter().filter(designe).collect()
    };
    champs()
        .filter_map(|(champ, libelle)| {
            let designees = designees(champ);
            let par_elle = designees.iter().any(|colonne| dit(colonne).is_some());
            (designees.len() > 1 && par_elle).then(|| Doublon {
                champ,
                libelle,
                colonnes: designees.iter().map(|c| c.intitule.clone()).collect(),
            })
        })
        .collect()
}

fn en_double(doublons: &[Doublon], quoi_faire: &str) -> Option<Alerte> {
    let dits: Vec<String> = doublons
        .iter()
        .map(|d| {
            let colonnes: Vec<String> = d.colonnes.iter().map(|c| format!("« {c} »")).collect();
            format!("« {} » est choisi pour {}", mots::capitale(d.libelle), colonnes.join(" et "))
        })
        .collect();
    let texte = format!(
        "{}. De chaque ligne, Seuil garde la première qui est remplie. {quoi_faire}",
        dits.join(" ; ")
    );
    let titre = "Un même champ pour plusieurs colonnes";
    (!dits.is_empty()).then(|| Alerte::nouvelle(Ton::Attention, titre, texte))
}

fn essai(lu: Result<Vec<LigneEssayee>, RefusFichier>) -> Essai {
    match lu {
        Ok(lignes) => {
            Essai { lignes: lignes.iter().map(ligne_lue).collect(), refus: String::new() }
        }
        Err(refus) => Essai { lignes: vec![], refus: refus.to_string() },
    }
}

fn ligne_lue(essayee: &LigneEssayee) -> LigneLue {
    let (identite, contenu) = (&essayee.notice.identite, &essayee.notice.contenu);
    let ou_rien = |texte: String| if texte.trim().is_empty() { "—".to_owned() } else { texte };
    let commune = essayee.commune.unwrap_or("commune inconnue");
    let virgule = if identite.adresse.is_empty() { "" } else { ", " };
    LigneLue {
        ligne: essayee.reponse.ligne.to_string(),
        menage: ou_rien(format!("{} {}", identite.nom, identite.prenom).trim().to_owned()),
        lieu: ou_rien(format!("{}{virgule}{commune}", identite.adresse)),
        date: contenu.date.map_or_else(|| "—".to_owned(), mots::jour),
        dette: contenu.montant_dette.map_or_else(|| "—".to_owned(), |dette| dette.to_string()),
        statut: noms::statut(essayee.reponse.statut),
        motif: essayee
            .reponse
            .motif
            .as_deref()
            .map_or_else(String::new, |motif| mots::capitale(motif_en_mots(motif))),
    }
}

/// La valeur d'une colonne que Seuil reconnaît seul.
const RECONNU: &str = "reconnu";

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    id: i64,
    precision: &Precision,
    suite: Suite,
) -> Result<Html<String>, ErreurWeb> {
    let (piece, colonnes) = colonnes(&app.maison, &connecte.agent, PieceId(id)).await?;
    let retour = urls::piece(id);
    let mut cadre = connecte
        .cadre(app, Section::Reception, "Préciser les colonnes")
        .dans_sa_section()
        .sous(&piece.nom, &retour);
    cadre.messages.extend(suite.message);
    let retenue = precision.nature.map_or(piece.nature.as_str(), |n| n.code());
    let mut natures = vec![Choix::nouveau("", "D'après les colonnes")];
    natures.extend(
        Nature::TOUTES.iter().map(|n| Choix {
            retenu: n.code() == retenue,
            ..Choix::nouveau(n.code(), n.libelle())
        }),
    );
    page(&PageCorrespondance {
        chapo: format!(
            "Dites une fois ce que veulent dire les colonnes de {} : Seuil s'en souviendra pour cet émetteur, et reçoit aussitôt le fichier.",
            piece.nom
        ),
        envoyer: format!("{retour}/colonnes"),
        emetteur: if precision.emetteur.is_empty() {
            connecte.agent.peut_deposer()?.emetteur().map_or(piece.emetteur, str::to_owned)
        } else {
            precision.emetteur.clone()
        },
        natures,
        entetes: colonnes.iter().map(|c| entete(c, precision)).collect(),
        essai: suite.essai,
        doublons: suite.doublons,
        retour,
        cadre,
    })
}

fn entete(colonne: &Colonne, precision: &Precision) -> Entete {
    let dit = precision.colonnes.iter().find(|(intitule, _)| *intitule == colonne.intitule);
    let retenu = match (dit, colonne.champ) {
        (Some((_, champ)), _) => champ.clone(),
        (None, Some(_)) => RECONNU.to_owned(),
        // Une ressemblance n'est pas une certitude : la personne choisit.
        (None, None) => String::new(),
    };
    let mut choix = vec![Choix::nouveau("", "Ne pas lire cette colonne")];
    if let Some(champ) = colonne.champ {
        choix.push(Choix::nouveau(
            RECONNU,
            format!("{} (reconnu)", mots::capitale(champ.libelle())),
        ));
    }
    choix.extend(champs().map(|(nom, libelle)| Choix::nouveau(nom, mots::capitale(libelle))));
    for c in &mut choix {
        c.retenu = c.valeur == retenu;
    }
    let etat = match (colonne.champ, colonne.proches.first()) {
        (None, _) if colonne.ignoree => "Laissée de côté, comme vous l'avez dit".to_owned(),
        (Some(_), _) => "Reconnue".to_owned(),
        (None, Some(proche)) => format!("Non reconnue ; proche de : {}", proche.libelle()),
        (None, None) => "Non reconnue".to_owned(),
    };
    let (intitule, exemple) = (colonne.intitule.clone(), colonne.exemple.clone());
    Entete { intitule, etat, exemple, choix }
}
