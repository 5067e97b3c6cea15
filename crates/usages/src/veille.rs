//! La veille : chaque jour, les vues suivent ce que le temps seul a changé.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Geste};
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::Profil;
use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use stockage::dossier::VueDossier;
use stockage::journal::FaitEcrit;
use stockage::transaction::Transaction;
use stockage::vues::Relecture;

use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::{self, Charge};

/// Les dossiers d'un lot : assez pour que le disque n'attende pas, assez peu pour qu'une personne qui
/// écrit n'attende pas le lot.
const LOT: i64 = 2_000;

/// Ce qu'une veille a fait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Veillee {
    /// Ce jour, ou un jour d'après, l'était déjà : il n'y avait rien à faire.
    pub deja_faite: bool,
    /// Le dernier jour veillé, désormais.
    pub jusqu_au: Option<Date>,
    /// Les dossiers relus.
    pub relus: u64,
    /// Ceux dont le stade a changé.
    pub stades: u64,
    /// Ceux que le temps a clos.
    pub clos: u64,
    /// Ceux dont la prochaine étape, les états, les listes ou le service ont changé.
    pub changes: u64,
}

/// Une page de dossiers à veiller, avec de quoi les relire.
type Page = Vec<(VueDossier, Charge)>;

/// Fait suivre aux vues d'un profil tout ce que le temps a changé, ce jour compris.
///
/// Un jour déjà veillé ne se refait pas, et un jour d'avant non plus. Deux programmes à la fois se
/// partagent les lots : chacun relit ce qui reste dans la transaction où il l'écrit.
///
/// # Erreurs
///
/// [`Echec`] de la base : les lots écrits le restent, la veille suivante finit le travail.
pub async fn veiller(maison: &Maison, profil: &str, jour: Date) -> Result<Veillee, Echec> {
    let profil = maison.profil(profil)?;
    let depot = Agent::programme(&profil.code).peut_deposer()?;
    let mut veillee = Veillee { jusqu_au: Some(jour), ..Veillee::default() };
    if let Some(deja) = maison.stockage.veille(&profil.code).await?.filter(|le| *le >= jour) {
        return Ok(Veillee { deja_faite: true, jusqu_au: Some(deja), ..veillee });
    }
    let mut apres = None;
    loop {
        let mut transaction = maison.stockage.ecriture(&depot).await?;
        if let Some(deja) = transaction.veille(&profil.code).await?.filter(|le| *le >= jour) {
            // Un autre programme a fini le travail commencé ici.
            veillee.deja_faite = veillee.relus == 0;
            veillee.jusqu_au = Some(deja);
            return Ok(veillee);
        }
        let mut vues = transaction.a_veiller(&profil.code, jour, apres, LOT).await?;
        if vues.is_empty() {
            // Un dossier écrit pendant la veille peut être dû avant la place où elle en est.
            vues = transaction.a_veiller(&profil.code, jour, None, LOT).await?;
        }
        apres = vues.last().and_then(|vue| vue.change_le.map(|le| (le, vue.id)));
        if vues.is_empty() {
            transaction.avancer_la_veille(&profil.code, jour).await?;
            transaction.valider().await?;
            return Ok(veillee);
        }
        let page = charger(&mut transaction, vues, jour).await?;
        let avancees = avancer(page, &profil).await?;
        avancees.iter().for_each(|(apres, avant)| veillee.compte(apres, avant));
        transaction.veiller(avancees).await?;
        transaction.valider().await?;
    }
}

/// Les dossiers d'un profil que le temps change ce jour-là au plus tard, tels qu'ils seront : sans rien
/// écrire, pour regarder un jour que personne n'a veillé.
pub(crate) async fn regarder(
    maison: &Maison,
    profil: &Arc<Profil>,
    jour: Date,
    mut voir: impl FnMut(VueDossier),
) -> Result<(), Echec> {
    let mut relecture = maison.stockage.relecture().await?;
    let mut apres = None;
    loop {
        let vues = relecture.a_veiller(&profil.code, jour, apres, LOT).await?;
        let Some(derniere) = vues.last() else { return Ok(()) };
        apres = derniere.change_le.map(|le| (le, derniere.id));
        let page = charger(&mut relecture, vues, jour).await?;
        avancer(page, profil).await?.into_iter().for_each(|(apres, _)| voir(apres));
    }
}

/// D'où se lisent des journaux : la transaction qui les verrouille, ou un instant figé.
trait Journaux {
    async fn journaux(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<BTreeMap<DossierId, Vec<FaitEcrit>>, Echec>;
}

impl Journaux for Transaction {
    async fn journaux(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<BTreeMap<DossierId, Vec<FaitEcrit>>, Echec> {
        Ok(Self::journaux(self, dossiers).await?)
    }
}

impl Journaux for Relecture {
    async fn journaux(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<BTreeMap<DossierId, Vec<FaitEcrit>>, Echec> {
        Ok(Self::journaux(self, dossiers).await?)
    }
}

/// Charge les journaux de ces dossiers et de ceux qui les ont rejoints. Le coffre reste fermé.
async fn charger(
    source: &mut impl Journaux,
    vues: Vec<VueDossier>,
    jour: Date,
) -> Result<Page, Echec> {
    let numeros: Vec<DossierId> = vues.iter().map(|vue| vue.id).collect();
    let mut journaux = source.journaux(&numeros).await?;
    let ecrits: Vec<(VueDossier, Vec<FaitEcrit>)> = vues
        .into_iter()
        .map(|vue| {
            let faits = journaux.remove(&vue.id).unwrap_or_default();
            (vue, faits)
        })
        .collect();
    let mut page = sur_tous_les_coeurs(ecrits, move |(vue, ecrits)| {
        let charge = Charge {
            id: vue.id,
            reference: vue.reference.clone(),
            faits: vue::relire(&ecrits)?,
            joints: BTreeMap::new(),
            identites: BTreeMap::new(),
            veille: Some(jour),
        };
        Ok((vue, charge))
    })
    .await?;
    let joints: BTreeSet<DossierId> = page.iter().flat_map(|(_, charge)| joints(charge)).collect();
    if joints.is_empty() {
        return Ok(page);
    }
    let joints_lus = source.journaux(&joints.into_iter().collect::<Vec<_>>()).await?;
    for (_, charge) in &mut page {
        for joint in self::joints(charge) {
            let ecrits = joints_lus.get(&joint).map(Vec::as_slice).unwrap_or_default();
            charge.joints.insert(joint, vue::relire(ecrits)?);
        }
    }
    Ok(page)
}

/// Les dossiers qui ont rejoint celui-ci. La plupart n'en ont pas, et ne se relisent pas pour le savoir.
fn joints(charge: &Charge) -> BTreeSet<DossierId> {
    let en_a_eu = charge
        .faits
        .iter()
        .any(|fait| matches!(&fait.acte, Acte::Rapprochement(r) if r.geste == Geste::Joint));
    if en_a_eu { Dossier::relire(&charge.faits).joints } else { BTreeSet::new() }
}

async fn avancer(page: Page, profil: &Arc<Profil>) -> Result<Vec<(VueDossier, VueDossier)>, Echec> {
    let profil = Arc::clone(profil);
    sur_tous_les_coeurs(page, move |(avant, charge)| {
        let apres = vue::avancer(&avant, &charge, &profil).ok_or_else(|| {
            Echec::Refus(format!(
                "Le dossier {} n'a plus de journal : la veille ne peut pas le relire. Contrôlez la base avec « seuil verifier ».",
                avant.reference
            ))
        })?;
        Ok((apres, avant))
    })
    .await
}

/// Calcule sur tous les cœurs, sans retenir le fil qui sert les pages.
async fn sur_tous_les_coeurs<A: Send + 'static, B: Send + 'static>(
    valeurs: Vec<A>,
    calcul: impl Fn(A) -> Result<B, Echec> + Send + Sync + 'static,
) -> Result<Vec<B>, Echec> {
    tokio::task::spawn_blocking(move || valeurs.into_par_iter().map(calcul).collect())
        .await
        .unwrap_or_else(|arret| {
            Err(Echec::Refus(format!("La veille s'est interrompue ({arret}). Relancez-la.")))
        })
}

impl Veillee {
    fn compte(&mut self, apres: &VueDossier, avant: &VueDossier) {
        self.relus += 1;
        self.stades += u64::from(apres.stade != avant.stade);
        self.clos += u64::from(apres.clos_le.is_some() && avant.clos_le.is_none());
        let etape = |vue: &VueDossier| (vue.etape_regle.clone(), vue.etape_avant_le);
        self.changes += u64::from(
            etape(apres) != etape(avant)
                || apres.etats != avant.etats
                || apres.listes != avant.listes
                || apres.service != avant.service,
        );
    }
}
