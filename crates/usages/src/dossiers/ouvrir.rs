//! Ouvrir un dossier : tout ce qu'on en sait, et ce qui vient ensuite.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::acte::gabarit::GABARITS;
use ccapex::coordination::alertes::{Attente, attentes};
use ccapex::cours::Cours;
use ccapex::cours::frise::{Frise, frise};
use ccapex::cours::horloge::Horloge;
use ccapex::cours::indemnisation::{Periode, periode};
use ccapex::cours::irregularites::irregularites;
use ccapex::dossier::{Dossier, Suivie};
use ccapex::fait::{Acte, Fait};
use ccapex::identifiants::PieceId;
use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, cle_emetteur};
use ccapex::partenaires::partie::Pourquoi;
use ccapex::procedure::situation::{Situation, situation_du_cours};
use ccapex::signalement::anomalies::{Anomalie, anomalies};
use ccapex::signalement::examen::{Contexte, Examen, examiner};
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::courrier::VueCourrier;
use stockage::dossier::VueDossier;
use stockage::notice::NoticeEcrite;
use stockage::question::VueQuestion;

use crate::conservation::demander::effacement;
use crate::dossiers::charger::{Lu, par_reference};
use crate::dossiers::part::{garder, lui_est_adressee};
use crate::echec::Echec;
use crate::maison::Maison;

/// Un dossier ouvert par une personne.
#[derive(Clone, Debug)]
pub struct DossierOuvert {
    /// Ce qui s'en liste.
    pub vue: VueDossier,
    /// Ce que le journal en dit, dossiers joints compris.
    pub dossier: Dossier,
    /// Sa situation, aujourd'hui.
    pub situation: Situation,
    /// Les notices, dans l'ordre, avec ce qu'elles disent et ce qu'on en a conclu.
    pub notices: Vec<NoticeLue>,
    /// Les lettres.
    pub courriers: Vec<VueCourrier>,
    /// Les questions de rapprochement posées par ce dossier.
    pub questions: Vec<(VueQuestion, String)>,
    /// Le journal.
    pub journal: Vec<Fait>,
    /// Les textes libres du coffre, par fait puis par champ.
    pub textes: BTreeMap<String, BTreeMap<String, String>>,
    /// Les irrégularités, par fait.
    pub anomalies: BTreeMap<String, Vec<Anomalie>>,
    /// Les dates passées, calculées et annoncées, et ce qui suspend.
    pub frise: Frise,
    /// La période que l'État doit au bailleur, après un refus du concours.
    pub indemnisation: Option<Periode>,
    /// Ce que les alertes attendent de chacun.
    pub attentes: Vec<Attente>,
    /// Les références des dossiers joints.
    pub joints: Vec<String>,
    /// La référence du dossier où celui-ci est suivi.
    pub joint_a: Option<String>,
    /// Ce qui est montré.
    pub portee: Portee,
    /// La personne peut y consigner au moins un acte.
    pub peut_ecrire: bool,
    /// Pourquoi son organisme est partie à ce dossier ; vide quand elle le suit à un autre titre.
    pub pourquoi: BTreeSet<Pourquoi>,
    /// L'identité du ménage a été effacée ce jour-là, pour cette raison.
    pub efface: Option<(Date, String)>,
}

/// Une notice du dossier, lue et jugée.
#[derive(Clone, Debug)]
pub struct NoticeLue {
    /// La notice.
    pub notice: Suivie,
    /// Les personnes qu'elle nomme ; vide si l'identité a été effacée.
    pub identite: Identite,
    /// Ce qu'on en conclut, avec ses raisons.
    pub examen: Examen,
    /// Ses irrégularités.
    pub anomalies: Vec<Anomalie>,
    /// La pièce d'où elle vient, et sa ligne.
    pub piece: Option<(PieceId, i64)>,
}

/// Ouvre un dossier, et l'inscrit au registre des accès.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre : le dossier n'existe pas pour cette personne.
pub async fn ouvrir(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<DossierOuvert, Echec> {
    let lu = par_reference(maison, agent, reference).await?;
    maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
    let perimetre = agent.perimetre();
    let registre = maison.stockage.notices_du_dossier(&lu.lecture, &perimetre).await?;
    let mut courriers = maison.stockage.courriers_du_dossier(&lu.lecture, &perimetre).await?;
    let questions = maison.stockage.questions(&lu.lecture).await?;
    let profil = maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let portee = lu.lecture.portee();
    let mut questions_nommees = Vec::new();
    if portee == Portee::Entier {
        for question in questions {
            let autre =
                if question.dossier == lu.vue.id { question.candidat } else { question.dossier };
            let autre = maison.stockage.situation_par_id(autre).await?;
            // Un dossier restreint à d'autres n'existe pas, même comme candidat. Celui d'un autre
            // territoire se nomme : c'est au secrétariat de la commission d'en décider.
            if autre.nommes.is_none() || agent.peut_lire(&autre.situation()).is_ok() {
                questions_nommees.push((question, autre.reference));
            }
        }
    }
    let notices = notices(&lu, &dossier, &profil, &registre, agent);
    let mut joints = Vec::new();
    for joint in &dossier.joints {
        joints.push(maison.stockage.situation_par_id(*joint).await?.reference);
    }
    let joint_a = match dossier.joint_a {
        Some(autre) => Some(maison.stockage.situation_par_id(autre).await?.reference),
        None => None,
    };
    let horloge = Horloge::au(aujourd_hui);
    let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let situation = situation_du_cours(&dossier, &cours, &profil, &horloge);
    let anomalies = irregularites(&dossier, &cours, &profil, &horloge);
    let frise = frise(&dossier, &cours, &profil, &situation.commune, &horloge);
    let attentes = attentes(&cours, &profil, &situation.service);
    if portee == Portee::SaPart {
        courriers.retain(|c| c.destinataire == "emetteur" || lui_est_adressee(c, &lu.vue, agent));
    }
    let indemnisation = periode(&dossier, &cours, &horloge);
    let efface = match lu.vue.clos_le {
        Some(_) => effacement(maison, lu.vue.id).await?,
        None => None,
    };
    let entier = DossierOuvert {
        efface,
        situation,
        indemnisation,
        anomalies,
        frise,
        attentes,
        textes: textes(&lu),
        notices,
        courriers,
        questions: questions_nommees,
        journal: lu.charge.faits.clone(),
        joints,
        joint_a,
        portee,
        peut_ecrire: GABARITS.iter().any(|g| lu.consigner(agent, g.nom).is_ok()),
        pourquoi: agent.pourquoi(&lu.vue.situation()),
        dossier,
        vue: lu.vue,
    };
    Ok(match portee {
        Portee::Entier => entier,
        Portee::SaPart => {
            garder(entier, agent, &maison.stockage.collegues(agent.id).await?, &horloge)
        }
    })
}

/// Les textes libres de chaque fait, dossiers joints compris ; un texte effacé n'y est plus.
pub(crate) fn textes(lu: &Lu) -> BTreeMap<String, BTreeMap<String, String>> {
    lu.charge
        .faits
        .iter()
        .chain(lu.charge.joints.values().flatten())
        .filter_map(|fait| {
            let cle = match &fait.acte {
                Acte::Consigne(consigne) => consigne.coffre,
                Acte::Rectification(rectification) => rectification.coffre,
                Acte::NoticeRecue(recue) => Some(recue.coffre.unwrap_or(recue.notice)),
                Acte::Complement(_)
                | Acte::Rapprochement(_)
                | Acte::Courrier(_)
                | Acte::SituationConfirmee(_) => None,
            }?;
            let textes = &lu.charge.identites.get(&cle)?.textes;
            (!textes.is_empty()).then(|| (fait.id.clone(), textes.clone()))
        })
        .collect()
}

fn notices(
    lu: &Lu,
    dossier: &Dossier,
    profil: &ccapex::profil::Profil,
    registre: &[NoticeEcrite],
    agent: &Agent,
) -> Vec<NoticeLue> {
    let siennes = cle_emetteur(&agent.organisme);
    let mut contexte = Contexte::default();
    let mut lues = Vec::new();
    for notice in &dossier.notices {
        let visible = lu.lecture.portee() == Portee::Entier || notice.emetteur == siennes;
        if visible {
            let anterieurs: Vec<_> = dossier.commandements();
            lues.push(NoticeLue {
                identite: lu.charge.identite(notice),
                examen: examiner(
                    notice.nature,
                    &notice.contenu,
                    true,
                    profil,
                    notice.jugee_le,
                    contexte,
                ),
                anomalies: anomalies(notice.nature, &notice.contenu, &anterieurs),
                piece: registre.iter().find(|n| n.id == notice.notice).map(|n| (n.piece, n.ligne)),
                notice: notice.clone(),
            });
        }
        contexte.apprend(notice);
    }
    lues
}
