//! Les choix d'un territoire : délais des prochaines étapes, ancienneté d'un acte, sensibilisation.

use std::collections::BTreeMap;

use droit::delai::Delai;
use droit::source::Source;
use jiff::ToSpan;
use jiff::civil::Date;

use super::Profil;
use super::champs::{CHOIX_DU_PROFIL, Racine};

/// Une valeur et le texte qui la fixe, ou l'aveu que c'est un choix du profil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choix<T> {
    /// La valeur.
    pub valeur: T,
    /// D'où elle vient.
    pub source: Source,
}

impl<T: Default> Default for Choix<T> {
    fn default() -> Self {
        Self { valeur: T::default(), source: Source::incertaine(CHOIX_DU_PROFIL, "") }
    }
}

/// Les étapes dont le territoire fixe le délai. Toutes sont obligatoires.
#[rustfmt::skip]
const ETAPES: [&str; 39] = [
    // la notice et les lettres
    "completer", "confirmer", "envoyer", "relancer",
    // la prise en charge, et ce qui n'est pas fait à temps
    "prendre_en_charge", "reattribuer", "escalader", "reprendre",
    // la dette
    "plan", "echeance_plan", "risque_de_rupture", "garantie", "decision_aide", "notifier_aide", "retablir_aide",
    // l'audience et le diagnostic
    "date_audience", "mandater_dsf", "porte_close", "issue_audience", "absence_audience",
    // la décision
    "suivre_decision", "verifier_delais", "apres_rejet", "suivre_appel", "nouveau_bail", "relogement",
    // le concours de la force publique
    "instruction_cfp", "avis_cfp", "solution_cfp", "suivre_cfp", "reexamen_cfp",
    // la commission et les démarches
    "reponse_alerte", "suite_avis", "inscrire", "suivre_mesure", "suivre_demarche", "situation_particuliere",
    // la fin
    "issue", REVOIR,
];
const REVOIR: &str = "revoir";

/// Le délai d'un profil illisible, qui ne sert donc jamais : un profil lu a une revue.
static REPLI: Choix<Delai> =
    Choix { valeur: Delai::Mois(1), source: Source::incertaine(CHOIX_DU_PROFIL, "") };

/// Les choix de fonctionnement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fonctionnement {
    pub(super) anciennete_maximale_mois: Choix<u8>,
    pub(super) sensibiliser_chaque_menage: Choix<bool>,
    pub(super) tentatives_avant_sans_nouvelles: Choix<u8>,
    pub(super) alerte_avant_expiration: Choix<Delai>,
    pub(super) invitation_jours: Choix<u8>,
}

/// Un lien d'invitation sert une semaine, si le profil ne dit rien.
const INVITATION: Choix<u8> = Choix { valeur: 7, source: Source::incertaine(CHOIX_DU_PROFIL, "") };

impl Profil {
    /// Le délai d'une prochaine étape. Une étape que le profil ignore prend celui de la revue.
    pub fn delai(&self, etape: &str) -> &Choix<Delai> {
        self.delais.get(etape).or_else(|| self.delais.get(REVOIR)).unwrap_or(&REPLI)
    }

    /// Un acte de plus de tant de mois à sa réception ne fait préparer aucune lettre.
    pub fn anciennete_maximale_mois(&self) -> u8 {
        self.fonctionnement.anciennete_maximale_mois.valeur
    }

    /// L'acte a-t-il plus que l'ancienneté maximale, le jour de sa réception ?
    pub fn est_trop_ancien(&self, acte: Date, recu_le: Date) -> bool {
        acte.saturating_add(i64::from(self.anciennete_maximale_mois()).months()) < recu_le
    }

    /// Une lettre de sensibilisation à chaque ménage, que son commandement soit éligible ou non.
    pub fn sensibilise_chaque_menage(&self) -> bool {
        self.fonctionnement.sensibiliser_chaque_menage.valeur
    }

    /// Combien de jours un lien d'invitation sert : un au moins, trente au plus.
    pub fn invitation_jours(&self) -> u8 {
        self.fonctionnement.invitation_jours.valeur.clamp(1, 30)
    }

    /// Combien de tentatives datées avant de clore un dossier « sans nouvelles ».
    pub fn tentatives_avant_sans_nouvelles(&self) -> u8 {
        self.fonctionnement.tentatives_avant_sans_nouvelles.valeur
    }
}

pub(super) fn lire(racine: &Racine<'_>) -> BTreeMap<String, Choix<Delai>> {
    let Some(champs) = racine.section("delais") else { return BTreeMap::new() };
    ETAPES
        .into_iter()
        .map(|etape| (etape.to_owned(), champs.choix(etape, "delai", |c, cle| c.delai(cle))))
        .collect()
}

pub(super) fn fonctionnement(racine: &Racine<'_>) -> Fonctionnement {
    match racine.section("choix") {
        Some(champs) => Fonctionnement {
            anciennete_maximale_mois: champs.choix(
                "anciennete_maximale_mois",
                "valeur",
                |c, cle| c.petit_entier(cle),
            ),
            sensibiliser_chaque_menage: champs.choix(
                "sensibiliser_chaque_menage",
                "valeur",
                |c, cle| c.booleen(cle),
            ),
            tentatives_avant_sans_nouvelles: champs.choix(
                "tentatives_avant_sans_nouvelles",
                "valeur",
                |c, cle| c.petit_entier(cle),
            ),
            alerte_avant_expiration: champs
                .choix("alerte_avant_expiration", "valeur", |c, cle| c.delai(cle)),
            invitation_jours: if champs.noms().any(|nom| nom == "invitation_jours") {
                champs.choix("invitation_jours", "valeur", |c, cle| c.petit_entier(cle))
            } else {
                INVITATION
            },
        },
        None => Fonctionnement {
            anciennete_maximale_mois: Choix::default(),
            sensibiliser_chaque_menage: Choix::default(),
            tentatives_avant_sans_nouvelles: Choix::default(),
            alerte_avant_expiration: Choix {
                valeur: Delai::Mois(6),
                source: Source::incertaine(CHOIX_DU_PROFIL, ""),
            },
            invitation_jours: INVITATION,
        },
    }
}
