//! Les questions ouvertes, dossier par dossier, avec trois candidats au plus.

use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::{Identite, Nature};
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::question::VueQuestion;

use crate::dossiers::charger::par_id;
use crate::echec::Echec;
use crate::maison::Maison;

/// Une question : ce dossier est-il l'un de ceux-ci ?
#[derive(Clone, Debug)]
pub struct Question {
    /// Le dossier neuf.
    pub dossier: Cote,
    /// Les dossiers qui lui ressemblent, le meilleur d'abord.
    pub candidats: Vec<(Cote, Vec<String>)>,
}

/// Un des deux côtés : ce qu'une personne compare.
#[derive(Clone, Debug)]
pub struct Cote {
    /// Le dossier.
    pub vue: VueDossier,
    /// Les personnes et l'adresse, d'après la notice qui nomme le ménage.
    pub identite: Identite,
    /// Quand la notice qui nomme ce ménage a été reçue, et son rang parmi celles du jour.
    pub nomme_le: Option<(Date, NoticeId)>,
    /// Les actes : nature, date, émetteur.
    pub actes: Vec<(Nature, Option<Date>, String)>,
}

/// Les questions ouvertes du périmètre.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(maison: &Maison, agent: &Agent, limite: i64) -> Result<Vec<Question>, Echec> {
    let ouvertes = maison.stockage.questions_ouvertes(&agent.perimetre(), None, limite).await?;
    let mut questions: Vec<Question> = Vec::new();
    for ouverte in ouvertes {
        let candidat = match cote(maison, agent, ouverte.candidat).await {
            Ok(candidat) => candidat,
            // Le candidat est hors du périmètre : la question revient au secrétariat central.
            Err(Echec::Habilitation(_)) => continue,
            Err(autre) => return Err(autre),
        };
        let motifs = motifs(&ouverte);
        match questions.iter_mut().find(|q| q.dossier.vue.id == ouverte.dossier) {
            Some(question) => question.candidats.push((candidat, motifs)),
            None => questions.push(Question {
                dossier: cote(maison, agent, ouverte.dossier).await?,
                candidats: vec![(candidat, motifs)],
            }),
        }
    }
    Ok(questions)
}

/// Les raisons d'une question.
#[must_use]
pub fn motifs(question: &VueQuestion) -> Vec<String> {
    serde_json::from_str(&question.motifs).unwrap_or_default()
}

async fn cote(maison: &Maison, agent: &Agent, dossier: DossierId) -> Result<Cote, Echec> {
    let lu = par_id(maison, agent, dossier).await?;
    let relu = lu.charge.dossier();
    let nommante = relu.nommante();
    let identite = nommante.map(|n| lu.charge.identite(n)).unwrap_or_default();
    let nomme_le = nommante.map(|n| (n.recue_le, n.notice));
    let actes = relu
        .en_vigueur()
        .map(|n| (n.nature, n.contenu.date, lu.charge.identite(n).emetteur))
        .collect();
    Ok(Cote { vue: lu.vue, identite, nomme_le, actes })
}
