//! L'écriture : un lot de réception, ou un geste sur un dossier. Tout, ou rien.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::identifiants::{AgentId, DossierId, NoticeId, PieceId};
use ccapex::partenaires::habilitation::{Depot, Ecriture};
use jiff::Timestamp;

use crate::acces::inscrire::Inscription;
use crate::acces::{ECRIRE, PAR_EXCEPTION, releve};
use crate::base::insertion::Lignes;
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Connexion, Stockage, sql};
use crate::compteurs::Compteurs;
use crate::courrier::VueCourrier;
use crate::dossier::{VueDossier, raisons_ecrites};
use crate::echec::Echec;
use crate::journal::FaitEcrit;
use crate::notice::{Doublon, NoticeEcrite, SuiteDeNotice};
use crate::piece::EtatDePiece;
use crate::question::VueQuestion;
use crate::recherche::Mots;
use crate::tables;

/// Ce qui s'écrit ensemble.
#[derive(Clone, Debug, Default)]
pub struct Lot {
    /// Les lignes reçues.
    pub notices: Vec<NoticeEcrite>,
    /// Les lignes déjà reçues.
    pub doublons: Vec<Doublon>,
    /// Ce que deviennent des notices plus anciennes.
    pub suites: Vec<SuiteDeNotice>,
    /// Les notices qu'une notice de même référence remplace.
    pub remplacees: Vec<NoticeId>,
    /// Ce que le coffre garde désormais de notices complétées, encore sans dossier.
    pub coffre_complete: Vec<(i64, String)>,
    /// Les identités, par clé.
    pub coffre: Vec<(i64, String)>,
    /// Les faits, chacun au rang qui suit le journal de son dossier.
    pub faits: Vec<FaitEcrit>,
    /// Les dossiers, après et avant ; rien avant pour un nouveau.
    ///
    /// L'avant est celui que la base contient : les compteurs, les termes, les clés et les parties
    /// s'en déduisent.
    pub dossiers: Vec<(VueDossier, Option<VueDossier>)>,
    /// Les lettres, nouvelles ou changées.
    pub courriers: Vec<VueCourrier>,
    /// Les questions, nouvelles ou changées.
    pub questions: Vec<VueQuestion>,
    /// Où en est la pièce.
    pub avancement: Option<Avancement>,
}

/// Où en est le traitement d'une pièce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avancement {
    /// La pièce.
    pub piece: PieceId,
    /// Ses lignes traitées.
    pub traitees: i64,
    /// Ses lignes en tout, une fois connues.
    pub total: Option<i64>,
    /// Son état.
    pub etat: EtatDePiece,
}

/// Une transaction d'écriture, seule à la fois sur la base. L'abandonner n'écrit rien.
pub struct Transaction {
    pub(crate) connexion: Connexion,
    /// Les dossiers ont été lus avant elle : leur vue d'avant est à relire ici.
    lus_avant: bool,
    a_inscrire: AInscrire,
}

/// Ce que la transaction a écrit, et que le registre des accès dira avec elle.
#[derive(Default)]
struct AInscrire {
    /// Ce qu'un geste nomme.
    gestes: Vec<(AgentId, DossierId, String, Timestamp)>,
    /// Les faits ajoutés : par auteur, les dossiers et le dernier instant.
    faits: BTreeMap<AgentId, (BTreeSet<DossierId>, Timestamp)>,
}

impl Stockage {
    /// Ouvre l'écriture d'un lot de réception.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Occupee`] si un autre programme tient la base plus de deux minutes.
    pub async fn ecriture(&self, _depot: &Depot) -> Result<Transaction, Echec> {
        Ok(Transaction::nouvelle(self.base.ecrire().await?, false))
    }

    /// Ouvre une écriture dans des dossiers, chacun à la version où on l'a lu.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si l'un d'eux a changé depuis.
    pub async fn ecriture_dans(&self, dossiers: &[(&Ecriture, i64)]) -> Result<Transaction, Echec> {
        let mut connexion = self.base.ecrire().await?;
        for (ecriture, version) in dossiers {
            if connexion.version(ecriture.dossier()).await? != *version {
                return Err(Echec::Conflit);
            }
        }
        Ok(Transaction::nouvelle(connexion, true))
    }

    /// Ajoute à des dossiers, chacun à la version où on l'a lu, et inscrit l'accès au registre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si l'un d'eux a changé depuis ; [`Echec::Refus`] si le lot touche un dossier
    /// dont la preuve manque, ou si un fait n'est pas de l'auteur de la preuve.
    pub async fn ajouter(
        &self,
        dossiers: &[(&Ecriture, i64)],
        lot: Lot,
        geste: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        verifier_les_preuves(dossiers, &lot)?;
        let mut transaction = self.ecriture_dans(dossiers).await?;
        transaction.inserer(lot).await?;
        for (ecriture, _) in dossiers {
            transaction.noter(ecriture, geste, quand);
        }
        transaction.valider().await
    }
}

fn verifier_les_preuves(dossiers: &[(&Ecriture, i64)], lot: &Lot) -> Result<(), Echec> {
    let sans_preuve = |dossier: DossierId| dossiers.iter().all(|(e, _)| e.dossier() != dossier);
    let touches: BTreeSet<DossierId> = (lot.faits.iter().map(|f| f.dossier))
        .chain(lot.dossiers.iter().map(|(apres, _)| apres.id))
        .chain(lot.courriers.iter().filter_map(|c| c.dossier))
        .collect();
    if touches.into_iter().any(sans_preuve) {
        return Err(Echec::Refus(
            "L'écriture touche un dossier dont l'accès n'a pas été vérifié. Rien n'a été enregistré : \
             rouvrez le dossier, puis recommencez."
                .to_owned(),
        ));
    }
    Ok(())
}

impl Connexion {
    /// Réserve `n` numéros, et rend le premier.
    pub(crate) async fn numeroter(&mut self, compteur: &str, n: i64) -> Result<i64, Echec> {
        let dernier: Option<i64> =
            self.lire_une(sql!("numeroter.sql"), valeurs![compteur, n]).await?;
        dernier.map(|dernier| dernier - n + 1).ok_or(Echec::Introuvable)
    }
}

impl Transaction {
    /// Réserve `n` numéros, et rend le premier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn numeroter(&mut self, compteur: &str, n: i64) -> Result<i64, Echec> {
        self.connexion.numeroter(compteur, n).await
    }

    /// Les notices déjà reçues qui ont l'une de ces empreintes.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notices_par_empreinte(
        &mut self,
        profil: &str,
        empreintes: &[[u8; 16]],
    ) -> Result<BTreeMap<[u8; 16], NoticeEcrite>, Echec> {
        self.connexion.notices_par_empreinte(profil, empreintes).await
    }

    /// La dernière notice reçue sous chacune de ces références.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notices_par_reference(
        &mut self,
        profil: &str,
        empreintes: &[[u8; 16]],
    ) -> Result<BTreeMap<[u8; 16], NoticeEcrite>, Echec> {
        self.connexion.notices_par_reference(profil, empreintes).await
    }

    /// Les dossiers qui partagent une de ces clés de rapprochement.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn candidats(&mut self, cles: &[i64]) -> Result<Vec<(i64, DossierId)>, Echec> {
        self.connexion.candidats(cles).await
    }

    /// Ces dossiers, tels que la base les contient.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn dossiers(&mut self, dossiers: &[DossierId]) -> Result<Vec<VueDossier>, Echec> {
        self.connexion.dossiers(dossiers).await
    }

    /// Les journaux de ces dossiers.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn journaux(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<BTreeMap<DossierId, Vec<FaitEcrit>>, Echec> {
        self.connexion.journaux(dossiers).await
    }

    /// Les identités encore au coffre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn identites(&mut self, cles: &[i64]) -> Result<BTreeMap<i64, String>, Echec> {
        self.connexion.identites(cles).await
    }

    pub(crate) fn nouvelle(connexion: Connexion, lus_avant: bool) -> Self {
        Self { connexion, lus_avant, a_inscrire: AInscrire::default() }
    }

    /// Nomme le geste que le registre des accès dira d'une écriture. Sans nom, elle s'y inscrit quand même.
    pub fn noter(&mut self, ecriture: &Ecriture, geste: &str, quand: Timestamp) {
        self.a_inscrire.gestes.push((
            ecriture.agent(),
            ecriture.dossier(),
            geste.to_owned(),
            quand,
        ));
    }

    /// Écrit le lot.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si un rang du journal est pris, ou si un jour veillé depuis la lecture a
    /// fait bouger un dossier ; [`Echec::DisquePlein`].
    pub async fn inserer(&mut self, mut lot: Lot) -> Result<(), Echec> {
        self.a_jour_de_la_veille(&lot.dossiers).await?;
        if self.lus_avant {
            self.relire_les_vues(&mut lot.dossiers).await?;
        }
        self.a_inscrire.retenir(&lot.faits);
        let connexion = &mut self.connexion;
        connexion.inserer(notices(lot.notices)).await?;
        connexion.inserer(doublons(lot.doublons)).await?;
        for suite in lot.suites {
            let valeurs = valeurs![
                suite.notice,
                suite.sous_commission,
                suite.statut,
                suite.motif,
                suite.dossier,
                suite.rapprochement
            ];
            connexion.executer(sql!("../notice/suite.sql"), valeurs).await?;
        }
        for notice in lot.remplacees {
            connexion.executer(sql!("../notice/remplacer.sql"), valeurs![notice]).await?;
        }
        for (cle, contenu) in lot.coffre_complete {
            connexion.executer(sql!("../coffre/completer.sql"), valeurs![cle, contenu]).await?;
        }
        connexion.inserer(coffre(lot.coffre)).await?;
        connexion.numeroter_les_changements(&lot.faits).await?;
        connexion.inserer(faits(lot.faits)).await.map_err(conflit)?;
        inserer_les_dossiers(connexion, lot.dossiers).await?;
        let mut courriers = Lignes::pour(&tables::VUE_COURRIER, lot.courriers.len());
        for courrier in lot.courriers {
            courriers.ligne(courrier.en_ligne());
        }
        connexion.inserer(courriers).await?;
        let mut questions = Lignes::pour(&tables::VUE_QUESTION, lot.questions.len());
        for question in lot.questions {
            questions.ligne(question.en_ligne());
        }
        connexion.inserer(questions).await?;
        if let Some(a) = lot.avancement {
            let valeurs = valeurs![a.piece, a.traitees, a.total, a.etat];
            connexion.executer(sql!("avancer.sql"), valeurs).await?;
        }
        Ok(())
    }

    /// La veille change une vue sans allonger son journal : l'avant lu plus tôt n'est plus sûr.
    async fn relire_les_vues(
        &mut self,
        dossiers: &mut [(VueDossier, Option<VueDossier>)],
    ) -> Result<(), Echec> {
        let connus: Vec<DossierId> =
            dossiers.iter().filter(|(_, avant)| avant.is_some()).map(|(vue, _)| vue.id).collect();
        let mut relus: BTreeMap<DossierId, VueDossier> =
            self.dossiers(&connus).await?.into_iter().map(|vue| (vue.id, vue)).collect();
        for (apres, avant) in dossiers {
            if avant.is_some() {
                *avant = relus.remove(&apres.id);
            }
        }
        Ok(())
    }

    /// Valide tout ce que la transaction a écrit, et l'inscrit au registre des accès.
    ///
    /// # Erreurs
    ///
    /// [`Echec::DisquePlein`] : rien n'est alors écrit.
    pub async fn valider(mut self) -> Result<(), Echec> {
        let mut inscriptions = Vec::new();
        for (agent, geste, dossiers, quand) in self.a_inscrire.lignes() {
            let mut auteur = self.connexion.auteur(agent).await?;
            dossiers.iter().copied().for_each(releve::ecrit);
            let dossiers: BTreeSet<i64> = dossiers.into_iter().map(|d| d.0).collect();
            if releve::par_exception(&dossiers) {
                PAR_EXCEPTION.clone_into(&mut auteur.motif);
            }
            inscriptions.push(Inscription {
                auteur,
                geste,
                objet: String::new(),
                dossiers,
                notices: BTreeSet::new(),
                quand,
            });
        }
        if !inscriptions.is_empty() {
            // En dernier : la chaîne ne se verrouille que le temps de finir.
            self.connexion.inscrire(inscriptions).await?;
        }
        self.connexion.valider().await
    }
}

impl AInscrire {
    fn retenir(&mut self, faits: &[FaitEcrit]) {
        for fait in faits {
            let (dossiers, quand) =
                self.faits.entry(fait.agent).or_insert_with(|| (BTreeSet::new(), fait.ecrit_le));
            dossiers.insert(fait.dossier);
            *quand = fait.ecrit_le.max(*quand);
        }
    }

    /// Une ligne par geste nommé, puis une par auteur pour tout ce qu'il a écrit d'autre.
    fn lignes(&mut self) -> Vec<(AgentId, String, BTreeSet<DossierId>, Timestamp)> {
        let mut lignes = Vec::new();
        for (agent, dossier, geste, quand) in std::mem::take(&mut self.gestes) {
            if let Some((dossiers, _)) = self.faits.get_mut(&agent) {
                dossiers.remove(&dossier);
            }
            lignes.push((agent, geste, BTreeSet::from([dossier]), quand));
        }
        for (agent, (dossiers, quand)) in std::mem::take(&mut self.faits) {
            if !dossiers.is_empty() {
                lignes.push((agent, ECRIRE.to_owned(), dossiers, quand));
            }
        }
        lignes
    }
}

/// Un rang déjà pris : le dossier a changé depuis sa lecture.
fn conflit(echec: Echec) -> Echec {
    match echec {
        Echec::Panne(cause) => {
            let pris = cause
                .downcast_ref::<sqlx::Error>()
                .and_then(sqlx::Error::as_database_error)
                .is_some_and(|e| e.is_unique_violation());
            if pris { Echec::Conflit } else { Echec::Panne(cause) }
        }
        autre @ (Echec::Introuvable
        | Echec::Conflit
        | Echec::DisquePlein
        | Echec::Occupee
        | Echec::Refus(_)) => autre,
    }
}

fn notices(notices: Vec<NoticeEcrite>) -> Lignes {
    let mut lignes = Lignes::pour(&tables::NOTICE, notices.len());
    for n in notices {
        lignes.ligne([
            n.id.into(),
            n.piece.into(),
            n.ordre.into(),
            n.ligne.into(),
            n.feuille.into(),
            n.profil.into(),
            n.emetteur.into(),
            n.nature.into(),
            n.reference.into(),
            n.empreinte.into(),
            n.empreinte_reference.into(),
            n.sous_commission.into(),
            n.statut.into(),
            n.motif.into(),
            n.dossier.into(),
            n.rapprochement.into(),
            n.contenu.into(),
            n.recu_le.into(),
        ]);
    }
    lignes
}

fn doublons(doublons: Vec<Doublon>) -> Lignes {
    let mut lignes = Lignes::pour(&tables::NOTICE_DOUBLON, doublons.len());
    for d in doublons {
        lignes.ligne([
            d.piece.into(),
            d.ordre.into(),
            d.ligne.into(),
            d.feuille.into(),
            d.notice.into(),
        ]);
    }
    lignes
}

fn coffre(identites: Vec<(i64, String)>) -> Lignes {
    let mut lignes = Lignes::pour(&tables::COFFRE, identites.len());
    for (cle, contenu) in identites {
        lignes.ligne([cle.into(), contenu.into(), Valeur::Texte(None)]);
    }
    lignes
}

fn faits(faits: Vec<FaitEcrit>) -> Lignes {
    let mut lignes = Lignes::pour(&tables::JOURNAL, faits.len());
    for f in faits {
        lignes.ligne([
            f.dossier.into(),
            f.rang.into(),
            f.fait.into(),
            f.acte.into(),
            f.jour.into(),
            f.contenu.into(),
            f.agent.into(),
            f.ecrit_le.into(),
            f.pour.map(|p| p.0).into(),
        ]);
    }
    lignes
}

/// Écrit les vues des dossiers, et ce qui s'en déduit : termes, clés, parties, compteurs.
async fn inserer_les_dossiers(
    connexion: &mut Connexion,
    dossiers: Vec<(VueDossier, Option<VueDossier>)>,
) -> Result<(), Echec> {
    let (mut compteurs, mut mots) = (Compteurs::default(), Mots::default());
    // Rangés avant l'insertion : les index s'écrivent page après page.
    let (mut termes, mut cles, mut parties) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut vues = Lignes::pour(&tables::VUE_DOSSIER, dossiers.len());
    for (apres, avant) in dossiers {
        if let Some(avant) = &avant {
            compteurs.retirer(avant);
            for (terme, commune) in ranges(avant).difference(&ranges(&apres)) {
                let valeurs = valeurs![terme.as_str(), commune.as_str(), apres.id];
                connexion.executer(sql!("oublier_terme.sql"), valeurs).await?;
                mots.retirer(terme);
            }
            for cle in avant.cles.iter().filter(|cle| !apres.cles.contains(cle)) {
                connexion.executer(sql!("oublier_cle.sql"), valeurs![*cle, apres.id]).await?;
            }
            connexion.oublier_les_parties(&apres, avant).await?;
        }
        compteurs.ajouter(&apres);
        let nouveau = |avant: Option<bool>| !avant.unwrap_or(false);
        let avant = avant.as_ref();
        let connus = avant.map(ranges).unwrap_or_default();
        for (terme, commune) in ranges(&apres) {
            if !connus.contains(&(terme.clone(), commune.clone())) {
                mots.ajouter(&terme);
                termes.insert((terme, commune, apres.id));
            }
        }
        for cle in &apres.cles {
            if nouveau(avant.map(|a| a.cles.contains(cle))) {
                cles.insert((*cle, apres.id));
            }
        }
        parties.extend(nouvelles_parties(&apres, avant));
        vues.ligne(apres.en_ligne()?);
    }
    connexion.inserer(vues).await?;
    let mut lignes = Lignes::pour(&tables::VUE_TERME, termes.len());
    for (terme, commune, dossier) in termes {
        lignes.ligne([terme.into(), commune.into(), dossier.into()]);
    }
    connexion.inserer(lignes).await?;
    connexion.compter_les_mots(mots).await?;
    connexion.inserer(paires(&tables::VUE_CLE, cles)).await?;
    connexion.inserer(en_parties(parties)).await?;
    connexion.inserer(compteurs.en_lignes()).await
}

/// Les termes d'un dossier, chacun avec la commune où il se range.
fn ranges(vue: &VueDossier) -> BTreeSet<(String, String)> {
    vue.tous_les_termes().map(|terme| (terme, vue.commune.clone())).collect()
}

fn paires<T: Into<Valeur>>(
    table: &'static tables::Table,
    paires: BTreeSet<(T, DossierId)>,
) -> Lignes {
    let mut lignes = Lignes::pour(table, paires.len());
    for (valeur, dossier) in paires {
        lignes.ligne([valeur.into(), dossier.into()]);
    }
    lignes
}

/// (partie, dossier, pourquoi).
pub(crate) type LigneDePartie = (String, DossierId, String);

/// Les parties à écrire : celles qui n'y étaient pas, ou pas pour les mêmes raisons.
pub(crate) fn nouvelles_parties(
    apres: &VueDossier,
    avant: Option<&VueDossier>,
) -> Vec<LigneDePartie> {
    apres
        .parties
        .iter()
        .filter(|(cle, raisons)| avant.is_none_or(|a| a.parties.get(*cle) != Some(*raisons)))
        .map(|(cle, raisons)| (cle.clone(), apres.id, raisons_ecrites(raisons)))
        .collect()
}

/// Les parties, rangées avant l'insertion : l'index s'écrit page après page.
pub(crate) fn en_parties(parties: BTreeSet<LigneDePartie>) -> Lignes {
    let mut lignes = Lignes::pour(&tables::VUE_PARTIE, parties.len());
    for (partie, dossier, pourquoi) in parties {
        lignes.ligne([partie.into(), dossier.into(), pourquoi.into()]);
    }
    lignes
}

impl Connexion {
    /// Retire les parties qu'un dossier n'a plus.
    pub(crate) async fn oublier_les_parties(
        &mut self,
        apres: &VueDossier,
        avant: &VueDossier,
    ) -> Result<(), Echec> {
        for cle in avant.parties.keys().filter(|cle| !apres.parties.contains_key(*cle)) {
            let valeurs = valeurs![cle.as_str(), apres.id];
            self.executer(sql!("oublier_partie.sql"), valeurs).await?;
        }
        Ok(())
    }
}
