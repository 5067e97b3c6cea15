//! Les critères d'un cas complexe : à quoi le territoire reconnaît un dossier à porter en commission.
//!
//! Un critère regarde des faits consignés, jamais la santé de quelqu'un, et ne donne pas de note.

use std::collections::BTreeMap;

use droit::source::Source;

use super::champs::{Champs, Racine, enumerer};

/// Un critère. Il propose ; une personne décide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CritereDeComplexite {
    /// Le code, que la décision retient.
    pub code: String,
    /// Ce qu'on dit à la personne qui décide.
    pub nom: String,
    /// Ce que le critère regarde.
    pub condition: ConditionDeComplexite,
    /// Emprunté à un autre territoire : il s'applique, et l'écran le dit.
    pub a_valider: bool,
    /// Le texte qui le prévoit.
    pub source: Source,
    seuils: BTreeMap<&'static str, u8>,
}

impl CritereDeComplexite {
    /// Le seuil de ce nom ; la lecture du profil garantit ceux que la condition demande.
    #[must_use]
    pub fn seuil(&self, nom: &str) -> u8 {
        self.seuils.get(nom).copied().unwrap_or(1)
    }
}

/// Déclare les conditions : nom écrit, et seuils qu'elles demandent.
macro_rules! conditions {
    ($($(#[$doc:meta])* $variante:ident = $code:literal, [$($seuil:literal),*];)+) => {
        /// Ce qu'un critère peut regarder.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ConditionDeComplexite {
            $($(#[$doc])* $variante,)+
        }

        impl ConditionDeComplexite {
            /// Toutes.
            pub const TOUTES: &'static [Self] = &[$(Self::$variante),+];

            /// Le nom écrit.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)+ }
            }

            /// Les nombres qu'elle demande au territoire.
            #[must_use]
            pub fn seuils(self) -> &'static [&'static str] {
                match self { $(Self::$variante => &[$($seuil),*],)+ }
            }
        }
    };
}

conditions! {
    /// Un occupant sans titre, dont un partenaire a signalé la fragilité.
    SansTitreFragile = "sans_titre_fragile", [];
    /// Tant de jours de tentatives, jamais de réponse, et aucun service n'a pris en charge.
    JamaisDeReponse = "jamais_de_reponse_inconnu_des_services", ["tentatives"];
    /// Un partenaire a signalé un cas à coordonner, ou une mesure de protection court.
    FragiliteSignalee = "fragilite_signalee", [];
    /// La procédure est fondée sur des troubles de jouissance.
    Troubles = "troubles", [];
    /// Au moins tant d'acteurs engagés à la fois.
    PlusieursActeurs = "plusieurs_acteurs", ["acteurs"];
    /// Au moins tant de voies essayées et fermées.
    SituationBloquee = "situation_bloquee", ["impasses"];
    /// Reconnu prioritaire, sans offre depuis tant de mois.
    DaloSansOffre = "dalo_prioritaire_sans_offre", ["mois"];
    /// Le concours de la force publique est accordé, et personne ne sait où ira le ménage.
    ExpulsionSansSolution = "expulsion_accordee_sans_solution", [];
}

pub(super) fn lire(racine: &Racine<'_>) -> Vec<CritereDeComplexite> {
    let mut lus: Vec<CritereDeComplexite> = Vec::new();
    for champs in racine.liste("critere", None) {
        let Some(critere) = un(&champs) else { continue };
        if lus.iter().any(|connu| connu.code == critere.code) {
            champs.refuser(
                "code",
                format!("« {} » désigne deux critères", critere.code),
                "Donnez-lui un code à lui : la décision le retient.",
            );
        }
        lus.push(critere);
    }
    lus
}

fn un(champs: &Champs<'_>) -> Option<CritereDeComplexite> {
    let (code, nom, source) = (champs.texte("code"), champs.texte("nom"), champs.source());
    let a_valider = champs.booleen_option("a_valider").unwrap_or(false);
    let ecrite = champs.texte("condition");
    let condition = ConditionDeComplexite::TOUTES.iter().copied().find(|c| c.code() == ecrite);
    let section = champs.section("seuils");
    let Some(condition) = condition else {
        if !ecrite.is_empty() {
            champs.refuser(
                "condition",
                format!("« {ecrite} » n'est pas une condition que le programme sait regarder"),
                format!(
                    "Choisissez : {}.",
                    enumerer(ConditionDeComplexite::TOUTES.iter().map(|c| c.code()))
                ),
            );
        }
        return None;
    };
    let demandes = condition.seuils();
    if section.is_none() && !demandes.is_empty() {
        champs.refuser(
            "seuils",
            format!("la condition « {ecrite} » demande un nombre : {}", enumerer(demandes.iter())),
            format!("Écrivez seuils = {{ {} = 3 }}.", demandes[0]),
        );
    }
    let seuils = section
        .iter()
        .flat_map(|section| demandes.iter().map(|nom| (*nom, section.petit_entier(nom))))
        .collect();
    Some(CritereDeComplexite { code, nom, condition, a_valider, source, seuils })
}
