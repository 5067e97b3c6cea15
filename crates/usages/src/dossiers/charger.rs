//! Charger un dossier qu'une personne a le droit de lire.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::dossier::Dossier;
use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Ecriture, Lecture, Refus};
use ccapex::profil::Profil;
use stockage::dossier::VueDossier;

use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::{self, Charge};

/// Un dossier lu, et la preuve de sa lecture.
pub(crate) struct Lu {
    pub(crate) vue: VueDossier,
    pub(crate) charge: Charge,
    pub(crate) lecture: Lecture,
}

impl Lu {
    /// La preuve d'écriture, ou la raison de son absence.
    pub(crate) fn ecriture(&self, agent: &Agent) -> Result<Ecriture, Echec> {
        Ok(agent.peut_ecrire(&self.vue.situation())?)
    }

    /// La preuve que cette personne complète ici une notice de cet émetteur, ou la raison de son absence.
    pub(crate) fn completer(&self, agent: &Agent, emetteur: &str) -> Result<Ecriture, Echec> {
        Ok(agent.peut_completer(&self.vue.situation(), emetteur)?)
    }

    /// La preuve que cette personne consigne cet acte ici, ou la raison de son absence.
    pub(crate) fn consigner(&self, agent: &Agent, acte: &str) -> Result<Ecriture, Echec> {
        Ok(agent.peut_consigner(&self.vue.situation(), acte)?)
    }

    /// La vue de ce dossier, après et avant, quand un dossier qui l'a rejoint vient de changer.
    pub(crate) fn vue_avec(
        &mut self,
        joint: &Lu,
        profil: &Profil,
    ) -> Option<(VueDossier, Option<VueDossier>)> {
        self.charge.accueille(&joint.charge);
        vue::vues(&self.charge, profil).map(|vues| (vues.dossier, Some(self.vue.clone())))
    }
}

/// Le dossier où celui-ci est suivi, s'il l'a rejoint : ce qui change l'un change la vue de l'autre.
pub(crate) async fn hote(maison: &Maison, agent: &Agent, joint: &Lu) -> Result<Option<Lu>, Echec> {
    match joint.charge.dossier().joint_a {
        Some(hote) => par_id(maison, agent, hote).await.map(Some),
        None => Ok(None),
    }
}

/// Le dossier de cette référence.
pub(crate) async fn par_reference(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
) -> Result<Lu, Echec> {
    let situation = maison.stockage.situation(reference.trim()).await.map_err(sans_le_dire)?;
    charger(maison, agent.peut_lire(&situation.situation())?).await
}

/// Le dossier de cette référence existe pour cette personne. Ne lit rien du ménage.
pub(crate) async fn existe_pour(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
) -> Result<(), Echec> {
    let situation = maison.stockage.situation(reference.trim()).await.map_err(sans_le_dire)?;
    Ok(agent.peut_lire(&situation.situation()).map(drop)?)
}

/// Le dossier de ce numéro.
pub(crate) async fn par_id(
    maison: &Maison,
    agent: &Agent,
    dossier: DossierId,
) -> Result<Lu, Echec> {
    let situation = maison.stockage.situation_par_id(dossier).await.map_err(sans_le_dire)?;
    charger(maison, agent.peut_lire(&situation.situation())?).await
}

/// Absent ou hors du périmètre : la même phrase, ou l'on saurait ce qui existe ailleurs.
fn sans_le_dire(echec: stockage::echec::Echec) -> Echec {
    if matches!(echec, stockage::echec::Echec::Introuvable) {
        Refus::Introuvable.into()
    } else {
        echec.into()
    }
}

async fn charger(maison: &Maison, lecture: Lecture) -> Result<Lu, Echec> {
    let vue = maison.stockage.dossier(&lecture).await?;
    let faits = vue::relire(&maison.stockage.journal(&lecture).await?)?;
    let mut charge = Charge {
        id: vue.id,
        reference: vue.reference.clone(),
        faits,
        joints: BTreeMap::new(),
        identites: BTreeMap::new(),
        veille: maison.stockage.veille(&vue.profil).await?,
    };
    for joint in Dossier::relire(&charge.faits).joints {
        // Un dossier joint se suit ici : qui lit celui-ci lit les notices de l'autre, où qu'il soit.
        let suivi_ici = lecture.du_joint(joint);
        charge.joints.insert(joint, vue::relire(&maison.stockage.journal(&suivi_ici).await?)?);
    }
    let cles = vue::cles_du_coffre(&charge);
    for (cle, contenu) in maison.stockage.identites(&lecture, &cles).await? {
        charge.identites.insert(NoticeId(cle), vue::identite(&contenu));
    }
    Ok(Lu { vue, charge, lecture })
}

/// Ce dossier et ceux du même ménage qui se suivent avec lui. Ne lit rien de son identité.
pub(crate) async fn groupe(
    maison: &Maison,
    dossier: DossierId,
) -> Result<BTreeSet<DossierId>, Echec> {
    let relu = un_journal(maison, dossier).await?;
    let (hote, relu) = match relu.joint_a {
        Some(hote) => (hote, un_journal(maison, hote).await?),
        None => (dossier, relu),
    };
    Ok(relu.joints.iter().copied().chain([dossier, hote]).collect())
}

async fn un_journal(maison: &Maison, dossier: DossierId) -> Result<Dossier, Echec> {
    let mut ecrits = maison.stockage.relecture().await?.journaux(&[dossier]).await?;
    let faits = ecrits.remove(&dossier).unwrap_or_default();
    Ok(Dossier::relire(&vue::relire(&faits)?))
}
