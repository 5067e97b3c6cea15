//! Un lot de lignes : reconnues, rapprochées, jugées, écrites — ensemble ou pas du tout.

pub(crate) mod essayer;

mod charger;
mod reponse;

use std::collections::{BTreeMap, BTreeSet};

use ccapex::fait::{Acte, Geste, NoticeRecue, Rapprochement};
use ccapex::identifiants::{DossierId, NoticeId, PieceId, Reference};
use ccapex::notice::Empreinte;
use ccapex::partenaires::habilitation::{Depot, Plume, cle_emetteur};
use ccapex::profil::Profil;
use ccapex::rapprochement::comparer::{MEME_NAISSANCE, Ressemblance, comparer};
use ccapex::rapprochement::fiche::Fiche;
use ccapex::signalement::anomalies::anomalies;
use ccapex::signalement::examen::{Contexte, Examen, examiner_notice};
use ccapex::signalement::statut::Statut;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::base::Stockage;
use stockage::dossier::VueDossier;
use stockage::notice::{Doublon, NoticeEcrite, SuiteDeNotice};
use stockage::piece::EtatDePiece;
use stockage::transaction::{Avancement, Lot, Transaction};

use crate::completer::completee::Completee;
use crate::echec::Echec;
use crate::reception::lot::reponse::{noms_des_lettres, raisons, rapprochement_ecrit, repond};
use crate::reception::preparer::Preparee;
use crate::reception::resultat::{Candidat, Reponse};
use crate::vue::{self, Charge};

/// Ce que tout un dépôt partage.
pub(crate) struct Cadre<'a> {
    pub(crate) stockage: &'a Stockage,
    pub(crate) depot: &'a Depot,
    pub(crate) profil: &'a Profil,
    pub(crate) piece: PieceId,
    pub(crate) fichier: &'a str,
    /// La pièce n'était pas finie : ses lignes déjà écrites se redisent, elles ne sont pas des doublons.
    pub(crate) reprise: bool,
    /// Les lignes déjà écrites de cette pièce ; rien quand elle est finie, et n'écrit plus.
    pub(crate) deja_traitees: Option<i64>,
    pub(crate) aujourd_hui: Date,
    pub(crate) maintenant: Timestamp,
}

/// Trois candidats au plus : au-delà, une personne ne compare plus.
const CANDIDATS: usize = 3;

/// Écrit un lot et rend une réponse par ligne, dans l'ordre.
pub(crate) async fn ecrire(
    cadre: &Cadre<'_>,
    preparees: &[Preparee],
    etat: EtatDePiece,
) -> Result<Vec<Reponse>, Echec> {
    let mut transaction = cadre.stockage.ecriture(cadre.depot).await?;
    let mut carnet = Carnet::charger(cadre, &mut transaction, preparees).await?;
    let reponses: Vec<Reponse> =
        preparees.iter().map(|preparee| carnet.recoit(cadre, preparee)).collect();
    let traitees = preparees.last().map_or(0, |p| p.ordre + 1);
    let avancement = cadre.deja_traitees.is_some().then_some(Avancement {
        piece: cadre.piece,
        traitees,
        total: None,
        etat,
    });
    let lot = carnet.en_lot(cadre, avancement, &mut transaction).await?;
    if let Some(lot) = lot {
        transaction.inserer(lot).await?;
        transaction.valider().await?;
    }
    Ok(reponses)
}

/// Rattache une notice déjà au registre, qui n'avait pas pu ouvrir de dossier.
pub(crate) async fn rattacher(
    cadre: &Cadre<'_>,
    preparee: &Preparee,
    registre: &NoticeEcrite,
) -> Result<Reponse, Echec> {
    let mut transaction = cadre.stockage.ecriture(cadre.depot).await?;
    let mut carnet =
        Carnet::charger(cadre, &mut transaction, std::slice::from_ref(preparee)).await?;
    let reponse = carnet.rattache(cadre, preparee, registre);
    if let Some(lot) = carnet.en_lot(cadre, None, &mut transaction).await? {
        transaction.inserer(lot).await?;
        transaction.valider().await?;
    }
    Ok(reponse)
}

/// Le dossier que cette notice rejoindrait sans question, s'il y en a un. N'écrit rien.
pub(crate) async fn reconnaitre(
    cadre: &Cadre<'_>,
    preparee: &Preparee,
) -> Result<Option<String>, Echec> {
    let mut transaction = cadre.stockage.ecriture(cadre.depot).await?;
    let carnet = Carnet::charger(cadre, &mut transaction, std::slice::from_ref(preparee)).await?;
    Ok(match carnet.rapproche(preparee) {
        Rejoint::Certain(dossier, _) => carnet.noms.get(&dossier).cloned(),
        Rejoint::Nouveau | Rejoint::AConfirmer(_) => None,
    })
}

/// Une notice déjà au registre, ou plus haut dans ce lot.
#[derive(Clone, Debug)]
struct Connue {
    id: NoticeId,
    piece: PieceId,
    ordre: i64,
    dossier: Option<DossierId>,
    statut: Statut,
    motif: String,
    rapprochement: String,
}

/// Un dossier que ce lot touche.
struct EnCours {
    charge: Charge,
    avant: Option<VueDossier>,
}

/// Tout ce qu'il faut pour décider d'un lot, chargé d'avance.
struct Carnet {
    connues: BTreeMap<Empreinte, Connue>,
    references: BTreeMap<Empreinte, (NoticeId, Option<DossierId>)>,
    par_cle: BTreeMap<i64, Vec<DossierId>>,
    fiches: BTreeMap<DossierId, Vec<Fiche>>,
    noms: BTreeMap<DossierId, String>,
    dossiers: BTreeMap<DossierId, EnCours>,
    touches: BTreeSet<DossierId>,
    /// Le dernier jour veillé du profil.
    veille: Option<Date>,
    prochaine_notice: i64,
    prochain_dossier: i64,
    prochain_numero: i64,
    premiere_notice: i64,
    premier_dossier: i64,
    lot: Lot,
}

/// Ce que le rapprochement décide d'une ligne.
enum Rejoint {
    Nouveau,
    Certain(DossierId, Vec<&'static str>),
    AConfirmer(Vec<(DossierId, Vec<&'static str>)>),
}

fn compteur_de_reference(cadre: &Cadre<'_>) -> String {
    format!("dossier:{}:{}", cadre.profil.code, cadre.aujourd_hui.year())
}

impl Carnet {
    /// Rapporte à leur hôte les faits des dossiers joints que ce lot a touchés.
    fn rapporter_aux_hotes(&mut self) {
        let joints: Vec<(DossierId, DossierId)> = (self.touches.iter())
            .filter_map(|id| Some((*id, self.dossiers.get(id)?.charge.dossier().joint_a?)))
            .collect();
        for (joint, hote) in joints {
            let Some(charge) = self.dossiers.get(&joint).map(|d| d.charge.clone()) else {
                continue;
            };
            if let Some(en_cours) = self.dossiers.get_mut(&hote) {
                en_cours.charge.accueille(&charge);
                self.touches.insert(hote);
            }
        }
    }

    fn rapproche(&self, preparee: &Preparee) -> Rejoint {
        if let Some(dossier) = preparee.impose {
            return Rejoint::Certain(dossier, vec!["dossier désigné par qui consigne l'acte"]);
        }
        let Some(fiche) = &preparee.fiche else { return Rejoint::Nouveau };
        let candidats: BTreeSet<DossierId> = preparee
            .cles
            .iter()
            .filter_map(|cle| self.par_cle.get(cle))
            .flatten()
            .copied()
            .collect();
        let mut certains: Vec<(DossierId, Vec<&'static str>)> = Vec::new();
        let mut douteux: Vec<(u8, DossierId, Vec<&'static str>)> = Vec::new();
        for dossier in candidats {
            let meilleure = self
                .fiches
                .get(&dossier)
                .into_iter()
                .flatten()
                .map(|autre| comparer(fiche, autre))
                .max_by_key(|c| c.ressemblance);
            let Some(meilleure) = meilleure else { continue };
            match meilleure.ressemblance {
                Ressemblance::Autre => {}
                Ressemblance::Douteuse(force) => douteux.push((force, dossier, meilleure.motifs)),
                Ressemblance::Certaine => certains.push((dossier, meilleure.motifs)),
            }
        }
        // Plusieurs certitudes : une date de naissance lue des deux côtés l'emporte sur une absente.
        certains.sort_by_key(|(dossier, motifs)| (!motifs.contains(&MEME_NAISSANCE), *dossier));
        if let Some((dossier, motifs)) = certains.into_iter().next() {
            return Rejoint::Certain(dossier, motifs);
        }
        if douteux.is_empty() {
            return Rejoint::Nouveau;
        }
        douteux.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        douteux.truncate(CANDIDATS);
        Rejoint::AConfirmer(
            douteux.into_iter().map(|(_, dossier, motifs)| (dossier, motifs)).collect(),
        )
    }

    /// La notice que celle-ci remplace : la même ligne relue, ou la même référence de l'émetteur.
    fn corrige(&self, preparee: &Preparee) -> Option<(NoticeId, Option<DossierId>)> {
        preparee.remplace.or_else(|| {
            preparee
                .empreinte_reference
                .and_then(|e| self.references.get(&e))
                .filter(|(_, dossier)| preparee.impose.is_none() || *dossier == preparee.impose)
                .copied()
        })
    }

    /// Traite une ligne : la réponse, et ce qu'elle fait écrire.
    fn recoit(&mut self, cadre: &Cadre<'_>, preparee: &Preparee) -> Reponse {
        if let Some(connue) = self.connues.get(&preparee.empreinte).cloned() {
            return self.deja_recue(cadre, preparee, &connue);
        }
        let corrige = self.corrige(preparee);
        let rejoint = match corrige {
            Some((_, Some(dossier))) if preparee.fiche.is_some() => Rejoint::Certain(
                dossier,
                vec![if preparee.remplace.is_some() {
                    "même ligne du même fichier, relue avec ses colonnes"
                } else {
                    "même référence de l'émetteur : c'est une correction"
                }],
            ),
            Some(_) | None => self.rapproche(preparee),
        };
        let notice = NoticeId(self.prochaine_notice);
        self.prochaine_notice += 1;
        let reponse = self.inscrit(cadre, preparee, notice, corrige.map(|(id, _)| id), rejoint);
        if let Some((ancienne, son_dossier)) = corrige
            && (son_dossier.is_none() || reponse.dossier.is_some())
        {
            self.lot.remplacees.push(ancienne);
        }
        if let Some(empreinte) = preparee.empreinte_reference {
            self.references
                .insert(empreinte, (notice, self.lot.notices.last().and_then(|n| n.dossier)));
        }
        reponse
    }

    fn deja_recue(&mut self, cadre: &Cadre<'_>, preparee: &Preparee, connue: &Connue) -> Reponse {
        let examen =
            examiner_notice(&preparee.notice, cadre.profil, cadre.aujourd_hui, Contexte::default());
        let dossier = connue.dossier.and_then(|id| self.noms.get(&id).cloned());
        let mut reponse = repond(cadre, preparee, &examen);
        reponse.dossier = dossier;
        if connue.piece == cadre.piece && connue.ordre == preparee.ordre && cadre.reprise {
            reponse.statut = connue.statut;
            reponse.motif = (!connue.motif.is_empty()).then(|| connue.motif.clone());
            reponse.rapprochement = rapprochement_ecrit(&connue.rapprochement);
            return reponse;
        }
        reponse.statut = Statut::Doublon;
        reponse.motif = None;
        reponse.explication = vec![
            "notice déjà reçue de cet émetteur, avec la même référence et le même contenu : rien n'a changé".to_owned(),
        ];
        reponse.service = None;
        reponse.service_provisoire = false;
        reponse.a_completer = Vec::new();
        if cadre.ecrit(preparee.ordre) {
            self.lot.doublons.push(Doublon {
                piece: cadre.piece,
                ordre: preparee.ordre,
                ligne: i64::try_from(preparee.ligne).unwrap_or(i64::MAX),
                feuille: preparee.feuille.clone(),
                notice: connue.id,
            });
        }
        reponse
    }

    /// La notice complétée : le registre garde ce qui a été reçu, le journal dit ce qu'elle dit désormais.
    fn rattache(
        &mut self,
        cadre: &Cadre<'_>,
        preparee: &Preparee,
        registre: &NoticeEcrite,
    ) -> Reponse {
        let rejoint = self.rapproche(preparee);
        let contexte = self.contexte(&rejoint);
        let examen = examiner_notice(&preparee.notice, cadre.profil, cadre.aujourd_hui, contexte);
        let mut reponse = repond(cadre, preparee, &examen);
        let mut suite = SuiteDeNotice {
            notice: registre.id,
            sous_commission: examen.sous_commission.clone().unwrap_or_default(),
            statut: examen.statut.code().to_owned(),
            motif: examen.motif.unwrap_or_default().to_owned(),
            dossier: None,
            rapprochement: String::new(),
        };
        if examen.ouvre_un_dossier() {
            let coffre = NoticeId(self.prochaine_notice);
            self.prochaine_notice += 1;
            self.lot.coffre.push((
                coffre.0,
                serde_json::to_string(&preparee.notice.identite).unwrap_or_default(),
            ));
            let recue = NoticeRecue {
                notice: registre.id,
                coffre: Some(coffre),
                nature: Some(preparee.notice.nature),
                ouvre: None,
                recue_le: cadre.aujourd_hui,
                emetteur: registre.emetteur.clone(),
                reference: preparee.notice.reference.clone(),
                statut: examen.statut,
                motif: examen.motif.map(str::to_owned),
                corrige: None,
                courriers: noms_des_lettres(preparee, &examen, cadre),
                jointe_car: raisons(&rejoint),
                contenu: preparee.notice.contenu.clone(),
            };
            let (dossier, mot, candidats) = self.range(cadre, preparee, coffre, recue, &rejoint);
            suite.dossier = Some(dossier);
            mot.clone_into(&mut suite.rapprochement);
            reponse.dossier = self.noms.get(&dossier).cloned();
            reponse.rapprochement = Some(mot);
            reponse.candidats = candidats;
        } else {
            // Toujours sans dossier : ce qui vient d'être dit ne doit pas se redemander.
            let completee = Completee::de(&preparee.notice);
            self.lot
                .coffre_complete
                .push((registre.id.0, serde_json::to_string(&completee).unwrap_or_default()));
        }
        self.lot.suites.push(suite);
        reponse
    }

    fn contexte(&self, rejoint: &Rejoint) -> Contexte {
        match rejoint {
            Rejoint::Certain(dossier, _) => self
                .dossiers
                .get(dossier)
                .map_or_else(Contexte::default, |d| d.charge.dossier().contexte()),
            Rejoint::Nouveau | Rejoint::AConfirmer(_) => Contexte::default(),
        }
    }

    fn inscrit(
        &mut self,
        cadre: &Cadre<'_>,
        preparee: &Preparee,
        notice: NoticeId,
        corrige: Option<NoticeId>,
        rejoint: Rejoint,
    ) -> Reponse {
        let cible = match &rejoint {
            Rejoint::Certain(dossier, _) => self.dossiers.get(dossier).map(|d| d.charge.dossier()),
            Rejoint::Nouveau | Rejoint::AConfirmer(_) => None,
        };
        let contexte = cible.as_ref().map_or_else(Contexte::default, |d| d.contexte());
        let examen = examiner_notice(&preparee.notice, cadre.profil, cadre.aujourd_hui, contexte);
        let commandements = cible.as_ref().map_or_else(Vec::new, |d| d.commandements());
        let mut reponse = repond(cadre, preparee, &examen);
        reponse.anomalies =
            anomalies(preparee.notice.nature, &preparee.notice.contenu, &commandements);
        let mut ecrite = self.au_registre(cadre, preparee, notice, &examen);
        self.lot
            .coffre
            .push((notice.0, serde_json::to_string(&preparee.notice.identite).unwrap_or_default()));
        if examen.ouvre_un_dossier() {
            let recue = NoticeRecue {
                notice,
                coffre: None,
                nature: Some(preparee.notice.nature),
                ouvre: None,
                recue_le: cadre.aujourd_hui,
                emetteur: ecrite.emetteur.clone(),
                reference: preparee.notice.reference.clone(),
                statut: examen.statut,
                motif: examen.motif.map(str::to_owned),
                corrige,
                courriers: noms_des_lettres(preparee, &examen, cadre),
                jointe_car: raisons(&rejoint),
                contenu: preparee.notice.contenu.clone(),
            };
            let (dossier, mot, candidats) = self.range(cadre, preparee, notice, recue, &rejoint);
            ecrite.dossier = Some(dossier);
            mot.clone_into(&mut ecrite.rapprochement);
            reponse.dossier = self.noms.get(&dossier).cloned();
            reponse.rapprochement = Some(mot);
            reponse.candidats = candidats;
        } else {
            // Sans dossier, le registre est seul à savoir ce que la notice disait.
            ecrite.contenu = serde_json::to_string(&preparee.notice.contenu).unwrap_or_default();
        }
        self.connues.insert(preparee.empreinte, Connue::du_registre(ecrite.clone()));
        self.lot.notices.push(ecrite);
        reponse
    }

    /// Range la notice dans son dossier, ouvert au besoin ; rend le dossier et ce qui s'est passé.
    fn range(
        &mut self,
        cadre: &Cadre<'_>,
        preparee: &Preparee,
        notice: NoticeId,
        mut recue: NoticeRecue,
        rejoint: &Rejoint,
    ) -> (DossierId, &'static str, Vec<Candidat>) {
        let (dossier, mot) = match rejoint {
            Rejoint::Certain(dossier, _) if self.dossiers.contains_key(dossier) => {
                (*dossier, "certain")
            }
            Rejoint::Certain(..) | Rejoint::Nouveau => (self.ouvre(cadre), "nouveau"),
            Rejoint::AConfirmer(_) => (self.ouvre(cadre), "a_confirmer"),
        };
        recue.ouvre = (mot != "certain").then(|| self.noms.get(&dossier).cloned()).flatten();
        self.consigne(cadre, dossier, Acte::NoticeRecue(Box::new(recue)));
        let mut candidats = Vec::new();
        if let Rejoint::AConfirmer(possibles) = rejoint {
            for (autre, motifs) in possibles {
                let motifs: Vec<String> = motifs.iter().map(|m| (*m).to_owned()).collect();
                self.consigne(
                    cadre,
                    dossier,
                    Acte::Rapprochement(Rapprochement {
                        geste: Geste::Demande,
                        autre: *autre,
                        le: cadre.aujourd_hui,
                        motifs: motifs.clone(),
                        identite: None,
                    }),
                );
                candidats.push(Candidat {
                    dossier: self.noms.get(autre).cloned().unwrap_or_default(),
                    motifs,
                });
            }
        }
        if let Some(en_cours) = self.dossiers.get_mut(&dossier) {
            en_cours.charge.identites.insert(notice, preparee.notice.identite.clone());
        }
        for cle in &preparee.cles {
            let dossiers = self.par_cle.entry(*cle).or_default();
            if !dossiers.contains(&dossier) {
                dossiers.push(dossier);
            }
        }
        self.fiches.entry(dossier).or_default().extend(preparee.fiche.clone());
        (dossier, mot, candidats)
    }

    fn ouvre(&mut self, cadre: &Cadre<'_>) -> DossierId {
        let id = DossierId(self.prochain_dossier);
        self.prochain_dossier += 1;
        let reference = Reference::nouvelle(
            &cadre.profil.code,
            cadre.aujourd_hui.year(),
            self.prochain_numero + id.0 - self.premier_dossier,
        )
        .to_string();
        self.noms.insert(id, reference.clone());
        let charge = Charge {
            id,
            reference,
            faits: Vec::new(),
            joints: BTreeMap::new(),
            identites: BTreeMap::new(),
            veille: self.veille,
        };
        self.dossiers.insert(id, EnCours { charge, avant: None });
        id
    }

    fn consigne(&mut self, cadre: &Cadre<'_>, dossier: DossierId, acte: Acte) {
        let Some(en_cours) = self.dossiers.get_mut(&dossier) else { return };
        let fait =
            vue::fait(&en_cours.charge, acte, Plume::de(cadre.depot.agent()), cadre.maintenant);
        self.lot.faits.push(vue::ecrire(dossier, &fait));
        en_cours.charge.faits.push(fait);
        self.touches.insert(dossier);
    }

    fn au_registre(
        &self,
        cadre: &Cadre<'_>,
        preparee: &Preparee,
        id: NoticeId,
        examen: &Examen,
    ) -> NoticeEcrite {
        NoticeEcrite {
            id,
            piece: cadre.piece,
            ordre: preparee.ordre,
            ligne: i64::try_from(preparee.ligne).unwrap_or(i64::MAX),
            feuille: preparee.feuille.clone(),
            profil: cadre.profil.code.clone(),
            emetteur: cle_emetteur(&preparee.notice.emetteur),
            nature: preparee.notice.nature.code().to_owned(),
            reference: preparee.notice.reference.clone().unwrap_or_default(),
            empreinte: preparee.empreinte,
            empreinte_reference: preparee.empreinte_reference,
            sous_commission: examen.sous_commission.clone().unwrap_or_default(),
            statut: examen.statut.code().to_owned(),
            motif: examen.motif.unwrap_or_default().to_owned(),
            dossier: None,
            rapprochement: String::new(),
            contenu: String::new(),
            recu_le: cadre.maintenant,
        }
    }

    /// Tout ce que le lot écrit ; `None` quand rien n'a changé.
    async fn en_lot(
        mut self,
        cadre: &Cadre<'_>,
        avancement: Option<Avancement>,
        transaction: &mut Transaction,
    ) -> Result<Option<Lot>, Echec> {
        let (notices, ouverts) = (
            self.prochaine_notice - self.premiere_notice,
            self.prochain_dossier - self.premier_dossier,
        );
        if notices > 0 {
            transaction.numeroter("notice", notices).await?;
        }
        if ouverts > 0 {
            transaction.numeroter("dossier", ouverts).await?;
            transaction.numeroter(&compteur_de_reference(cadre), ouverts).await?;
        }
        self.rapporter_aux_hotes();
        for id in &self.touches {
            let Some(en_cours) = self.dossiers.remove(id) else { continue };
            if let Some(vues) = vue::vues(&en_cours.charge, cadre.profil) {
                self.lot.dossiers.push((vues.dossier, en_cours.avant));
                self.lot.courriers.extend(vues.courriers);
                self.lot.questions.extend(vues.questions);
            }
        }
        let vide = self.lot.notices.is_empty()
            && self.lot.doublons.is_empty()
            && self.lot.faits.is_empty()
            && self.lot.suites.is_empty();
        self.lot.avancement = avancement;
        Ok((!vide || avancement.is_some()).then_some(self.lot))
    }
}

impl Connue {
    fn du_registre(notice: NoticeEcrite) -> Self {
        Self {
            id: notice.id,
            piece: notice.piece,
            ordre: notice.ordre,
            dossier: notice.dossier,
            statut: Statut::de_code(&notice.statut).unwrap_or(Statut::Recu),
            motif: notice.motif,
            rapprochement: notice.rapprochement,
        }
    }
}

impl Cadre<'_> {
    /// Cette ligne est-elle encore à écrire ? Une pièce finie n'écrit rien, une reprise ne réécrit pas.
    fn ecrit(&self, ordre: i64) -> bool {
        self.deja_traitees.is_some_and(|deja| ordre >= deja)
    }
}
