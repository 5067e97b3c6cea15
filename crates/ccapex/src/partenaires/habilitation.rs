//! L'habilitation : la règle qui dit qui voit quoi, et les preuves qu'elle seule délivre.
//!
//! Un cas d'usage ne lit ni n'écrit un dossier sans [`Lecture`] ou [`Ecriture`] ; une liste ne
//! se cherche pas sans [`Perimetre`]. Aucune de ces valeurs ne se construit hors de ce module.
//!
//! Une seule règle décide, [`Perimetre::portee`] ; le SQL des listes en est la traduction, et un essai
//! compare les deux.

use std::collections::BTreeSet;

use crate::identifiants::{AgentId, DossierId};
use crate::partenaires::agent::{Agent, Borne, Niveau, Role, Supplee};
use crate::partenaires::partie::{Parties, Pourquoi};

/// Ce qu'une personne peut voir dans les listes, les compteurs et les recherches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Perimetre {
    profil: String,
    vue: Vue,
    parties: Vec<String>,
    mission: Option<String>,
    sous_commission: Option<String>,
    emetteur: Option<String>,
    /// Les noms sous lesquels une restriction désigne la personne ; rien pour le programme, qui lit tout.
    nommes: Option<Vec<String>>,
    exceptions: BTreeSet<DossierId>,
}

/// La part du profil qu'un périmètre ouvre en entier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vue {
    /// Tout le profil.
    Profil,
    /// Les dossiers d'une sous-commission.
    SousCommission(String),
    /// Les dossiers confiés à un service.
    Service(String),
    /// Les dossiers où l'organisme est partie, et eux seuls.
    Parties,
    /// Aucun dossier : des chiffres seulement.
    Chiffres,
}

impl Perimetre {
    /// Le code du profil.
    #[must_use]
    pub fn profil(&self) -> &str {
        &self.profil
    }

    /// La part ouverte en entier.
    #[must_use]
    pub fn vue(&self) -> &Vue {
        &self.vue
    }

    /// Les clés sous lesquelles l'organisme est partie à un dossier.
    #[must_use]
    pub fn parties(&self) -> &[String] {
        &self.parties
    }

    /// La sous-commission hors de laquelle l'organisme n'est partie à rien.
    #[must_use]
    pub fn sous_commission(&self) -> Option<&str> {
        self.sous_commission.as_deref()
    }

    /// Le nom normalisé sous lequel l'organisme envoie des notices.
    #[must_use]
    pub fn emetteur(&self) -> Option<&str> {
        self.emetteur.as_deref()
    }

    /// Les noms sous lesquels une restriction désigne la personne ; rien pour le programme, qu'aucune
    /// restriction n'arrête.
    #[must_use]
    pub fn nommes(&self) -> Option<&[String]> {
        self.nommes.as_deref()
    }

    /// Les dossiers restreints qu'un accès exceptionnel ouvre comme si la personne y était nommée.
    #[must_use]
    pub fn exceptions(&self) -> &BTreeSet<DossierId> {
        &self.exceptions
    }

    /// Une restriction tient ce dossier à l'écart, sans exception.
    fn est_ecarte(&self, situation: &Situation<'_>) -> bool {
        !self.est_nomme(situation) && !self.exceptions.contains(&situation.dossier)
    }

    /// Aucune restriction, ou l'une des siennes la nomme.
    fn est_nomme(&self, situation: &Situation<'_>) -> bool {
        match (situation.nommes, &self.nommes) {
            (Some(nommes), Some(siens)) => siens.iter().any(|nom| nommes.contains(nom)),
            (None, _) | (_, None) => true,
        }
    }

    /// Le même périmètre, sans les dossiers dont seule une part est montrée : ce qu'un filtre sur le
    /// stade, l'échéance ou le service peut regarder.
    #[must_use]
    pub fn en_entier(mut self) -> Self {
        self.parties = self.mission.clone().into_iter().collect();
        self
    }

    /// Ce que ce périmètre montre d'un dossier ; rien s'il est au-dehors.
    #[must_use]
    pub fn portee(&self, situation: &Situation<'_>) -> Option<Portee> {
        if self.profil != situation.profil {
            return None;
        }
        if self.est_ecarte(situation) {
            return None;
        }
        let entier = match &self.vue {
            Vue::Profil => true,
            Vue::SousCommission(code) => code == situation.sous_commission,
            Vue::Service(code) => code == situation.service,
            Vue::Parties => false,
            Vue::Chiffres => return None,
        };
        let ailleurs =
            self.sous_commission.as_deref().is_some_and(|ici| ici != situation.sous_commission);
        let partie = |cle: &String| !ailleurs && situation.parties.contains_key(cle);
        if entier || self.mission.as_ref().is_some_and(partie) {
            Some(Portee::Entier)
        } else {
            self.parties.iter().any(partie).then_some(Portee::SaPart)
        }
    }
}

/// Ce qui, d'un dossier, décide de qui peut le voir.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Le dossier.
    pub dossier: DossierId,
    /// Son profil.
    pub profil: &'a str,
    /// Sa sous-commission.
    pub sous_commission: &'a str,
    /// Le service qui en a la charge.
    pub service: &'a str,
    /// Les organismes qui en voient quelque chose, et pourquoi.
    pub parties: &'a Parties,
    /// Ceux qui peuvent seuls l'ouvrir ; rien quand son accès n'est pas restreint.
    pub nommes: Option<&'a BTreeSet<String>>,
}

/// Preuve qu'une personne peut lire un dossier. Chaque lecture est inscrite au registre des accès.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lecture {
    dossier: DossierId,
    agent: AgentId,
    portee: Portee,
}

/// Ce qui, dans le dossier, est montré.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portee {
    /// Tout le dossier.
    Entier,
    /// Ce que l'organisme a envoyé, ce qui lui a été envoyé, et ce qu'on attend de lui.
    SaPart,
}

impl Lecture {
    /// Le dossier lu.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.dossier
    }

    /// La personne qui lit.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }

    /// Ce qui est montré.
    #[must_use]
    pub fn portee(&self) -> Portee {
        self.portee
    }

    /// La même preuve, pour un dossier que celui-ci a accueilli : il s'y lit.
    #[must_use]
    pub fn du_joint(&self, joint: DossierId) -> Self {
        Self { dossier: joint, ..self.clone() }
    }
}

/// Preuve qu'une personne peut écrire dans un dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecriture {
    dossier: DossierId,
    agent: AgentId,
    pour: Option<AgentId>,
}

impl Ecriture {
    /// Le dossier où l'on écrit.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.dossier
    }

    /// L'auteur.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }

    /// L'auteur, et la personne absente sans laquelle il ne le pourrait pas.
    #[must_use]
    pub fn plume(&self) -> Plume {
        Plume { agent: self.agent, pour: self.pour }
    }
}

/// Qui consigne, et pour qui.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plume {
    /// L'auteur.
    pub agent: AgentId,
    /// La personne absente qu'il supplée, quand il ne le pourrait pas sans cela.
    pub pour: Option<AgentId>,
}

impl Plume {
    /// L'auteur, en son nom propre.
    #[must_use]
    pub const fn de(agent: AgentId) -> Self {
        Self { agent, pour: None }
    }
}

/// Preuve qu'une personne peut déposer des notices pour un profil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depot {
    profil: String,
    agent: AgentId,
    emetteur: Option<String>,
}

impl Depot {
    /// Le profil qui reçoit.
    #[must_use]
    pub fn profil(&self) -> &str {
        &self.profil
    }

    /// L'auteur du dépôt.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }

    /// L'émetteur imposé : une étude ne dépose qu'en son nom.
    #[must_use]
    pub fn emetteur(&self) -> Option<&str> {
        self.emetteur.as_deref()
    }
}

/// Preuve qu'une personne administre les comptes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administration {
    agent: AgentId,
}

impl Administration {
    /// L'administrateur.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }
}

/// Ce que l'habilitation refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refus {
    /// Le dossier est hors du périmètre : il n'est pas « interdit », il n'existe pas pour cette personne.
    #[error(
        "Ce dossier n'existe pas, ou vous n'y avez pas accès. Vérifiez la référence, ou demandez au secrétariat."
    )]
    Introuvable,
    /// Le rôle n'a pas cette mission.
    #[error("Votre rôle ({role}) ne permet pas {geste}. Demandez à une personne du secrétariat.")]
    HorsMission {
        /// Le rôle, en mots.
        role: &'static str,
        /// Ce qui était demandé, à l'infinitif.
        geste: &'static str,
    },
    /// Un accès exceptionnel ouvre le dossier à la lecture.
    #[error(
        "Votre accès exceptionnel permet de lire ce dossier et d'y noter un contact ; le reste revient aux personnes qui le suivent. Prévenez le secrétariat, qui le consignera ou vous nommera."
    )]
    ParException,
}

impl Agent {
    /// Le périmètre des listes, compteurs, recherches et exports de cette personne.
    #[must_use]
    pub fn perimetre(&self) -> Perimetre {
        // Un compte sans territoire ni service ne voit rien : aucun dossier ne porte ce code.
        let rien = || "\u{0}".to_owned();
        let vue = match (self.role.niveau(), self.role.borne()) {
            (Niveau::Aucun, _) => Vue::Chiffres,
            (_, Borne::SousCommission) => {
                Vue::SousCommission(self.sous_commission.clone().unwrap_or_else(rien))
            }
            (_, Borne::Service) => Vue::Service(self.service.clone().unwrap_or_else(rien)),
            (_, Borne::Aucune | Borne::Communes | Borne::SousCommissionFacultative) => {
                if self.role == Role::SecretariatCentral { Vue::Profil } else { Vue::Parties }
            }
        };
        let borne = self.role.borne() == Borne::SousCommissionFacultative;
        let emetteur = cle_emetteur(&self.organisme);
        Perimetre {
            profil: self.profil.clone(),
            vue,
            parties: self.cles(),
            mission: (self.role == Role::ForcePublique)
                .then(|| Role::ForcePublique.code().to_owned()),
            sous_commission: self.sous_commission.clone().filter(|_| borne),
            emetteur: Some(emetteur).filter(|nom| !nom.is_empty()),
            nommes: (self.id != AgentId(0)).then(|| self.noms_de_restriction()),
            exceptions: self.exceptions.clone(),
        }
    }

    /// Les noms sous lesquels une restriction désigne cette personne ou son organisme.
    #[must_use]
    pub fn noms_de_restriction(&self) -> Vec<String> {
        let mut noms = vec![compte(self.id)];
        if self.role == Role::SecretariatCentral {
            noms.push(SECRETARIAT.to_owned());
        }
        if let (Role::SecretariatSousCommission, Some(code)) = (self.role, &self.sous_commission) {
            noms.push(format!("{SECRETARIAT}:{code}"));
        }
        noms.extend(self.cles());
        // Même organisme, même mission, même territoire : il ne manque que le nom de l'absent.
        noms.extend(self.suppleances.iter().map(|supplee| compte(supplee.id)));
        noms
    }

    /// La personne absente sans laquelle celle-ci ne verrait pas ce dossier.
    fn pour(&self, situation: &Situation<'_>) -> Option<AgentId> {
        let avec = |suppleances: &[Supplee]| {
            Self { suppleances: suppleances.to_vec(), ..self.clone() }.peut_lire(situation).is_ok()
        };
        if self.suppleances.is_empty() || avec(&[]) {
            return None;
        }
        self.suppleances.iter().find(|s| avec(std::slice::from_ref(s))).map(|s| s.id)
    }

    /// Le droit de lire un dossier, en entier ou pour sa part.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du périmètre.
    pub fn peut_lire(&self, situation: &Situation<'_>) -> Result<Lecture, Refus> {
        let portee = self.perimetre().portee(situation).ok_or(Refus::Introuvable)?;
        Ok(Lecture { dossier: situation.dossier, agent: self.id, portee })
    }

    /// Seul un accès exceptionnel ouvre ce dossier à cette personne.
    #[must_use]
    pub fn lit_par_exception(&self, situation: &Situation<'_>) -> bool {
        let perimetre = self.perimetre();
        perimetre.exceptions.contains(&situation.dossier) && !perimetre.est_nomme(situation)
    }

    /// Le droit de lire ce dossier, si un accès exceptionnel l'ouvrait : rien de plus que ce que la
    /// restriction retire à cette personne.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] pour un dossier que, même sans restriction, elle ne verrait pas.
    pub fn lirait_par_exception(&self, situation: &Situation<'_>) -> Result<Lecture, Refus> {
        let mut avec = self.clone();
        avec.exceptions.insert(situation.dossier);
        avec.peut_lire(situation)
    }

    /// Le droit d'écrire, dans un dossier qu'elle lit, une note que son organisme seul lira.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du périmètre.
    pub fn peut_noter_pour_les_siens(&self, situation: &Situation<'_>) -> Result<Ecriture, Refus> {
        self.peut_lire(situation)?;
        Ok(self.ecriture(situation))
    }

    /// Le droit de tenir un dossier : compléter, rapprocher, préparer et suivre les lettres.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du périmètre ; [`Refus::HorsMission`] pour qui n'en a qu'une part, ou
    /// n'y consigne que ses propres actes ; [`Refus::ParException`].
    pub fn peut_ecrire(&self, situation: &Situation<'_>) -> Result<Ecriture, Refus> {
        let lecture = self.peut_lire(situation)?;
        if self.lit_par_exception(situation) {
            return Err(Refus::ParException);
        }
        let tient = self.role.est_un_secretariat()
            || matches!(self.role, Role::ServiceSocial | Role::OrganismePayeur);
        if tient && lecture.portee == Portee::Entier {
            return Ok(self.ecriture(situation));
        }
        Err(self.hors_mission("d'écrire dans un dossier"))
    }

    /// Le droit de compléter une notice de cet émetteur, dans un dossier : qui le tient, ou l'étude qui l'a
    /// envoyée et la voit.
    ///
    /// # Erreurs
    ///
    /// Celles de [`Agent::peut_ecrire`].
    pub fn peut_completer(
        &self,
        situation: &Situation<'_>,
        emetteur: &str,
    ) -> Result<Ecriture, Refus> {
        let sienne = self.complete_ses_notices() && self.perimetre().emetteur() == Some(emetteur);
        match self.peut_ecrire(situation) {
            Err(Refus::HorsMission { .. }) if sienne => Ok(self.ecriture(situation)),
            autre => autre,
        }
    }

    /// Le droit de compléter à l'écran les notices que son organisme a envoyées, et elles seules.
    #[must_use]
    pub fn complete_ses_notices(&self) -> bool {
        self.role == Role::CommissaireDeJustice
    }

    /// Le droit de consigner cet acte dans un dossier : la mission de son auteur, et d'elle seule.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du périmètre ; [`Refus::HorsMission`] si l'acte n'est pas de sa
    /// mission, ou demande de lire tout le dossier ; [`Refus::ParException`] pour tout autre acte qu'un
    /// contact.
    pub fn peut_consigner(&self, situation: &Situation<'_>, acte: &str) -> Result<Ecriture, Refus> {
        let lecture = self.peut_lire(situation)?;
        if acte != "contact" && self.lit_par_exception(situation) {
            return Err(Refus::ParException);
        }
        let suffit = match lecture.portee {
            Portee::Entier => true,
            Portee::SaPart => match acte {
                "complement" | "rapprochement" | "courrier" => false,
                // Le diagnostic se lit en entier pour s'écrire : seul l'organisme mandaté l'écrit.
                diagnostic if diagnostic.starts_with("dsf_") => self.est_mandate(situation),
                _ => true,
            },
        };
        if suffit && self.role.consigne(acte) {
            return Ok(self.ecriture(situation));
        }
        Err(self.hors_mission("de consigner cet acte"))
    }

    fn ecriture(&self, situation: &Situation<'_>) -> Ecriture {
        Ecriture { dossier: situation.dossier, agent: self.id, pour: self.pour(situation) }
    }

    /// L'organisme de cette personne est mandaté pour le diagnostic de ce dossier.
    #[must_use]
    pub fn est_mandate(&self, situation: &Situation<'_>) -> bool {
        self.a_pour_part(situation, Pourquoi::Mandat)
    }

    /// L'organisme de cette personne est partie à ce dossier pour cette raison.
    #[must_use]
    pub fn a_pour_part(&self, situation: &Situation<'_>, pourquoi: Pourquoi) -> bool {
        self.pourquoi(situation).contains(&pourquoi)
    }

    /// Pourquoi l'organisme de cette personne est partie à ce dossier ; rien s'il ne l'est pas.
    #[must_use]
    pub fn pourquoi(&self, situation: &Situation<'_>) -> BTreeSet<Pourquoi> {
        self.cles().iter().filter_map(|cle| situation.parties.get(cle)).flatten().copied().collect()
    }

    pub(super) fn hors_mission(&self, geste: &'static str) -> Refus {
        Refus::HorsMission { role: self.role.libelle(), geste }
    }

    /// Le droit de déposer des notices : les secrétariats pour tous, un partenaire en son propre nom.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour les autres rôles.
    pub fn peut_deposer(&self) -> Result<Depot, Refus> {
        let depose = self.role.niveau() != Niveau::Aucun && self.role != Role::MembreDeCommission;
        if !depose {
            return Err(self.hors_mission("de déposer des notices"));
        }
        let emetteur = (!self.role.est_un_secretariat()).then(|| self.organisme.clone());
        Ok(Depot { profil: self.profil.clone(), agent: self.id, emetteur })
    }

    /// Le droit de suivre les files du secrétariat : à compléter, rapprochements, courriers.
    #[must_use]
    pub fn tient_le_secretariat(&self) -> bool {
        self.role.est_un_secretariat()
    }

    /// Cette personne suit des ménages : elle lit des dossiers en entier et en tient la suite.
    #[must_use]
    pub fn suit_des_menages(&self) -> bool {
        self.role.niveau() == Niveau::Acces
    }

    /// Le droit de recevoir des alertes et d'y répondre.
    #[must_use]
    pub fn repond_aux_alertes(&self) -> bool {
        self.role.consigne("alerte_reponse")
    }

    /// Le droit d'administrer les comptes.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour qui n'est pas administrateur.
    pub fn peut_administrer(&self) -> Result<Administration, Refus> {
        if self.role == Role::Administrateur {
            return Ok(Administration { agent: self.id });
        }
        Err(self.hors_mission("d'administrer les comptes"))
    }
}

/// Le secrétariat de la commission, dans une restriction ; celui d'une sous-commission est « secretariat:lens ».
pub const SECRETARIAT: &str = "secretariat";

/// Le nom d'un compte, dans une restriction.
#[must_use]
pub fn compte(id: AgentId) -> String {
    format!("compte:{}", id.0)
}

/// Le nom écrit de la liste des dossiers où une alerte attend ce service.
#[must_use]
pub fn liste_des_alertes(service: &str) -> String {
    format!("alerte_a:{service}")
}

/// Le nom d'un émetteur ramené à ce qui l'identifie : sans casse, sans accents, sans ponctuation.
///
/// ```
/// # use ccapex::partenaires::habilitation::cle_emetteur;
/// assert_eq!(cle_emetteur("  SCP  Delattre & Vasseur "), cle_emetteur("scp delattre vasseur"));
/// ```
#[must_use]
pub fn cle_emetteur(nom: &str) -> String {
    crate::texte::cle(nom)
}
