//! Ce qu'il faut encore écrire avant de transmettre un diagnostic.

use super::{Champ, Exigence, RUBRIQUES, Rubrique, Saisie};

/// Un champ que le formulaire demande, et qui est vide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manque {
    /// La rubrique.
    pub rubrique: &'static Rubrique,
    /// Le champ.
    pub champ: &'static Champ,
}

impl Manque {
    /// Ce qui manque, pourquoi, quoi faire.
    #[must_use]
    pub fn phrase(&self) -> String {
        let pourquoi = match self.champ.exigence {
            Exigence::Toujours | Exigence::Facultatif => "Le formulaire national le demande",
            Exigence::SiRencontre => "Le formulaire le demande quand le locataire a été rencontré",
            Exigence::SiAbsent => {
                "Le locataire n’a pas été rencontré : le juge a besoin de savoir ce qui a été tenté"
            }
        };
        format!(
            "Il manque « {} ». {pourquoi}. Complétez la rubrique « {} ».",
            self.champ.libelle, self.rubrique.titre
        )
    }
}

/// Ce qui manque, dans l'ordre du formulaire. Vide : le diagnostic peut partir.
#[must_use]
pub fn manques(saisie: &Saisie) -> Vec<Manque> {
    let rencontre = saisie.get("presence.rencontre").map(String::as_str);
    let mut manques = Vec::new();
    for rubrique in RUBRIQUES {
        for champ in rubrique.champs {
            let demande = match champ.exigence {
                Exigence::Toujours => true,
                Exigence::SiRencontre => rencontre == Some("oui"),
                Exigence::SiAbsent => rencontre == Some("non"),
                Exigence::Facultatif => false,
            };
            if demande && !saisie.contains_key(&rubrique.cle(champ)) {
                manques.push(Manque { rubrique, champ });
            }
        }
    }
    for code in ["observations_locataire", "observations_bailleur"] {
        manques.extend(paroles_perdues(saisie, code));
    }
    manques
}

/// Des observations dites recueillies, et qui ne sont pas écrites.
fn paroles_perdues(saisie: &Saisie, code: &str) -> Option<Manque> {
    let etat = saisie.get(&format!("{code}.etat"))?;
    let recueillies = matches!(etat.as_str(), "ecrites" | "orales");
    let rubrique = super::rubrique(code)?;
    let champ = rubrique.champ("texte")?;
    (recueillies && !saisie.contains_key(&rubrique.cle(champ)))
        .then_some(Manque { rubrique, champ })
}
