//! L'accueil : ce qui attend chacun, selon sa mission.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use ccapex::partenaires::agent::Role;
use droit::jour::Jour;
use jiff::civil::Date;
use usages::accueil::{accueil, fin_de_semaine};
use usages::echeances::echeances;
use usages::formes::Nombres;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Lien, Ton, Vide};
use crate::echeances::{self as page_echeances, LigneEcheance};
use crate::erreur::{ErreurWeb, page};
use crate::mots;
use crate::noms::Noms;

#[derive(Template)]
#[template(path = "accueil.html")]
pub struct PageAccueil {
    pub cadre: Cadre,
    pub chapo: String,
    pub action: Option<Lien>,
    pub tuiles: Vec<Tuile>,
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
const PREMIERES: usize = 8;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    let aujourd_hui = app.aujourd_hui();
    let cadre = connecte.cadre(&app, Section::Accueil, "Accueil");
    let jour =
        mots::capitale(&format!("{} {}", Jour(aujourd_hui).de_la_semaine(), Jour(aujourd_hui)));
    if agent.role == Role::Administrateur {
        let vide = Vide::nouveau(
            "Les comptes sont votre mission",
            "L'administration ouvre et ferme les comptes ; elle ne lit aucun dossier, et rien n'attend ici.",
        );
        let vide = Some(vide.avec("Gérer les comptes", "/comptes"));
        return page(&PageAccueil {
            cadre,
            chapo: jour,
            action: None,
            tuiles: vec![],
            vide,
            listes: vec![],
        });
    }
    let nombres = accueil(&app.maison, agent, aujourd_hui).await?;
    let mut listes = Vec::new();
    if page_echeances::suit_des_echeances(agent.role) {
        let dues =
            echeances(&app.maison, agent, fin_de_semaine(aujourd_hui), None, None, aujourd_hui)
                .await?;
        let noms = Noms::du(&app, &agent.profil)?;
        let lignes = dues.page.lignes.iter().take(PREMIERES);
        listes.push(Liste {
            titre: "À faire d'abord".to_owned(),
            tout: Some(Lien::nouveau("Toutes les échéances", "/echeances")),
            lignes: lignes.map(|d| page_echeances::ligne(d, &noms, aujourd_hui)).collect(),
            si_vide: "Rien n'est dû d'ici à la fin de la semaine.".to_owned(),
        });
    }
    let depose = agent.peut_deposer().is_ok();
    page(&PageAccueil {
        chapo: format!(
            "{jour} · {}",
            mots::compte(positif(nombres.ouverts), "dossier ouvert", "dossiers ouverts")
        ),
        action: depose.then(|| Lien::nouveau("Déposer des fichiers", "/reception")),
        tuiles: tuiles(&nombres, agent.role, aujourd_hui),
        vide: None,
        listes,
        cadre,
    })
}

fn positif(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}

/// Les files d'un rôle : les siennes seulement.
fn tuiles(nombres: &Nombres, role: Role, aujourd_hui: Date) -> Vec<Tuile> {
    let tuile = |titre: &str, n: i64, phrase: &str, vers: &str, ton| Tuile {
        titre: titre.to_owned(),
        compte: mots::milliers(positif(n)),
        phrase: phrase.to_owned(),
        vers: if role == Role::Lecteur { String::new() } else { vers.to_owned() },
        ton: if n == 0 { Ton::Neutre } else { ton },
        calme: n == 0,
    };
    let secretariat = matches!(role, Role::SecretariatCentral | Role::SecretariatSousCommission);
    let a_completer = tuile(
        "À compléter",
        nombres.a_completer + nombres.notices_sans_dossier,
        "notices où il manque une information",
        if secretariat { "/a-completer" } else { "/dossiers?file=a_completer" },
        Ton::Attention,
    );
    if role == Role::CommissaireDeJustice {
        let ouverts =
            tuile("Dossiers ouverts", nombres.ouverts, "nés de vos actes", "/dossiers", Ton::Info);
        return vec![a_completer, ouverts];
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
    if nombres.a_examiner > 0 {
        tuiles.push(tuile(
            "À examiner",
            nombres.a_examiner,
            "aucune règle ne dit la suite : une personne décide",
            "/dossiers?file=a_examiner",
            Ton::Attention,
        ));
    }
    tuiles.push(Tuile {
        ton: if nombres.sans_etape == 0 { Ton::Succes } else { Ton::Erreur },
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
