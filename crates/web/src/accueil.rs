//! L'accueil : ce qui attend chacun, selon sa mission.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::partenaires::agent::{Agent, Niveau, Role};
use droit::jour::Jour;
use jiff::civil::Date;
use usages::accueil::{a_moi_d_abord, accueil, fin_de_semaine, raisons};
use usages::conservation::lister::dues;
use usages::coordination::alertes::pour_moi;
use usages::diagnostics::mandats::mandats;
use usages::exceptions::examiner::a_examiner;
use usages::formes::{Nombres, VueDossier};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Lien, Ton, Vide};
use crate::echeances::{self as page_echeances, LigneEcheance, compte};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, tableau, urls};

#[derive(Template)]
#[template(path = "accueil.html")]
pub struct PageAccueil {
    pub cadre: Cadre,
    pub chapo: String,
    pub action: Option<Lien>,
    /// Les autres façons de regarder : calendrier, tableau de bord.
    pub regards: Vec<Lien>,
    pub tuiles: Vec<Tuile>,
    /// Ce qui se suit à plusieurs : prise en charge, audiences, alertes, cas complexes.
    pub ensemble: Vec<Tuile>,
    pub vide: Option<Vide>,
    pub listes: Vec<Liste>,
}

/// Une file de travail et ce qui y attend.
pub struct Tuile {
    pub titre: String,
    pub compte: String,
    pub phrase: String,
    /// La liste qu'elle ouvre ; vide quand le rôle n'y a pas accès.
    pub vers: String,
    pub ton: Ton,
    /// Rien n'attend : la tuile s'efface.
    pub calme: bool,
}

/// Les premières lignes d'une liste.
pub struct Liste {
    pub titre: String,
    pub tout: Option<Lien>,
    pub lignes: Vec<LigneEcheance>,
    pub si_vide: String,
}

/// Assez pour commencer la journée ; le reste est dans la liste entière.
const PREMIERES: i64 = 8;
/// Un organisme mandaté a peu de diagnostics à la fois : il les voit tous.
const MANDATS: i64 = 50;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    let aujourd_hui = app.aujourd_hui();
    let mut cadre = connecte.cadre(&app, Section::Accueil, "Accueil");
    cadre.messages.extend(agent.suppleances.iter().map(|supplee| {
        let texte = "Ce qui n'était qu'à cette personne est dans vos listes, et ce que vous y écrivez l'est \
                     pour elle, à votre nom.";
        Alerte::nouvelle(Ton::Info, mots::supplee(supplee), texte)
            .avec("Voir ou finir cette suppléance", urls::suppleances(agent.id.0))
    }));
    let jour =
        mots::capitale(&format!("{} {}", Jour(aujourd_hui).de_la_semaine(), Jour(aujourd_hui)));
    let sans_menages = if agent.role == Role::Administrateur {
        Some((Vec::new(), Some(les_comptes())))
    } else if agent.role == Role::Dpo {
        Some((a_controler(&app, agent).await?, None))
    } else {
        None
    };
    if let Some((tuiles, vide)) = sans_menages {
        return page(&PageAccueil {
            cadre,
            chapo: jour,
            action: None,
            regards: vec![],
            tuiles,
            ensemble: vec![],
            vide,
            listes: vec![],
        });
    }
    let nombres = accueil(&app.maison, agent, aujourd_hui).await?;
    let mut listes = Vec::new();
    if page_echeances::suit_des_echeances(agent.role) {
        let dues = a_moi_d_abord(&app.maison, agent, PREMIERES, aujourd_hui).await?;
        let noms = Noms::du(&app, &agent.profil)?;
        let raisons = raisons(&app.maison, agent, &dues, aujourd_hui).await?;
        let lignes = dues.iter().zip(raisons).map(|(due, raison)| LigneEcheance {
            raison: mots::capitale(&raison),
            ..page_echeances::ligne(due, &noms, aujourd_hui)
        });
        listes.push(Liste {
            titre: "À faire d'abord".to_owned(),
            tout: Some(Lien::nouveau("Toutes les échéances", "/echeances")),
            lignes: lignes.collect(),
            si_vide: "Rien ne vous attend d'ici à la fin de la semaine.".to_owned(),
        });
    }
    let mandats = mandats(&app.maison, agent, MANDATS).await?;
    if !mandats.is_empty() {
        let noms = Noms::du(&app, &agent.profil)?;
        listes.push(Liste {
            titre: "Diagnostics à écrire".to_owned(),
            tout: None,
            lignes: mandats.iter().map(|d| a_ecrire(d, &noms, aujourd_hui)).collect(),
            si_vide: String::new(),
        });
    }
    let miennes = if agent.repond_aux_alertes() {
        Some(compte(&pour_moi(&app.maison, agent).await?, "", "").trim().to_owned())
    } else {
        None
    };
    let depose = Section::de(agent.role).contains(&Section::Reception);
    page(&PageAccueil {
        chapo: format!(
            "{jour} · {}",
            mots::compte(positif(nombres.ouverts), "dossier ouvert", "dossiers ouverts")
        ),
        regards: regards(agent),
        action: depose.then(|| Lien::nouveau("Déposer des fichiers", "/reception")),
        tuiles: tuiles(&nombres, agent.role, aujourd_hui),
        ensemble: ensemble(&nombres, agent.role, miennes),
        vide: None,
        listes,
        cadre,
    })
}

/// L'administration n'a pas de ménages.
fn les_comptes() -> Vide {
    let vide = Vide::nouveau(
        "Les comptes sont votre mission",
        "L'administration ouvre et ferme les comptes ; elle ne lit aucun dossier, et rien n'attend ici.",
    );
    vide.avec("Gérer les comptes", "/comptes")
}

/// Ce que le délégué à la protection des données contrôle : il ne traite aucun dossier.
async fn a_controler(app: &App, agent: &Agent) -> Result<Vec<Tuile>, ErreurWeb> {
    let exceptions = a_examiner(&app.maison, agent).await?.unwrap_or_default();
    let profil = app.maison.profil(&agent.profil)?;
    let dues = dues(&app.maison, &profil, app.aujourd_hui()).await?.len();
    Ok(vec![
        tuile(
            "Accès exceptionnels",
            exceptions,
            "ouverts par exception à un dossier restreint, à examiner",
            "/acces-exceptionnels",
            Ton::Attention,
        ),
        tuile(
            "Fins de conservation",
            i64::try_from(dues).unwrap_or(i64::MAX),
            "ce qui s'efface ou s'annonce aujourd'hui",
            "/conservation",
            Ton::Info,
        ),
    ])
}

/// Un diagnostic que l'organisme est mandaté pour écrire.
fn a_ecrire(dossier: &VueDossier, noms: &Noms, aujourd_hui: Date) -> LigneEcheance {
    let audience = dossier.audience_le;
    LigneEcheance {
        jour: audience.map_or_else(|| "Audience à venir".to_owned(), mots::jour),
        distance: audience.map_or_else(String::new, |a| mots::distance(a, aujourd_hui)),
        en_retard: audience.is_some_and(|a| a < aujourd_hui),
        quoi: "Écrire le diagnostic social et financier, avant l'audience".to_owned(),
        raison: "Votre organisme est mandaté pour l'écrire.".to_owned(),
        dossier: dossier.reference.clone(),
        menage: dossier.nom.clone(),
        service: noms.service_court(&dossier.service),
        vers: urls::diagnostic(&dossier.reference),
    }
}

fn regards(agent: &Agent) -> Vec<Lien> {
    let calendrier = page_echeances::suit_des_echeances(agent.role)
        .then(|| Lien::nouveau("Calendrier", "/calendrier"));
    let organisme =
        agent.responsable.then(|| Lien::nouveau("Comptes de mon organisme", "/mon-organisme"));
    calendrier.into_iter().chain(tableau::lien(agent)).chain(organisme).collect()
}

fn positif(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}

/// Une liste de suivi : qui la voit, ce qu'elle dit, où elle s'ouvre.
struct Suivi {
    liste: ListeDeSuivi,
    titre: &'static str,
    phrase: &'static str,
    ton: Ton,
    /// Sa page, quand elle en a une à elle.
    page: &'static str,
    /// Seul le secrétariat s'en occupe.
    du_secretariat: bool,
}

const fn suivi(
    liste: ListeDeSuivi,
    titre: &'static str,
    phrase: &'static str,
    ton: Ton,
    page: &'static str,
    du_secretariat: bool,
) -> Suivi {
    Suivi { liste, titre, phrase, ton, page, du_secretariat }
}

#[rustfmt::skip]
const SUIVIS: [Suivi; 11] = [
    suivi(ListeDeSuivi::APrendreEnCharge, "Prises en charge", "ménages confiés, que leur service n'a pas encore acceptés", Ton::Attention, "/prises-en-charge", false),
    suivi(ListeDeSuivi::NonPrisEnCharge, "Signalés, non pris en charge", "refusés, ou sans réponse dans le délai", Ton::Erreur, "/cellule-technique/a-reattribuer", true),
    suivi(ListeDeSuivi::EnProcedureInconnu, "En procédure, inconnus", "de l'assignation au concours, et aucun service social ne les connaît", Ton::Attention, "", false),
    suivi(ListeDeSuivi::AudienceProche, "Audience proche, sans contact", "personne n'a joint le ménage depuis l'assignation", Ton::Erreur, "/diagnostics", false),
    suivi(ListeDeSuivi::AlerteSansReponse, "Alertes sans réponse", "le délai est passé : l'alerte revient au relais", Ton::Erreur, "/alertes?quelles=retard", false),
    suivi(ListeDeSuivi::AlerteEnAttente, "Alertes en attente", "dossiers où une réponse est attendue", Ton::Info, "/alertes?quelles=attente", false),
    suivi(ListeDeSuivi::ComplexePropose, "Cas complexes à décider", "proposés avec leurs raisons ; une personne décide", Ton::Info, "/cellule-technique", true),
    suivi(ListeDeSuivi::ComplexeRetenu, "Cas complexes retenus", "à porter devant la commission", Ton::Info, "", true),
    suivi(ListeDeSuivi::CfpAInstruire, "Force publique à instruire", "demandes de concours sans décision", Ton::Attention, "", true),
    suivi(ListeDeSuivi::PetiteDette, "Petites dettes", "une solution se cherche pour chacune", Ton::Info, "", false),
    suivi(ListeDeSuivi::AClore, "Issue à constater", "ce que le ménage est devenu n'est pas encore dit", Ton::Info, "", false),
];

/// Ce qui se suit à plusieurs, pour ce rôle. `miennes` : les dossiers où une alerte attend cette
/// personne, si quelqu'un l'alerte.
fn ensemble(nombres: &Nombres, role: Role, miennes: Option<String>) -> Vec<Tuile> {
    if role == Role::CommissaireDeJustice {
        return Vec::new();
    }
    let secretariat = role.est_un_secretariat();
    let mut tuiles = Vec::new();
    if let Some(compte) = miennes {
        let calme = compte == "0";
        tuiles.push(Tuile {
            titre: "Alertes pour vous".to_owned(),
            compte,
            phrase: "dossiers où votre réponse est attendue".to_owned(),
            vers: "/alertes".to_owned(),
            ton: if calme { Ton::Neutre } else { Ton::Attention },
            calme,
        });
    }
    if role.niveau() == Niveau::Destinataire {
        return tuiles;
    }
    let a_voir =
        SUIVIS.iter().filter(|s| secretariat || role == Role::Lecteur || !s.du_secretariat);
    tuiles.extend(a_voir.map(|suivi| {
        let n = nombres.listes.get(suivi.liste.code()).copied().unwrap_or_default();
        Tuile {
            titre: suivi.titre.to_owned(),
            compte: mots::milliers(positif(n)),
            phrase: suivi.phrase.to_owned(),
            vers: match (role, suivi.page) {
                (Role::Lecteur, _) => String::new(),
                (_, "") => urls::liste_de_suivi(suivi.liste.code()),
                (_, page) => page.to_owned(),
            },
            ton: if n == 0 { Ton::Neutre } else { suivi.ton },
            calme: n == 0,
        }
    }));
    tuiles
}

fn tuile(titre: &str, n: i64, phrase: &str, vers: &str, ton: Ton) -> Tuile {
    Tuile {
        titre: titre.to_owned(),
        compte: mots::milliers(positif(n)),
        phrase: phrase.to_owned(),
        vers: vers.to_owned(),
        ton: if n == 0 { Ton::Neutre } else { ton },
        calme: n == 0,
    }
}

/// Les files d'un rôle : les siennes seulement.
fn tuiles(nombres: &Nombres, role: Role, aujourd_hui: Date) -> Vec<Tuile> {
    let tuile = |titre: &str, n: i64, phrase: &str, vers: &str, ton| {
        tuile(titre, n, phrase, if role == Role::Lecteur { "" } else { vers }, ton)
    };
    let secretariat = role.est_un_secretariat();
    let a_completer = tuile(
        "À compléter",
        nombres.a_completer + nombres.notices_sans_dossier,
        "notices où il manque une information",
        if secretariat || role == Role::CommissaireDeJustice {
            "/a-completer"
        } else {
            "/dossiers?file=a_completer"
        },
        Ton::Attention,
    );
    if role == Role::CommissaireDeJustice {
        let ouverts =
            tuile("Dossiers ouverts", nombres.ouverts, "nés de vos actes", "/dossiers", Ton::Info);
        return vec![a_completer, ouverts];
    }
    if role.niveau() == Niveau::Destinataire {
        let ouverts = tuile(
            "Dossiers ouverts",
            nombres.ouverts,
            "dont une part vous concerne",
            "/dossiers",
            Ton::Info,
        );
        return vec![ouverts];
    }
    let a_orienter = tuile(
        "À orienter",
        nombres.a_orienter,
        "ménages dont le service est encore provisoire",
        "/dossiers?file=a_orienter",
        Ton::Info,
    );
    let semaine = format!("d'ici au {}", mots::jour(fin_de_semaine(aujourd_hui)));
    let semaine = tuile(
        "Échéances de la semaine",
        nombres.semaine,
        &semaine,
        "/echeances?periode=semaine",
        Ton::Info,
    );
    let en_retard = tuile(
        "En retard",
        nombres.en_retard,
        "la date est passée sans que la suite soit notée",
        "/echeances?periode=retard",
        Ton::Erreur,
    );
    let mut tuiles = vec![a_completer, a_orienter];
    if secretariat || role == Role::Lecteur {
        tuiles.push(tuile(
            "Rapprochements à confirmer",
            nombres.a_confirmer,
            "dossiers qui se ressemblent",
            "/rapprochements",
            Ton::Info,
        ));
        tuiles.push(tuile(
            "Courriers à envoyer",
            nombres.courriers,
            "dossiers dont une lettre est prête",
            "/courriers",
            Ton::Info,
        ));
    }
    tuiles.extend([semaine, en_retard]);
    let rien_d_oublie = |n: i64| if n == 0 { Ton::Succes } else { Ton::Erreur };
    tuiles.push(Tuile {
        ton: rien_d_oublie(nombres.a_examiner),
        ..tuile(
            "À examiner",
            nombres.a_examiner,
            "aucune règle ne dit la suite : une personne décide",
            "/dossiers?file=a_examiner",
            Ton::Attention,
        )
    });
    tuiles.push(Tuile {
        ton: rien_d_oublie(nombres.sans_etape),
        ..tuile(
            "Sans prochaine étape",
            nombres.sans_etape,
            "chaque dossier ouvert doit avoir un service et une suite datée",
            "/dossiers?file=sans_etape",
            Ton::Erreur,
        )
    });
    tuiles
}
