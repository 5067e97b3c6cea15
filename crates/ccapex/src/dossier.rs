//! Le dossier, tel que son journal permet de le connaître.

use std::collections::{BTreeMap, BTreeSet};

use droit::montant::Montant;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::acte::codes::Avancee;
use crate::acte::{Consigne, Quoi};
use crate::fait::{Acte, Fait, Geste};
use crate::identifiants::{DossierId, NoticeId};
use crate::notice::{Contenu, Nature};
use crate::signalement::examen::Contexte;
use crate::signalement::statut::Statut;

/// Un dossier relu de son journal. Ne contient aucune identité.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossier {
    /// Les notices, dans l'ordre de réception, chacune avec son contenu d'aujourd'hui.
    pub notices: Vec<Suivie>,
    /// Les lettres, par notice et modèle.
    pub lettres: BTreeMap<(NoticeId, String), Lettre>,
    /// Les dossiers qui se sont révélés être celui-ci.
    pub joints: BTreeSet<DossierId>,
    /// Le dossier où celui-ci est désormais suivi.
    pub joint_a: Option<DossierId>,
    /// Les dossiers dont une personne a dit qu'ils sont d'autres ménages.
    pub separes: BTreeSet<DossierId>,
    /// Les rapprochements qui attendent une réponse.
    pub questions: BTreeSet<DossierId>,
    /// Pour chaque dossier joint, la notice dont l'identité a été gardée en le joignant.
    gardees: BTreeMap<DossierId, NoticeId>,
    /// Les actes consignés, dans l'ordre du journal, sans ceux qu'une rectification annule.
    pub actes: Vec<ActeSuivi>,
    /// Le dernier état de la dette, d'après une notice ou un décompte.
    pub dette: Option<(Date, Montant)>,
    decompte: Option<(Date, Montant)>,
    /// Le dernier jour où une personne a confirmé la situation.
    pub situation_confirmee_le: Option<Date>,
    /// Le jour du dernier fait consigné.
    pub dernier_fait_le: Option<Date>,
    /// Ceux qui peuvent seuls l'ouvrir ; rien tant que l'accès n'est pas restreint.
    pub nommes: Option<BTreeSet<String>>,
}

/// Un acte consigné, à sa place dans le journal.
#[derive(Clone, Debug, PartialEq)]
pub struct ActeSuivi {
    /// L'identifiant du fait.
    pub id: String,
    /// Sa place dans le journal de son dossier.
    pub rang: i64,
    /// L'acte.
    pub consigne: Consigne,
}

/// Une notice du dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct Suivie {
    /// L'identifiant du fait qui l'a reçue.
    pub fait: String,
    /// Sa place dans le journal de son dossier.
    pub rang: i64,
    /// La ligne reçue.
    pub notice: NoticeId,
    /// Clé de son identité au coffre.
    pub coffre: NoticeId,
    /// Ce qu'elle annonce.
    pub nature: Nature,
    /// Jour de réception.
    pub recue_le: Date,
    /// Jour où elle a été complétée pour la dernière fois, sinon reçue.
    pub jugee_le: Date,
    /// L'émetteur, nom normalisé.
    pub emetteur: String,
    /// Sa référence.
    pub reference: Option<String>,
    /// La réponse d'aujourd'hui.
    pub statut: Statut,
    /// Son motif.
    pub motif: Option<String>,
    /// Ce qu'elle dit, compléments compris.
    pub contenu: Contenu,
    /// Pourquoi elle a rejoint le dossier ; vide quand elle l'a ouvert.
    pub jointe_car: Vec<String>,
    /// Une notice de même référence l'a remplacée.
    pub corrigee: bool,
}

/// Une lettre et son état.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lettre {
    /// `prepare`, `envoye`, `imprime`, `repondu`, `retourne`, `echec`, `annule`.
    pub etape: String,
    /// Depuis ce jour.
    pub le: Date,
    /// L'instant où elle a été préparée.
    pub preparee: Timestamp,
    /// L'instant de son dernier changement.
    pub changee: Timestamp,
}

impl Lettre {
    fn preparee(le: Date, quand: Timestamp) -> Self {
        Self { etape: "prepare".to_owned(), le, preparee: quand, changee: quand }
    }
}

impl Dossier {
    /// Relit un journal, dans l'ordre. Les faits rectifiés ne comptent pas.
    ///
    /// Totale : un fait écrit a eu lieu, la relecture ne peut pas le refuser.
    #[must_use]
    pub fn relire(faits: &[Fait]) -> Self {
        let annules = Self::annules(faits);
        let mut dossier = Self::default();
        for fait in faits.iter().filter(|f| !annules.contains(&f.rang)) {
            dossier.evolue(fait);
        }
        dossier
    }

    /// Les rangs des faits qu'une rectification encore valable annule.
    #[must_use]
    pub fn annules(faits: &[Fait]) -> BTreeSet<i64> {
        // De la fin vers le début : une rectification elle-même rectifiée n'annule plus rien.
        let mut annules: BTreeSet<i64> = BTreeSet::new();
        for fait in faits.iter().rev() {
            if let Acte::Rectification(r) = &fait.acte
                && !annules.contains(&fait.rang)
                && r.annule < fait.rang
            {
                annules.insert(r.annule);
            }
        }
        annules
    }

    /// Oublie la dette : pour qui n'a qu'une part du dossier, elle n'en est pas.
    pub fn oublie_la_dette(&mut self) {
        (self.dette, self.decompte) = (None, None);
    }

    /// Ajoute les faits d'un dossier joint à celui-ci : ses notices et ses lettres se suivent ici.
    pub fn absorbe(&mut self, joint: Self) {
        self.notices.extend(joint.notices);
        self.notices.sort_by_key(|n| (n.recue_le, n.notice));
        self.lettres.extend(joint.lettres);
        self.actes.extend(joint.actes);
        self.actes.sort_by_key(|a| (a.consigne.consigne_le, a.rang));
        self.dernier_fait_le = self.dernier_fait_le.max(joint.dernier_fait_le);
        self.situation_confirmee_le = self.situation_confirmee_le.max(joint.situation_confirmee_le);
        self.decompte = plus_recent(self.decompte, joint.decompte);
        // L'un restreint, l'autre non : le ménage est le même, il est restreint.
        self.nommes = match (self.nommes.take(), joint.nommes) {
            (Some(ici), Some(la)) => Some(ici.intersection(&la).cloned().collect()),
            (ici, la) => ici.or(la),
        };
        self.deduit_la_dette();
    }

    /// L'état après un fait.
    pub fn evolue(&mut self, fait: &Fait) {
        let quand = fait.ecrit_le;
        match &fait.acte {
            Acte::NoticeRecue(recue) => {
                self.dernier_fait_le = self.dernier_fait_le.max(Some(recue.recue_le));
                if let Some(corrige) = recue.corrige {
                    for ancienne in self.notices.iter_mut().filter(|n| n.notice == corrige) {
                        ancienne.corrigee = true;
                    }
                    self.annule_les_lettres(corrige, recue.recue_le, quand, |_| true);
                }
                self.prepare(recue.notice, &recue.courriers, recue.recue_le, quand);
                self.notices.push(Suivie {
                    fait: fait.id.clone(),
                    rang: fait.rang,
                    notice: recue.notice,
                    coffre: recue.coffre.unwrap_or(recue.notice),
                    nature: recue.nature.unwrap_or(Nature::Alerte),
                    recue_le: recue.recue_le,
                    jugee_le: recue.recue_le,
                    emetteur: recue.emetteur.clone(),
                    reference: recue.reference.clone(),
                    statut: recue.statut,
                    motif: recue.motif.clone(),
                    contenu: recue.contenu.clone(),
                    jointe_car: recue.jointe_car.clone(),
                    corrigee: false,
                });
                self.deduit_la_dette();
            }
            Acte::Complement(complement) => {
                let Some(notice) = self.notices.iter_mut().find(|n| n.notice == complement.notice)
                else {
                    // La notice a été détachée : son complément est parti avec elle.
                    return;
                };
                notice.contenu = complement.contenu.clone();
                notice.statut = complement.statut;
                notice.motif.clone_from(&complement.motif);
                notice.jugee_le = complement.recu_le;
                notice.coffre = complement.coffre.unwrap_or(notice.coffre);
                self.dernier_fait_le = self.dernier_fait_le.max(Some(complement.recu_le));
                self.deduit_la_dette();
                self.annule_les_lettres(complement.notice, complement.recu_le, quand, |modele| {
                    modele == "demande_complement"
                });
                self.prepare(complement.notice, &complement.courriers, complement.recu_le, quand);
            }
            Acte::Rapprochement(r) => {
                self.rapproche(r.geste, r.autre);
                match r.identite.filter(|_| r.geste == Geste::Joint) {
                    Some(identite) => self.gardees.insert(r.autre, identite),
                    None => self.gardees.remove(&r.autre),
                };
            }
            Acte::Courrier(courrier) => {
                self.dernier_fait_le = self.dernier_fait_le.max(Some(courrier.le));
                let lettre = self
                    .lettres
                    .entry((courrier.notice, courrier.modele.clone()))
                    .or_insert_with(|| Lettre::preparee(courrier.le, quand));
                lettre.etape.clone_from(&courrier.etape);
                lettre.le = courrier.le;
                lettre.changee = quand;
            }
            Acte::SituationConfirmee(situation) => {
                self.dernier_fait_le = self.dernier_fait_le.max(Some(situation.le));
                self.situation_confirmee_le = self.situation_confirmee_le.max(Some(situation.le));
            }
            Acte::Consigne(consigne) => {
                self.dernier_fait_le = self.dernier_fait_le.max(Some(consigne.consigne_le));
                #[expect(
                    clippy::wildcard_enum_match_arm,
                    reason = "les autres ne changent pas l'accès"
                )]
                match &consigne.quoi {
                    Quoi::AccesRestreint { nommes, .. } => self.nommes = Some(nommes.clone()),
                    Quoi::AccesRetabli {} => self.nommes = None,
                    _ => {}
                }
                if let Some(montant) = decompte(&consigne.quoi) {
                    self.decompte = plus_recent(self.decompte, Some((consigne.date, montant)));
                    self.deduit_la_dette();
                }
                self.actes.push(ActeSuivi {
                    id: fait.id.clone(),
                    rang: fait.rang,
                    consigne: consigne.as_ref().clone(),
                });
            }
            Acte::Rectification(_) => {}
        }
    }

    fn rapproche(&mut self, geste: Geste, autre: DossierId) {
        match geste {
            Geste::Demande => {
                self.questions.insert(autre);
            }
            Geste::Joint => {
                self.questions.remove(&autre);
                self.separes.remove(&autre);
                self.joints.insert(autre);
            }
            Geste::JointA => {
                self.questions.clear();
                self.joint_a = Some(autre);
            }
            Geste::Separe => {
                self.questions.remove(&autre);
                self.joints.remove(&autre);
                if self.joint_a == Some(autre) {
                    self.joint_a = None;
                }
                self.separes.insert(autre);
            }
        }
    }

    /// Ce que dit une notice corrigée ne compte plus ; un acte daté d'après sa réception compte ce jour-là.
    fn deduit_la_dette(&mut self) {
        let d_une_notice = self
            .en_vigueur()
            .filter_map(|n| {
                let le = n.contenu.date.map_or(n.recue_le, |date| date.min(n.recue_le));
                Some((le, n.contenu.montant_dette?))
            })
            .fold(None, |connue, dette| plus_recent(connue, Some(dette)));
        self.dette = plus_recent(d_une_notice, self.decompte);
    }

    /// Les lettres encore ici n'ont plus lieu d'être.
    fn annule_les_lettres(
        &mut self,
        notice: NoticeId,
        le: Date,
        quand: Timestamp,
        dont: impl Fn(&str) -> bool,
    ) {
        for ((de, modele), lettre) in &mut self.lettres {
            if *de == notice && lettre.etape == "prepare" && dont(modele) {
                "annule".clone_into(&mut lettre.etape);
                lettre.le = le;
                lettre.changee = quand;
            }
        }
    }

    fn prepare(&mut self, notice: NoticeId, modeles: &[String], le: Date, quand: Timestamp) {
        for modele in modeles {
            let lettre = self
                .lettres
                .entry((notice, modele.clone()))
                .or_insert_with(|| Lettre::preparee(le, quand));
            if lettre.etape == "annule" {
                *lettre = Lettre::preparee(le, quand);
            }
        }
    }

    /// Les notices qui comptent : celles qu'aucune correction n'a remplacées.
    pub fn en_vigueur(&self) -> impl DoubleEndedIterator<Item = &Suivie> {
        self.notices.iter().filter(|n| !n.corrigee)
    }

    /// La notice qui nomme le ménage : celle qu'une personne a gardée en joignant deux dossiers, sinon la
    /// dernière.
    #[must_use]
    pub fn nommante(&self) -> Option<&Suivie> {
        let gardee = |n: &&Suivie| self.gardees.values().any(|gardee| *gardee == n.notice);
        self.en_vigueur().rfind(gardee).or_else(|| self.en_vigueur().next_back())
    }

    /// Les contenus des commandements de payer qui comptent.
    #[must_use]
    pub fn commandements(&self) -> Vec<&Contenu> {
        self.en_vigueur().filter(|n| n.nature == Nature::Cdp).map(|n| &n.contenu).collect()
    }

    /// Ce que les notices déjà là apprennent à l'examen d'une nouvelle.
    #[must_use]
    pub fn contexte(&self) -> Contexte {
        let mut contexte = Contexte::default();
        self.en_vigueur().for_each(|notice| contexte.apprend(notice));
        contexte
    }

    /// Le nombre de lettres préparées et pas encore parties.
    #[must_use]
    pub fn lettres_a_envoyer(&self) -> usize {
        self.lettres.values().filter(|l| l.etape == "prepare").count()
    }

    /// Les émetteurs des notices du dossier, sans doublon.
    #[must_use]
    pub fn emetteurs(&self) -> Vec<String> {
        let emetteurs: BTreeSet<&String> = self.notices.iter().map(|n| &n.emetteur).collect();
        emetteurs.into_iter().cloned().collect()
    }
}

impl Contexte {
    /// Ce qu'une notice du dossier apprend à l'examen des suivantes.
    pub fn apprend(&mut self, notice: &Suivie) {
        let judiciaire = notice.nature.est_judiciaire();
        self.en_procedure |= judiciaire;
        self.reparti |= judiciaire
            || notice.statut == Statut::Eligible
            || notice.motif.as_deref() == Some("bailleur_personne_morale");
        self.enfants = notice.contenu.nombre_enfants.map(|n| n > 0).or(self.enfants);
        self.aide_logement = notice.contenu.aide_logement.or(self.aide_logement);
    }
}

/// Le plus récent des deux décomptes ; le second, le même jour.
fn plus_recent(a: Option<(Date, Montant)>, b: Option<(Date, Montant)>) -> Option<(Date, Montant)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if a.0 <= b.0 { b } else { a }),
        (a, b) => b.or(a),
    }
}

/// Ce qu'un acte dit de la dette : un décompte, ou un effacement.
#[expect(clippy::wildcard_enum_match_arm, reason = "deux actes seulement parlent de la dette")]
fn decompte(quoi: &Quoi) -> Option<Montant> {
    match quoi {
        Quoi::Dette { montant } => Some(*montant),
        Quoi::Surendettement(demarche) if demarche.etape == Avancee::Effacement => {
            Some(Montant::centimes(0))
        }
        _ => None,
    }
}
