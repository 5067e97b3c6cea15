//! Charger d'avance tout ce qu'il faut pour décider d'un lot : une requête par question, pas par ligne.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::Empreinte;
use ccapex::rapprochement::fiche::Fiche;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::transaction::{Lot, Transaction};

use super::{Cadre, Carnet, Connue, EnCours, Rejoint, compteur_de_reference};
use crate::echec::Echec;
use crate::reception::preparer::Preparee;
use crate::vue::{self, Charge};

impl Carnet {
    pub(super) async fn charger(
        cadre: &Cadre<'_>,
        transaction: &mut Transaction,
        preparees: &[Preparee],
    ) -> Result<Self, Echec> {
        let code = &cadre.profil.code;
        let empreintes: Vec<Empreinte> = preparees.iter().map(|p| p.empreinte).collect();
        let connues: BTreeMap<Empreinte, Connue> = transaction
            .notices_par_empreinte(code, &empreintes)
            .await?
            .into_iter()
            .map(|(empreinte, notice)| (empreinte, Connue::du_registre(notice)))
            .collect();
        let neuves: Vec<&Preparee> =
            preparees.iter().filter(|p| !connues.contains_key(&p.empreinte)).collect();
        let empreintes_de_reference: Vec<Empreinte> =
            neuves.iter().filter_map(|p| p.empreinte_reference).collect();
        let references: BTreeMap<Empreinte, (NoticeId, Option<DossierId>)> = transaction
            .notices_par_reference(code, &empreintes_de_reference)
            .await?
            .into_iter()
            .map(|(empreinte, notice)| (empreinte, (notice.id, notice.dossier)))
            .collect();
        let toutes: BTreeSet<i64> = neuves.iter().flat_map(|p| p.cles.iter().copied()).collect();
        let toutes: Vec<i64> = toutes.into_iter().collect();
        let mut par_cle: BTreeMap<i64, Vec<DossierId>> = BTreeMap::new();
        for (cle, dossier) in transaction.candidats(&toutes).await? {
            par_cle.entry(cle).or_default().push(dossier);
        }
        let a_lire: BTreeSet<DossierId> = (par_cle.values().flatten().copied())
            .chain(connues.values().filter_map(|c| c.dossier))
            .chain(references.values().filter_map(|(_, dossier)| *dossier))
            .chain(neuves.iter().filter_map(|p| p.remplace.and_then(|(_, dossier)| dossier)))
            .chain(neuves.iter().filter_map(|p| p.impose))
            .collect();
        let a_lire: Vec<DossierId> = a_lire.into_iter().collect();
        let vues: BTreeMap<DossierId, VueDossier> =
            transaction.dossiers(&a_lire).await?.into_iter().map(|vue| (vue.id, vue)).collect();
        let fiches: BTreeMap<DossierId, Vec<Fiche>> = vues
            .values()
            .map(|vue| (vue.id, serde_json::from_str(&vue.fiche).unwrap_or_default()))
            .collect();
        let noms = vues.values().map(|vue| (vue.id, vue.reference.clone())).collect();
        let premiere_notice = transaction.numeroter("notice", 0).await?;
        let premier_dossier = transaction.numeroter("dossier", 0).await?;
        let prochain_numero = transaction.numeroter(&compteur_de_reference(cadre), 0).await?;
        let mut carnet = Self {
            connues,
            references,
            par_cle,
            fiches,
            noms,
            dossiers: BTreeMap::new(),
            touches: BTreeSet::new(),
            veille: transaction.veille(code).await?,
            prochaine_notice: premiere_notice,
            prochain_dossier: premier_dossier,
            prochain_numero,
            premiere_notice,
            premier_dossier,
            lot: Lot::default(),
        };
        let a_rejoindre = carnet.a_rejoindre(&neuves);
        for (id, charge) in charger_dans(transaction, &a_rejoindre, &vues, carnet.veille).await? {
            carnet.dossiers.insert(id, EnCours { charge, avant: vues.get(&id).cloned() });
        }
        carnet.charger_les_hotes(transaction).await?;
        Ok(carnet)
    }

    /// Un dossier joint se suit dans un autre : ce qui change l'un change la vue de l'autre.
    async fn charger_les_hotes(&mut self, transaction: &mut Transaction) -> Result<(), Echec> {
        let hotes: BTreeSet<DossierId> = (self.dossiers.values())
            .filter_map(|en_cours| en_cours.charge.dossier().joint_a)
            .filter(|hote| !self.dossiers.contains_key(hote))
            .collect();
        let hotes: Vec<DossierId> = hotes.into_iter().collect();
        if hotes.is_empty() {
            return Ok(());
        }
        let vues: BTreeMap<DossierId, VueDossier> =
            transaction.dossiers(&hotes).await?.into_iter().map(|vue| (vue.id, vue)).collect();
        for (id, charge) in charger_dans(transaction, &hotes, &vues, self.veille).await? {
            self.dossiers.insert(id, EnCours { charge, avant: vues.get(&id).cloned() });
        }
        Ok(())
    }

    /// Les dossiers de la base que ce lot peut rejoindre sans question.
    fn a_rejoindre(&self, neuves: &[&Preparee]) -> Vec<DossierId> {
        let mut dossiers = BTreeSet::new();
        for preparee in neuves {
            if let Rejoint::Certain(dossier, _) = self.rapproche(preparee) {
                dossiers.insert(dossier);
            }
            dossiers.extend(self.corrige(preparee).and_then(|(_, dossier)| dossier));
        }
        dossiers.into_iter().collect()
    }
}

/// Charge des dossiers, ceux qui les ont rejoints, et leurs identités, dans la transaction.
async fn charger_dans(
    transaction: &mut Transaction,
    dossiers: &[DossierId],
    vues: &BTreeMap<DossierId, VueDossier>,
    veille: Option<Date>,
) -> Result<BTreeMap<DossierId, Charge>, Echec> {
    let mut charges = BTreeMap::new();
    if dossiers.is_empty() {
        return Ok(charges);
    }
    for (id, ecrits) in transaction.journaux(dossiers).await? {
        let reference = vues.get(&id).map(|v| v.reference.clone()).unwrap_or_default();
        let faits = vue::relire(&ecrits)?;
        let (joints, identites) = (BTreeMap::new(), BTreeMap::new());
        charges.insert(id, Charge { id, reference, faits, joints, identites, veille });
    }
    for charge in charges.values_mut() {
        let joints: Vec<DossierId> =
            ccapex::dossier::Dossier::relire(&charge.faits).joints.into_iter().collect();
        if !joints.is_empty() {
            for (id, ecrits) in transaction.journaux(&joints).await? {
                charge.joints.insert(id, vue::relire(&ecrits)?);
            }
        }
        for (cle, contenu) in transaction.identites(&vue::cles_du_coffre(charge)).await? {
            charge.identites.insert(NoticeId(cle), vue::identite(&contenu));
        }
    }
    Ok(charges)
}
