//! Combien de temps un territoire garde ce qu'il sait d'un ménage, et comment il prévient avant d'effacer.

use std::collections::BTreeMap;

use droit::delai::Delai;
use droit::source::Source;

use super::champs::{CHOIX_DU_PROFIL, Racine};
use super::delais::Choix;
use crate::acte::codes::IssueDuMenage;

/// Les durées de conservation. Ni la loi ni le décret ne les disent toutes : DOUTE n° 53.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conservation {
    /// Après la clôture, selon ce que le ménage est devenu.
    issues: BTreeMap<&'static str, Choix<Delai>>,
    /// Une notice qui n'a pas ouvert de dossier, après sa réception.
    pub notice_sans_dossier: Choix<Delai>,
    /// Un fichier tel que reçu, après sa réception.
    pub piece: Choix<Delai>,
    /// Une ligne du registre des accès.
    pub acces: Choix<Delai>,
    /// Le premier avis part tant de jours avant l'effacement.
    pub premier_avis: Choix<u8>,
    /// Le second avis part tant de jours avant l'effacement.
    pub second_avis: Choix<u8>,
    /// Une demande d'effacement acceptée s'exécute dans ce délai.
    pub sur_demande: Choix<Delai>,
}

/// La durée qui suit une issue, quand le profil n'en dit rien.
static REPLI: Choix<Delai> =
    Choix { valeur: Delai::Annees(5), source: Source::incertaine(CHOIX_DU_PROFIL, "") };

impl Conservation {
    /// Combien de temps garder l'identité d'un ménage après une clôture sur cette issue.
    #[must_use]
    pub fn apres_l_issue(&self, issue: &str) -> &Choix<Delai> {
        self.issues.get(issue).unwrap_or(&REPLI)
    }

    /// Les jours qui séparent chaque avis de l'effacement, le premier d'abord.
    #[must_use]
    pub fn jours_d_avis(&self) -> (i64, i64) {
        let (premier, second) = (self.premier_avis.valeur, self.second_avis.valeur);
        (i64::from(premier.max(second)), i64::from(second.min(premier)))
    }
}

pub(super) fn lire(racine: &Racine<'_>) -> Conservation {
    let codes = || IssueDuMenage::CHOIX.iter().map(|(code, _)| *code);
    match racine.option("conservation") {
        Some(champs) => {
            let delai = |cle: &'static str| champs.choix(cle, "delai", |c, cle| c.delai(cle));
            let jours =
                |cle: &'static str| champs.choix(cle, "jours", |c, cle| c.petit_entier(cle));
            Conservation {
                issues: codes().map(|code| (code, delai(code))).collect(),
                notice_sans_dossier: delai("notice_sans_dossier"),
                piece: delai("piece"),
                acces: delai("acces"),
                premier_avis: jours("premier_avis"),
                second_avis: jours("second_avis"),
                sur_demande: delai("sur_demande"),
            }
        }
        None => Conservation {
            issues: codes().map(|code| (code, par_defaut(apres(code)))).collect(),
            notice_sans_dossier: par_defaut(Delai::Annees(1)),
            piece: par_defaut(Delai::Annees(1)),
            acces: Choix { valeur: Delai::Annees(1), source: Source::rapportee(CNIL, "") },
            premier_avis: par_defaut(60),
            second_avis: par_defaut(15),
            sur_demande: Choix { valeur: Delai::Mois(1), source: Source::lue(RGPD, "12") },
        },
    }
}

/// Deux ans ; cinq quand l'État peut encore avoir à répondre d'un concours refusé.
fn apres(issue: &str) -> Delai {
    match issue {
        "hebergement" | "sans_nouvelles" => Delai::Annees(5),
        _ => Delai::Annees(2),
    }
}

fn par_defaut<T>(valeur: T) -> Choix<T> {
    Choix { valeur, source: Source::incertaine(CHOIX_DU_PROFIL, "") }
}

/// De six mois à un an, dit cette recommandation.
const CNIL: &str = "recommandation de la CNIL sur la journalisation (délibération n° 2021-122)";
const RGPD: &str = "règlement (UE) 2016/679";
