//! Un dossier : quoi faire maintenant, pourquoi, et toute l'histoire.

pub(crate) mod etapes;
pub(crate) mod gestes;

mod demarches;
mod dette;
mod fiches;
mod frise;
mod histoire;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Portee;
use ccapex::signalement::statut::{Statut, champ_en_mots};
use serde::Deserialize;
use usages::dossiers::ouvrir::{DossierOuvert, NoticeLue, ouvrir};
use usages::formes::EtatDeQuestion;

use self::demarches::Menage;
use self::dette::Dette;
use self::frise::Frise;
use crate::a_traiter::notice::conclusion;
use crate::acces::part::Part;
use crate::acces::session::AgentConnecte;
use crate::actes::annonce::{Annonce, Irregularite};
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Choix, Lien, Ton};
use crate::dossiers::indemnisation::{Indemnisation, indemnisation};
use crate::dossiers::vu::Vu;
use crate::erreur::{ErreurWeb, page};
use crate::noms::{self, Noms};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "dossiers/dossier.html")]
pub struct PageDossier {
    pub cadre: Cadre,
    pub reference: String,
    pub menage: String,
    pub lieu: String,
    pub mise_a_jour: String,
    pub etats: Vec<Badge>,
    pub alertes: Vec<Alerte>,
    /// Ce qu'un acte qu'on vient de consigner change.
    pub annonce: Option<Annonce>,
    /// Ce que le ménage est devenu, quand le dossier est clos.
    pub clos: Option<Clos>,
    pub prochaine: Option<Prochaine>,
    pub questions: Vec<Lien>,
    pub echeances: Vec<Echeance>,
    /// Tout le dossier est montré, ou seulement ce que l'émetteur a envoyé.
    pub entier: bool,
    /// Pourquoi ce dossier est montré, et ce qu'on attend, à qui n'en a que sa part.
    pub part: Option<Part>,
    pub frise: Option<Frise>,
    pub actes: Vec<ActePasse>,
    pub dette: Option<Dette>,
    /// Ce que l'État doit au bailleur, après un refus du concours.
    pub indemnisation: Option<Indemnisation>,
    pub menage_dit: Option<Menage>,
    /// La page de la demande de concours, quand la procédure y est.
    pub force_publique: Option<Lien>,
    /// Où choisir un acte à consigner.
    pub consigner: String,
    /// Qui l'a lu, pour qui contrôle les accès.
    pub registre: Option<String>,
    /// Qui voit ce dossier, pour qui peut en restreindre l'accès.
    pub acces: Option<String>,
    /// Les notes de l'organisme de la personne.
    pub notes: String,
    /// La chronologie, en PDF.
    pub chronologie: String,
    /// Où consigner ce que dit le ménage.
    pub parole: String,
    /// Où détacher une notice jointe à tort.
    pub detacher: String,
    pub lettres: Vec<Lettre>,
    pub journal: Vec<LigneJournal>,
    pub fiches: Vec<Fiche>,
    pub pieces: Vec<Piece>,
    pub peut_agir: bool,
    /// Pourquoi rien ne peut être fait ici.
    pub raison: String,
    pub gestes: Vec<Lien>,
    pub joindre: Joindre,
    pub joints: Vec<Joint>,
    /// L'adresse de la page, où revenir après un geste.
    pub ici: String,
}

/// La prochaine étape : quoi, qui, avant quand, pourquoi.
pub struct Prochaine {
    pub quoi: String,
    pub qui: String,
    pub quand: Badge,
    pub en_retard: bool,
    /// Le premier motif se lit d'emblée ; les autres s'ouvrent.
    pub car: String,
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
    /// Elle se fait plus bas sur la page, et non par un acte à consigner.
    pub vers: Option<Lien>,
}

/// La fin d'un dossier.
pub struct Clos {
    pub titre: String,
    pub motif: String,
}

/// Une date à venir et ses motifs.
pub struct Echeance {
    pub jour: String,
    pub distance: String,
    pub en_retard: bool,
    pub quoi: String,
    pub qui: String,
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
}

/// Ce qui est arrivé, ou une date que la loi comptait.
#[derive(Default)]
pub struct ActePasse {
    /// Sa place au journal : elle départage deux actes du même jour.
    pub rang: i64,
    /// Où la frise mène.
    pub ancre: String,
    pub jour: String,
    pub titre: String,
    pub details: Vec<String>,
    /// Les textes libres, chacun sous son libellé.
    pub textes: Vec<(&'static str, String)>,
    pub explications: Vec<String>,
    pub anomalies: Vec<Irregularite>,
    pub etat: EtatDActe,
    /// La notice à détacher, quand elle a rejoint un dossier déjà ouvert.
    pub a_detacher: Option<String>,
    /// Où le corriger.
    pub corriger: Option<String>,
}

/// Ce qu'une ligne de l'histoire est.
#[derive(Default)]
pub enum EtatDActe {
    /// Un acte qui compte.
    #[default]
    Fait,
    /// Un acte annulé, et pourquoi.
    Annule(String),
    /// Une date passée que la loi comptait.
    Compte,
}

impl ActePasse {
    fn classe(&self) -> &'static str {
        match self.etat {
            EtatDActe::Fait => "chrono--passe",
            EtatDActe::Annule(_) => "chrono--passe chrono--annule",
            EtatDActe::Compte => "chrono--compte",
        }
    }

    fn annule(&self) -> Option<&str> {
        match &self.etat {
            EtatDActe::Annule(pourquoi) => Some(pourquoi),
            EtatDActe::Fait | EtatDActe::Compte => None,
        }
    }

    fn est_compte(&self) -> bool {
        matches!(self.etat, EtatDActe::Compte)
    }
}

/// Une lettre du dossier et les états qu'on peut lui donner.
pub struct Lettre {
    pub modele: String,
    pub pdf: String,
    pub jour: String,
    pub destinataire: String,
    pub canal: String,
    pub etat: Badge,
    pub marquer: String,
    pub gestes: Vec<Choix>,
}

/// Une ligne du journal.
pub struct LigneJournal {
    pub enregistre: String,
    pub fait: String,
    pub precision: String,
    pub jour: String,
    pub auteur: String,
}

/// Un encart : ménage, logement, service…
#[derive(Default)]
pub struct Fiche {
    pub titre: String,
    pub lignes: Vec<(String, String)>,
    pub motifs: Vec<String>,
}

/// Une pièce reçue.
pub struct Piece {
    pub lien: Lien,
    pub recue: String,
}

/// Le formulaire qui joint un autre dossier.
#[derive(Default)]
pub struct Joindre {
    pub vers: String,
    pub saisi: String,
    pub erreur: String,
}

/// Un dossier joint, qu'on peut séparer.
pub struct Joint {
    pub reference: String,
    pub vers: String,
}

/// Ce que l'adresse dit d'un geste qui vient d'être fait.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Suites {
    fait: String,
    autre: String,
    /// Ce que la notice complétée est devenue, et pourquoi.
    statut: String,
    motif: String,
    /// L'acte qui vient d'être consigné.
    pub(crate) consigne: String,
    /// L'acte qui l'était déjà.
    pub(crate) deja: String,
    /// L'acte qui vient d'être annulé.
    pub(crate) corrige: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(suites): Query<Suites>,
) -> Result<Html<String>, ErreurWeb> {
    let message = match suites.fait.as_str() {
        "joint" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Dossiers joints",
            format!(
                "Le dossier {} se suit désormais ici. « Séparer » défait ce geste.",
                suites.autre
            ),
        )),
        "separe" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Dossiers séparés",
            format!(
                "Le dossier {} se suit de son côté. Si un rapprochement avait été proposé, il attend de nouveau une réponse ; « Joindre » défait ce geste.",
                suites.autre
            ),
        )),
        "detache" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Notice détachée",
            format!("Elle a désormais son dossier, {}. « Joindre » défait ce geste.", suites.autre),
        )),
        "lettre" => Some(Alerte::nouvelle(Ton::Succes, "État de la lettre noté", "")),
        "saisie" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Notice enregistrée",
            "Elle est traitée comme un fichier reçu ; voici où en est le dossier.",
        )),
        "complete" if suites.statut == Statut::Incomplet.code() => Some(
            Alerte::nouvelle(
                Ton::Attention,
                "C'est noté, et il manque encore quelque chose",
                conclusion(&suites.statut, &suites.motif),
            )
            .avec("Les autres notices à compléter", "/a-completer"),
        ),
        "complete" => Some(
            Alerte::nouvelle(
                Ton::Succes,
                "Notice complétée",
                format!(
                    "{} Voici où en est le dossier.",
                    conclusion(&suites.statut, &suites.motif)
                ),
            )
            .avec("Les autres notices à compléter", "/a-completer"),
        ),
        _ => None,
    };
    rendre(&app, &connecte, &reference, &suites, message, Joindre::default()).await
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    suites: &Suites,
    message: Option<Alerte>,
    joindre: Joindre,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    let ouvert = ouvrir(&app.maison, agent, reference, jour, app.maintenant()).await?;
    let noms = Noms::du(app, &ouvert.vue.profil)?;
    let vu = Vu::nouveau(&ouvert, &noms, jour);
    let reference = ouvert.vue.reference.clone();
    let ici = urls::dossier(&reference);
    let (entier, ici_suivi) = (vu.entier(), ouvert.joint_a.is_none());
    let mut cadre = connecte.cadre(app, Section::Dossiers, &reference).dans_sa_section();
    cadre.messages.extend(message);
    let par_exception = agent.lit_par_exception(&ouvert.vue.situation());
    cadre.messages.extend(par_exception.then(|| {
        Alerte::nouvelle(
            Ton::Attention,
            "Vous lisez ce dossier par un accès exceptionnel",
            "Il finit de lui-même, et chaque page ouverte est inscrite : le délégué à la protection des données l'examinera. Vous pouvez y noter un contact.",
        )
    }));
    cadre.messages.extend((ouvert.vue.nommes.is_some() && !par_exception).then(|| {
        Alerte::nouvelle(
            Ton::Attention,
            "Accès restreint",
            "Seules les personnes nommées ouvrent ce dossier ; pour les autres, il n'existe pas. N'en parlez qu'à elles.",
        )
    }));
    let ou_inconnu = |texte: &str, inconnu: &str| {
        if texte.is_empty() { inconnu.to_owned() } else { texte.to_owned() }
    };
    let mut etapes = ouvert.situation.etapes.iter();
    let prochaine = etapes.next().filter(|_| ici_suivi);
    let mut fiches = fiches::fiches(&ouvert, &noms);
    if entier {
        fiches.extend(demarches::aide(&vu));
        fiches.extend(demarches::demarches(&vu));
    }
    page(&PageDossier {
        menage: ou_inconnu(&ouvert.vue.nom, "Ménage sans nom"),
        lieu: ou_inconnu(&ouvert.vue.adresse, "adresse inconnue"),
        mise_a_jour: format!("mis à jour le {}", app.instant(ouvert.vue.maj_le)),
        etats: etats(&ouvert, &noms, entier),
        alertes: alertes(&ouvert, agent),
        annonce: etapes::annonce(&vu, suites).filter(|_| entier),
        clos: ouvert.situation.clos.as_ref().filter(|_| entier).map(|clos| Clos {
            titre: format!("Dossier clos le {} : {}", mots::jour(clos.le), clos.issue.libelle()),
            motif: mots::capitale(&clos.motif),
        }),
        prochaine: prochaine.map(|etape| etapes::en_prochaine(etape, &noms, jour)),
        questions: if entier { questions(&ouvert) } else { vec![] },
        echeances: etapes.map(|e| etapes::en_echeance(e, &noms, jour)).collect(),
        entier,
        part: (!entier).then(|| Part::du(&ouvert, agent, &noms, jour)),
        frise: frise::frise(&vu).filter(|_| entier),
        actes: histoire::actes(&vu),
        dette: dette::dette(&vu).filter(|_| entier),
        indemnisation: indemnisation(&vu).filter(|_| entier),
        menage_dit: entier.then(|| demarches::menage(&vu)),
        force_publique: force_publique(&vu).filter(|_| entier),
        consigner: urls::consigner(&reference),
        acces: agent
            .peut_consigner(&ouvert.vue.situation(), "acces_restreint")
            .ok()
            .map(|_| urls::acces(&reference)),
        notes: urls::notes(&reference),
        registre: agent.controle_les_acces().ok().map(|()| urls::registre(&reference)),
        chronologie: urls::chronologie(&reference),
        parole: urls::consigner_un_acte(&reference, "parole_menage"),
        detacher: format!("{ici}/detacher"),
        lettres: histoire::lettres(app, &ouvert),
        journal: histoire::journal(app, &vu, agent),
        fiches,
        pieces: histoire::pieces(&ouvert),
        peut_agir: ouvert.peut_ecrire,
        raison: raison(agent),
        gestes: gestes_de(&ouvert),
        joindre: Joindre { vers: format!("{ici}/joindre"), ..joindre },
        joints: ouvert
            .joints
            .iter()
            .map(|autre| Joint { reference: autre.clone(), vers: format!("{ici}/separer") })
            .collect(),
        reference,
        ici,
        cadre,
    })
}

/// La demande de concours a sa page dès que l'expulsion est ordonnée.
fn force_publique(vu: &Vu<'_>) -> Option<Lien> {
    let cours = &vu.cours;
    let concerne = cours.stade.expulsable() || cours.procedure.cfp.is_some();
    let vers = urls::force_publique(&vu.ouvert.vue.reference);
    concerne.then(|| Lien::nouveau("Concours de la force publique", vers))
}

fn etats(ouvert: &DossierOuvert, noms: &Noms, entier: bool) -> Vec<Badge> {
    let mut etats = Vec::new();
    if entier || !ouvert.notices.is_empty() {
        etats.push(noms::statut(ouvert.situation.statut));
    }
    if entier {
        etats.insert(0, noms::stade(ouvert.situation.stade));
        if !ouvert.situation.sous_commission.is_empty() {
            let nom = noms.sous_commission(&ouvert.situation.sous_commission);
            etats.push(Badge::nouveau(Ton::Neutre, nom));
        }
        etats.extend(ouvert.situation.etats.iter().map(|etat| noms::etat_parallele(*etat)));
        if let Some(jour) = ouvert.vue.clos_le {
            etats.push(Badge::nouveau(Ton::Neutre, format!("Clos le {}", mots::jour(jour))));
        }
    }
    etats
}

/// Ce que l'étude qui lit ce dossier peut compléter : ses actes, où il manque quelque chose.
fn a_completer_par_l_etude(ouvert: &DossierOuvert, agent: &Agent) -> Vec<Alerte> {
    let attend = |lue: &&NoticeLue| {
        lue.notice.statut == Statut::Incomplet
            && !lue.notice.corrigee
            && agent.complete_ses_notices()
    };
    let alerte = |lue: &NoticeLue| {
        let reference = lue.notice.reference.as_deref().unwrap_or("sans référence");
        let titre = format!("Il manque une information à votre acte {reference}");
        let texte = "Donnez-la, et le traitement reprend aussitôt.";
        Alerte::nouvelle(Ton::Attention, titre, texte)
            .avec("Compléter", urls::notice(lue.notice.notice.0))
    };
    ouvert.notices.iter().filter(attend).map(alerte).collect()
}

fn alertes(ouvert: &DossierOuvert, agent: &Agent) -> Vec<Alerte> {
    let mut alertes = a_completer_par_l_etude(ouvert, agent);
    if let Some((le, motif)) = &ouvert.efface {
        let texte = format!(
            "Noms, adresses, contacts et textes libres ne sont plus gardés ({motif}). Deux avis l'ont annoncé. \
             Les dates, les décisions et les chiffres restent.",
        );
        let titre = format!("L'identité de ce ménage a été effacée le {}", mots::jour(*le));
        alertes.push(Alerte::nouvelle(Ton::Info, titre, texte));
    }
    if let Some(autre) = &ouvert.joint_a {
        let texte = "C'est le même ménage : les suites sont dans l'autre dossier.";
        alertes.push(
            Alerte::nouvelle(Ton::Info, format!("Ce dossier est suivi dans {autre}"), texte)
                .avec("Ouvrir ce dossier", urls::dossier(autre)),
        );
    }
    let ouvertes: Vec<&str> = ouvert
        .questions
        .iter()
        .filter(|(question, _)| question.etat == EtatDeQuestion::Ouverte)
        .map(|(_, autre)| autre.as_str())
        .collect();
    if !ouvertes.is_empty() {
        let texte = format!(
            "Est-ce le même ménage que {} ? Une personne du secrétariat répond.",
            ouvertes.join(", ")
        );
        alertes.push(
            Alerte::nouvelle(Ton::Attention, "Ce dossier ressemble à un autre", texte)
                .avec("Comparer", "/rapprochements"),
        );
    }
    alertes
}

/// La dernière notice à compléter : c'est elle que les questions visent.
fn a_completer(ouvert: &DossierOuvert) -> Option<String> {
    ouvert.dossier.en_vigueur().next_back().map(|notice| urls::notice(notice.notice.0))
}

fn questions(ouvert: &DossierOuvert) -> Vec<Lien> {
    let vers = a_completer(ouvert).filter(|_| ouvert.peut_ecrire).unwrap_or_default();
    ouvert
        .situation
        .a_completer
        .iter()
        .map(|champ| Lien::nouveau(mots::capitale(champ_en_mots(champ)), vers.clone()))
        .collect()
}

fn gestes_de(ouvert: &DossierOuvert) -> Vec<Lien> {
    let reference = &ouvert.vue.reference;
    let completer =
        a_completer(ouvert).map(|vers| Lien::nouveau("Compléter la dernière notice", vers));
    let mut gestes: Vec<Lien> = completer.into_iter().collect();
    if ouvert.portee == Portee::Entier {
        gestes.extend([
            Lien::nouveau("Diagnostic social et financier", urls::diagnostic(reference)),
            Lien::nouveau("Ce qu'on dit au ménage, ce qu'il dit", urls::menage(reference)),
            Lien::nouveau("Alertes entre partenaires", urls::alertes(reference)),
            Lien::nouveau("Prise en charge", urls::prise_en_charge(reference)),
            Lien::nouveau("Cas complexe", urls::cas_complexe(reference)),
        ]);
    }
    gestes
}

fn raison(agent: &Agent) -> String {
    if agent.complete_ses_notices() {
        return "Votre étude complète ses actes, et ne tient pas ce dossier. Pour le reste, ou une erreur, \
                écrivez au secrétariat."
            .to_owned();
    }
    format!(
        "Votre rôle ({}) lit ce dossier sans y écrire. Pour le compléter ou signaler une erreur, écrivez au secrétariat.",
        agent.role.libelle()
    )
}
