//! Les guides, un par mission, et celui de chaque rôle.

use std::sync::LazyLock;

use super::markdown::{Rendu, rendre};

/// Un guide, tel qu'il est écrit dans `docs/guide/`.
pub struct Guide {
    /// Son nom dans l'adresse et dans le dépôt.
    pub code: &'static str,
    /// Le texte écrit.
    pub texte: &'static str,
    /// Les rôles qui le lisent, par leur code.
    pub roles: &'static [&'static str],
    rendu: LazyLock<Rendu>,
}

/// Emporte un guide ; son nom est celui de son fichier.
macro_rules! guide {
    ($code:literal, $roles:expr) => {{
        const TEXTE: &str = include_str!(concat!("../../../../docs/guide/", $code, ".md"));
        Guide { code: $code, texte: TEXTE, roles: &$roles, rendu: LazyLock::new(|| rendre(TEXTE)) }
    }};
}

/// Tous les guides, dans l'ordre où on les propose.
pub static GUIDES: [Guide; 9] = [
    guide!("secretariat", ["secretariat_central", "secretariat_sous_commission"]),
    guide!("service-social", ["service_social"]),
    guide!("organisme-payeur", ["organisme_payeur"]),
    guide!("commissaire-de-justice", ["commissaire_de_justice"]),
    guide!("force-publique", ["force_publique"]),
    guide!(
        "partenaire",
        [
            "bailleur_social",
            "bailleur",
            "ccas",
            "mairie",
            "adil",
            "siao",
            "fsl",
            "comed",
            "banque_de_france",
            "greffe",
            "police",
            "membre_de_commission",
        ]
    ),
    guide!("pilotage", ["lecteur"]),
    guide!("administration", ["administrateur"]),
    guide!("protection-des-donnees", ["dpo"]),
];

impl Guide {
    /// Le guide, prêt à être montré.
    pub fn rendu(&self) -> &Rendu {
        &self.rendu
    }

    /// L'adresse de sa page.
    #[must_use]
    pub fn adresse(&self) -> String {
        format!("/aide/{}", self.code)
    }
}

/// Le guide d'un rôle.
#[must_use]
pub fn de(role: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.roles.contains(&role))
}

/// L'aide d'une page : là où le guide du rôle en parle, ou le choix des guides.
#[must_use]
pub fn vers(role: &str, page: &str) -> String {
    let Some(guide) = de(role) else { return "/aide".to_owned() };
    match guide.rendu().ou_l_on_parle_de(page) {
        Some(ancre) => format!("{}#{ancre}", guide.adresse()),
        None => guide.adresse(),
    }
}

#[cfg(test)]
mod tests {
    use ccapex::partenaires::agent::Role;

    use super::*;

    #[test]
    fn chaque_role_a_un_guide_et_un_seul() {
        for role in Role::TOUS {
            let n = GUIDES.iter().filter(|g| g.roles.contains(&role.code())).count();
            assert_eq!(n, 1, "{}", role.code());
        }
    }

    #[test]
    fn l_aide_d_une_page_s_ouvre_la_ou_le_guide_en_parle() {
        assert_eq!(
            vers("secretariat_central", "/courriers"),
            "/aide/secretariat#preparer-les-lettres-de-la-semaine"
        );
        assert_eq!(vers("lecteur", "/courriers"), "/aide/pilotage");
        assert_eq!(vers("passant", "/courriers"), "/aide");
    }

    #[test]
    fn chaque_guide_a_un_titre_une_phrase_et_ses_gestes() {
        for guide in &GUIDES {
            let rendu = guide.rendu();
            assert!(!rendu.titre.is_empty(), "{}", guide.code);
            assert!(!rendu.chapo.is_empty(), "{}", guide.code);
            assert!(rendu.sommaire.len() >= 6, "{} : {}", guide.code, rendu.sommaire.len());
        }
    }
}
