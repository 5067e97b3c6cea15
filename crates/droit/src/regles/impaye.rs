//! L'impayé d'un logement aidé : quand il est constitué, qui le signale, comment il s'apure.

use std::fmt;

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::montant::Montant;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::reponse::Reponse::{self, Inconnue, Non, Oui};
use crate::resultat::{Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::computation::avant;

pub(super) const REFORME: Date = date(2027, 1, 1);
pub(super) const VEILLE_DE_LA_REFORME: Date = date(2026, 12, 31);
pub(super) const NON_LU_EN_2027: Lacune = Lacune::depuis(
    REFORME,
    "la rédaction applicable depuis 2027 (décret n° 2026-84) n'a pas été lue",
);
const DECRET_DE_2016: Date = date(2016, 9, 1);
const AVANT_2016: Lacune = avant(date(2016, 8, 31));

/// À partir de quoi un impayé est constitué, au sens de l'aide au logement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seuil {
    /// Une dette de tant de loyers mensuels, charges comprises. Le loyer est net de l'aide quand
    /// elle est versée au bailleur, brut sinon.
    Loyers(u8),
    /// Une dette de plus de cette somme, ou un impayé qui dure.
    SommeOuDuree {
        /// La dette doit la dépasser.
        somme: Montant,
        /// Depuis le premier défaut constaté, quelle que soit la somme.
        duree: Delai,
    },
}

impl fmt::Display for Seuil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Loyers(nombre) => write!(
                f,
                "dette d'au moins {nombre} loyers mensuels charges comprises, nets de l'aide versée au bailleur"
            ),
            Self::SommeOuDuree { somme, duree } => {
                write!(f, "dette de plus de {somme}, ou {duree} après le premier défaut")
            }
        }
    }
}

static DEFINITION: Parametre<Seuil> = Parametre {
    nom: "impaye_definition",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2016,
            date(2019, 8, 31),
            Seuil::Loyers(2),
            Source::rapportee("CCH", "R. 351-30, ancien"),
        ),
        Version::entre(
            date(2019, 9, 1),
            VEILLE_DE_LA_REFORME,
            Seuil::Loyers(2),
            Source::rapportee("CCH", "R. 824-1"),
        ),
        Version::depuis(
            REFORME,
            Seuil::SommeOuDuree { somme: Montant::euros(450), duree: Delai::Mois(3) },
            Source::rapportee("décret n° 2026-84, CCH", "R. 824-2"),
        ),
    ],
    lacunes: &[AVANT_2016],
};

/// Ce qu'on sait d'un impayé. Absent : inconnu, et non zéro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impaye {
    /// Loyer d'un mois hors charges, après réduction de loyer de solidarité.
    pub loyer_hors_charges: Option<Montant>,
    /// Charges d'un mois.
    pub charges: Option<Montant>,
    /// Aide d'un mois versée au bailleur. Absente : l'aide va au locataire, le loyer est brut.
    pub aide_au_bailleur: Option<Montant>,
    /// Ce qui est dû.
    pub dette: Option<Montant>,
    /// Premier défaut, encore dû.
    pub depuis: Option<Date>,
}

/// L'impayé est-il constitué ce jour-là ?
///
/// La version est celle du jour où l'impayé est **signalé**.
///
/// # Erreurs
///
/// [`SansVersion`] pour un signalement antérieur au 1er septembre 2016.
///
/// ```
/// use droit::montant::Montant;
/// use droit::regles::impaye::{Impaye, constitue};
/// use droit::reponse::Reponse;
/// use jiff::civil::date;
///
/// let impaye = Impaye {
///     loyer_hors_charges: Some(Montant::euros(600)),
///     charges: Some(Montant::euros(60)),
///     aide_au_bailleur: Some(Montant::euros(250)),
///     dette: Some(Montant::euros(830)),
///     depuis: None,
/// };
/// let jour = date(2026, 11, 21);
/// assert_eq!(constitue(&impaye, jour, jour).unwrap().valeur, Reponse::Oui); // 830 ≥ 2 × 410
/// ```
pub fn constitue(
    impaye: &Impaye,
    signale_le: Date,
    jour: Date,
) -> Result<Conclusion<Reponse>, SansVersion> {
    let version = DEFINITION.en_vigueur(signale_le)?;
    let motif = |constat: String| Motif::new(constat, version.source.clone());
    Ok(match version.valeur {
        Seuil::Loyers(nombre) => {
            let (valeur, constat) = par_loyers(impaye, nombre);
            Conclusion { valeur, motifs: vec![motif(constat)] }
        }
        Seuil::SommeOuDuree { somme, duree } => {
            let par_somme = Reponse::from(impaye.dette.map(|dette| dette > somme));
            let terme = impaye.depuis.map(|depuis| duree.terme(depuis, &Territoire::Metropole));
            let par_duree = Reponse::from(terme.map(|terme| terme <= jour));
            let constat_somme = match impaye.dette {
                Some(dette) => format!("dette de {dette} ; il faut plus de {somme}"),
                None => format!("dette inconnue ; il faut plus de {somme}"),
            };
            let constat_duree = match terme {
                Some(terme) => format!("{duree} après le premier défaut : le {}", Jour(terme)),
                None => format!("premier défaut inconnu ; il faut {duree}"),
            };
            Conclusion {
                valeur: par_somme.ou(par_duree),
                motifs: vec![motif(constat_somme), motif(constat_duree)],
            }
        }
    })
}

fn par_loyers(impaye: &Impaye, nombre: u8) -> (Reponse, String) {
    let (Some(dette), Some(seuil_sans_charges)) = (impaye.dette, seuil(impaye, nombre, false))
    else {
        return (Inconnue, "dette ou loyer hors charges inconnu".to_owned());
    };
    let aide = match impaye.aide_au_bailleur {
        Some(aide) => format!("net de {aide} d'aide versée au bailleur"),
        None => "brut : aucune aide versée au bailleur n'est donnée".to_owned(),
    };
    match seuil(impaye, nombre, true) {
        Some(seuil) => (
            (dette >= seuil).into(),
            format!(
                "dette de {dette}, pour un seuil de {seuil} : {nombre} fois le loyer {aide}, charges comprises"
            ),
        ),
        None if dette < seuil_sans_charges => (
            Non,
            format!("dette de {dette}, sous {nombre} fois le loyer {aide}, avant même les charges"),
        ),
        None => (Inconnue, format!("dette de {dette}, mais charges inconnues")),
    }
}

fn seuil(impaye: &Impaye, nombre: u8, avec_charges: bool) -> Option<Montant> {
    let charges = if avec_charges { impaye.charges? } else { Montant::default() };
    let mois = impaye.loyer_hors_charges? - impaye.aide_au_bailleur.unwrap_or_default() + charges;
    Some(mois.fois(u32::from(nombre)))
}

static PLANCHER: Parametre<Montant> = Parametre {
    nom: "impaye_plancher",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2016,
        VEILLE_DE_LA_REFORME,
        Montant::euros(100),
        Source::a_verifier("charte du Pas-de-Calais, IV.2 ; arrêté du 5 août 2016", ""),
    )],
    lacunes: &[AVANT_2016, NON_LU_EN_2027],
};

macro_rules! delai_de_2016 {
    ($nom:literal, $delai:expr, $texte:literal, $article:literal) => {
        Parametre {
            nom: $nom,
            verifie_le: ETUDE_DU,
            versions: &[Version::entre(
                DECRET_DE_2016,
                VEILLE_DE_LA_REFORME,
                $delai,
                Source::rapportee($texte, $article),
            )],
            lacunes: &[AVANT_2016, NON_LU_EN_2027],
        }
    };
}

static PROCEDURE_SIMPLIFIEE: Parametre<Delai> =
    delai_de_2016!("impaye_procedure_simplifiee", Delai::Mois(1), "arrêté du 5 août 2016", "");
static SIGNALEMENT: Parametre<Delai> = Parametre {
    nom: "signalement_impaye_bailleur",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2016,
        VEILLE_DE_LA_REFORME,
        Delai::Mois(2),
        Source::rapportee("CCH", "R. 824-4"),
    )],
    lacunes: &[
        AVANT_2016,
        Lacune::depuis(
            REFORME,
            "la valeur du texte de 2027 (décret n° 2026-84) n'a pas été trouvée",
        ),
    ],
};
static PLAN: Parametre<Delai> =
    delai_de_2016!("plan_apurement_delai", Delai::Mois(6), "CCH", "R. 824-5 s.");
static FSL: Parametre<Delai> =
    delai_de_2016!("fsl_delai_apurement", Delai::Mois(3), "CCH", "R. 824-5 s.");
static CONTROLE: Parametre<Delai> =
    delai_de_2016!("controle_plan", Delai::Mois(6), "CCH, ancien", "R. 351-30 s.");
static PROTOCOLE_REVISE: Parametre<Delai> =
    delai_de_2016!("pcs_plan_revision", Delai::Mois(3), "CCH, ancien", "R. 351-30 s.");

static AUTO_SAISINE: Parametre<Enonce> = Parametre {
    nom: "auto_saisine_op",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2016,
            VEILLE_DE_LA_REFORME,
            AUTO,
            Source::rapportee("CCH", "R. 824-4 s."),
        ),
        Version::depuis(REFORME, AUTO, Source::a_verifier("décret n° 2026-84", "")),
    ],
    lacunes: &[AVANT_2016],
};

const AUTO: Enonce = Enonce::oui("l'organisme payeur se saisit de tout impayé qu'il connaît");

/// Nombre de mensualités du plan que l'organisme impose, faute d'accord.
static DEFAUT: Parametre<Enonce> = Parametre {
    nom: "plan_apurement_defaut",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2016,
        VEILLE_DE_LA_REFORME,
        Enonce::oui(
            "mise en demeure de reprendre le loyer et de rembourser un trente-sixième de la dette par mois, pendant 36 mois",
        ),
        Source::rapportee("CCH", "R. 824-12"),
    )],
    lacunes: &[AVANT_2016, NON_LU_EN_2027],
};

const MENSUALITES: i64 = 36;

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&DEFINITION, definition)
        .titre("Impayé constitué", "l'impayé d'un logement aidé est-il constitué")
        .rattachee_a("la date du signalement de l'impayé")
        .faits(&["date_signalement", "jour", "dette", "loyer_hors_charges", "charges", "aide", "impaye_depuis"])
        .exemple("--fait dette=83000 --fait loyer_hors_charges=60000 --fait charges=6000 --fait aide=25000"),
    Regle::propre(&PLANCHER, plancher)
        .titre("Plancher de l'impayé", "somme sous laquelle l'impayé n'est pas constitué")
        .rattachee_a("la date du signalement de l'impayé").faits(&["dette", "date_signalement"])
        .exemple("--fait dette=8000"),
    Regle::delai(&PROCEDURE_SIMPLIFIEE, Article642::EcartePeutEtre)
        .titre("Procédure simplifiée", "dette de 100 € au plus : l'organisme propose dans le mois, les parties répondent dans le mois (le silence est un refus), le plan est proposé dans le mois"),
    Regle::delai(&SIGNALEMENT, Article642::EcartePeutEtre)
        .titre("Signalement de l'impayé par le bailleur", "de l'impayé constitué à son signalement à la CAF ou à la MSA, sauf paiement intégral")
        .rattachee_a("la date où l'impayé est constitué").exemple("--depuis 2026-06-15"),
    Regle::enonce(&AUTO_SAISINE)
        .titre("Auto-saisine de l'organisme payeur", "l'organisme payeur se saisit-il seul"),
    Regle::delai(&PLAN, Article642::EcartePeutEtre)
        .titre("Plan d'apurement", "délai laissé au bailleur pour présenter un plan"),
    Regle::delai(&FSL, Article642::EcartePeutEtre)
        .titre("Saisine du FSL faute de plan", "délai laissé au fonds de solidarité pour le logement")
        .exemple("--depuis 2026-11-30"),
    Regle::propre(&DEFAUT, plan_par_defaut)
        .titre("Plan imposé faute d'accord", "ce que le locataire doit rembourser chaque mois")
        .faits(&["dette"]).exemple("--fait dette=180000"),
    Regle::delai(&CONTROLE, Article642::EcartePeutEtre)
        .titre("Contrôle du plan d'apurement", "au moins une fois par période, depuis le plan ou le dernier contrôle"),
    Regle::delai(&PROTOCOLE_REVISE, Article642::EcartePeutEtre)
        .titre("Protocole rompu", "temps pendant lequel l'aide est gardée pour négocier un avenant")
        .rattachee_a("la date de la rupture"),
];

fn definition(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let impaye = Impaye {
        loyer_hors_charges: demande.montant("loyer_hors_charges"),
        charges: demande.montant("charges"),
        aide_au_bailleur: demande.montant("aide"),
        dette: demande.montant("dette"),
        depuis: demande.date("impaye_depuis").or(demande.entree.depuis),
    };
    // Un défaut à venir s'examine au plus tôt le jour où il naît.
    let present = demande.entree.aujourd_hui.max(impaye.depuis.unwrap_or(Date::MIN));
    let signale_le = demande.date("date_signalement").or(demande.date("jour")).unwrap_or(present);
    let jour = demande.date("jour").unwrap_or(signale_le);
    Ok(selon_la_version(demande, &DEFINITION, signale_le, |resultat, version| {
        let resultat = resultat.motif(format!("examiné au {}", Jour(jour)), &version.source);
        let resultat = match constitue(&impaye, signale_le, jour) {
            Ok(conclusion) => resultat.conclut(conclusion.valeur).motifs(&conclusion.motifs),
            Err(sans_version) => return Resultat::inconnu(demande, &sans_version),
        };
        match version.valeur {
            Seuil::Loyers(nombre) => Resultat { montant: seuil(&impaye, nombre, true), ..resultat },
            Seuil::SommeOuDuree { somme, duree } => {
                let resultat = Resultat { montant: Some(somme), ..resultat };
                match impaye.depuis {
                    Some(depuis) => resultat.date_fixe(duree.terme(depuis, &Territoire::Metropole)),
                    None => resultat,
                }
            }
        }
    }))
}

fn plancher(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let jour = demande.date("date_signalement").unwrap_or_else(|| demande.jour());
    Ok(selon_la_version(demande, &PLANCHER, jour, |resultat, version| {
        let plancher = version.valeur;
        let (reponse, constat) = match demande.montant("dette") {
            Some(dette) if dette > plancher => {
                (Oui, format!("dette de {dette}, au-dessus de {plancher}"))
            }
            Some(dette) => {
                (Non, format!("dette de {dette}, pas plus de {plancher} : procédure simplifiée"))
            }
            None => (Inconnue, format!("dette inconnue, pour un plancher de {plancher}")),
        };
        let resultat = resultat.conclut(reponse).motif(constat, &version.source);
        Resultat { montant: Some(plancher), ..resultat }
    }))
}

fn plan_par_defaut(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let dette = demande.montant_exige("dette")?;
    Ok(selon_la_version(demande, &DEFAUT, demande.jour(), |resultat, version| {
        // Arrondi au centime supérieur, pour que trente-six mensualités suffisent.
        let mensualite = Montant::centimes(
            dette.en_centimes().max(0).saturating_add(MENSUALITES - 1) / MENSUALITES,
        );
        let resultat = resultat.motif(version.valeur.to_string(), &version.source).motif(
            format!("{dette} en {MENSUALITES} mois : {mensualite} par mois"),
            &version.source,
        );
        Resultat { montant: Some(mensualite), ..resultat }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_impaye_se_constitue_par_les_loyers_puis_par_la_somme_ou_la_duree() {
        let euros = |somme: i64| Some(Montant::euros(somme));
        let impaye = |charges, aide, dette, depuis| Impaye {
            loyer_hors_charges: euros(600),
            charges,
            aide_au_bailleur: aide,
            dette,
            depuis,
        };
        let (avant, apres) = (date(2026, 11, 21), date(2027, 4, 5));
        let defaut = Some(date(2027, 1, 5));
        #[rustfmt::skip]
        let cas = [
            // signalé   impayé                                                       constitué
            (avant, impaye(euros(60), euros(250), euros(830), None),                  Oui),
            (avant, impaye(euros(60), euros(250), euros(819), None),                  Non),
            (avant, impaye(euros(60), None, euros(830), None),                        Non),
            (avant, impaye(euros(60), None, euros(1_320), None),                      Oui),
            (avant, impaye(None, None, euros(1_199), None),                           Non),
            (avant, impaye(None, None, euros(1_200), None),                           Inconnue),
            (avant, impaye(euros(60), euros(250), None, None),                        Inconnue),
            (apres, impaye(None, None, euros(451), None),                             Oui),
            (apres, impaye(None, None, euros(450), defaut),                           Oui),
            (date(2027, 4, 4), impaye(None, None, euros(450), defaut),                Non),
            (apres, impaye(None, None, euros(450), None),                             Inconnue),
            (apres, impaye(None, None, None, Some(date(2027, 1, 6))),                 Inconnue),
            (apres, impaye(None, None, None, defaut),                                 Oui),
        ];
        for (jour, impaye, attendue) in cas {
            assert_eq!(
                constitue(&impaye, jour, jour).unwrap().valeur,
                attendue,
                "{impaye:?} {jour}"
            );
        }
    }
}
