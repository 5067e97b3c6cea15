//! L'accès exceptionnel à un dossier restreint : à qui un territoire le permet, pour quoi, pour combien d'heures.

use droit::source::Source;

use super::champs::{CHOIX_DU_PROFIL, Racine};
use crate::partenaires::agent::{Niveau, Role};

/// Ce que le territoire permet. Aucun texte ne le règle : c'est un choix, que son délégué relit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccesExceptionnel {
    /// Les rôles qui peuvent y recourir.
    pub roles: Vec<Role>,
    /// Combien d'heures il dure.
    pub heures: u8,
    /// Combien de fois une même personne l'essaie en vingt-quatre heures.
    pub par_jour: u8,
    /// Les raisons qu'on peut invoquer.
    pub motifs: Vec<MotifDException>,
    /// D'où viennent ces choix.
    pub source: Source,
}

/// Une raison d'ouvrir un dossier restreint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MotifDException {
    /// Son nom écrit.
    pub code: String,
    /// En mots.
    pub nom: String,
}

impl AccesExceptionnel {
    /// La raison de ce nom, en mots.
    #[must_use]
    pub fn motif(&self, code: &str) -> Option<&str> {
        self.motifs.iter().find(|m| m.code == code).map(|m| m.nom.as_str())
    }
}

const MOTIFS: [(&str, &str); 4] = [
    ("danger", "Un danger grave et immédiat pour une personne"),
    ("echeance", "Un délai tombe, et personne de nommé ne peut agir à temps"),
    ("absence", "Aucune personne nommée n'est joignable, et le ménage attend une réponse"),
    ("justice", "Une demande d'un juge ou d'un procureur"),
];

pub(super) fn lire(racine: &Racine<'_>) -> AccesExceptionnel {
    let Some(champs) = racine.option("acces_exceptionnel") else { return par_defaut() };
    let roles = champs.textes("roles");
    let motifs = champs
        .liste("motif")
        .into_iter()
        .map(|m| MotifDException { code: m.texte("code"), nom: m.texte("nom") });
    let lu = AccesExceptionnel {
        roles: roles.iter().filter_map(|code| permis(code)).collect(),
        motifs: motifs.collect(),
        heures: champs.petit_entier("heures"),
        par_jour: champs.petit_entier("par_jour"),
        source: champs.source(),
    };
    for code in roles.iter().filter(|code| permis(code).is_none()) {
        champs.refuser(
            "roles",
            format!("« {code} » n'est pas un rôle qui lit des dossiers"),
            "Écrivez par exemple service_social ou organisme_payeur.",
        );
    }
    if !roles.is_empty() && lu.motifs.is_empty() {
        champs.refuser(
            "motif",
            "aucune raison ne peut être invoquée",
            "Ajoutez [[acces_exceptionnel.motif]], avec un code et un nom.",
        );
    }
    lu
}

/// Qui ne lit aucun dossier n'en ouvre pas par exception.
fn permis(code: &str) -> Option<Role> {
    Role::de_code(code).filter(|role| role.niveau() != Niveau::Aucun)
}

fn par_defaut() -> AccesExceptionnel {
    AccesExceptionnel {
        roles: vec![
            Role::SecretariatCentral,
            Role::SecretariatSousCommission,
            Role::ServiceSocial,
            Role::OrganismePayeur,
        ],
        heures: 24,
        par_jour: 3,
        motifs: MOTIFS
            .map(|(code, nom)| MotifDException { code: code.to_owned(), nom: nom.to_owned() })
            .to_vec(),
        source: Source::incertaine(CHOIX_DU_PROFIL, ""),
    }
}
