//! Les termes sous lesquels un dossier se range, pour qu'on le retrouve.
//!
//! Un terme commence par la lettre de ce qu'il est : un nom écrit et un nom entendu ne se mêlent pas. Un mot
//! qui s'écoute se range sous son squelette, et garde son écriture : ce qui ressemble à un mot tapé se choisit
//! parmi les mots, sans lire les dossiers qui les portent.

use std::collections::BTreeSet;

use crate::notice::Identite;
use crate::rapprochement::adresse::decoupe;
use crate::recherche::phonetique::squelette;
use crate::recherche::{references, telephone};
use crate::texte::{CIVILITES, cle};

/// Ce qui précède un nom et s'omet, ou se colle à lui : « Le Roy », « Leroy », « Roy ».
pub(super) const PARTICULES: [&str; 22] = [
    "de", "du", "des", "d", "la", "le", "les", "l", "van", "von", "den", "der", "el", "al", "ben",
    "ould", "da", "dos", "di", "mac", "o", "y",
];

/// Le mot d'un nom, tel qu'écrit.
#[must_use]
pub fn ecrit(mot: &str) -> String {
    format!("n{mot}")
}

/// Un nom, ou une voie : les deux s'écoutent, et ne se mêlent pas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Espece {
    /// Le mot d'un nom.
    Nom,
    /// Le mot d'une voie.
    Voie,
}

impl Espece {
    /// Les deux, le nom d'abord.
    pub const TOUTES: [Self; 2] = [Self::Nom, Self::Voie];

    /// Le début des termes de ce squelette.
    #[must_use]
    pub fn rangement(self, squelette: &str) -> String {
        let lettre = match self {
            Self::Nom => 'p',
            Self::Voie => 'v',
        };
        format!("{lettre}{squelette}{SEPARATEUR}")
    }

    /// Le terme d'un mot, rangé tel qu'il s'entend.
    ///
    /// ```
    /// # use ccapex::recherche::termes::{Espece, rangement_et_mot};
    /// let terme = Espece::Nom.terme("lefebvre");
    /// let (rangement, mot) = rangement_et_mot(&terme).unwrap();
    /// assert_eq!(mot, "lefebvre");
    /// assert!(Espece::Nom.terme("lefevre").starts_with(rangement));
    /// ```
    #[must_use]
    pub fn terme(self, mot: &str) -> String {
        self.rangement(&squelette(mot)) + mot
    }
}

/// Aucun squelette ni aucun mot ne le contient.
const SEPARATEUR: char = ':';

/// Le rangement d'un terme qui s'écoute, et son mot tel qu'écrit ; rien pour un autre terme.
#[must_use]
pub fn rangement_et_mot(terme: &str) -> Option<(&str, &str)> {
    terme.find(SEPARATEUR).map(|place| terme.split_at(place + SEPARATEUR.len_utf8()))
}

/// Un téléphone, par ses chiffres utiles.
#[must_use]
pub fn appel(chiffres: &str) -> String {
    format!("t{chiffres}")
}

/// La référence d'un acte, sans ses séparateurs.
#[must_use]
pub fn acte(forme: &str) -> String {
    format!("r{forme}")
}

/// Les champs du coffre qui sont une référence.
const REFERENCES: [&str; 2] = ["reference_exploc", "dossier"];

/// Les termes d'une notice : son nom comme il s'entend, sa voie, ses téléphones, ses références.
///
/// Une identité effacée n'en a plus, hors la référence que l'émetteur donne à son acte.
#[must_use]
pub fn termes(identite: &Identite, reference: Option<&str>) -> BTreeSet<String> {
    let mut termes = BTreeSet::new();
    for nom in [&identite.nom, &identite.prenom] {
        termes.extend(formes_du_nom(nom).iter().map(|mot| Espece::Nom.terme(mot)));
    }
    let voie = mots_de_la_voie(&identite.adresse);
    termes.extend(voie.iter().map(|mot| Espece::Voie.terme(mot)));
    termes.extend(telephone::numeros(&identite.telephone).iter().map(|n| appel(n)));
    let au_coffre = REFERENCES.iter().filter_map(|champ| identite.textes.get(*champ));
    for texte in reference.into_iter().chain(au_coffre.map(String::as_str)) {
        termes.extend(references::acte(texte).iter().map(|forme| acte(forme)));
    }
    termes
}

/// Les mots d'un nom, sans civilité ni particule, et les formes où les mots se collent.
#[must_use]
pub fn formes_du_nom(nom: &str) -> BTreeSet<String> {
    let cle = cle(nom);
    let mots: Vec<&str> =
        cle.split(' ').filter(|m| !m.is_empty() && !CIVILITES.contains(m)).map(entier).collect();
    let mut formes = BTreeSet::new();
    for (place, mot) in mots.iter().enumerate() {
        if !PARTICULES.contains(mot) && mot.len() >= 2 {
            formes.insert((*mot).to_owned());
            if let Some(suivant) = mots.get(place + 1).filter(|m| !PARTICULES.contains(m)) {
                formes.insert(format!("{mot}{suivant}"));
            }
            // « de la fontaine » se cherche aussi « delafontaine » et « lafontaine ».
            let mut colle = (*mot).to_owned();
            for particule in mots[..place].iter().rev().take_while(|m| PARTICULES.contains(m)) {
                colle.insert_str(0, particule);
                formes.insert(colle.clone());
            }
        }
    }
    if formes.is_empty() {
        formes.extend(mots.iter().filter(|m| m.len() >= 2).map(|m| (*m).to_owned()));
    }
    formes
}

/// Les mots de la voie qui la distinguent : ni numéro, ni type, ni article.
#[must_use]
pub fn mots_de_la_voie(adresse: &str) -> BTreeSet<String> {
    let voie = decoupe(adresse).voie;
    voie.split(' ').filter(|mot| mot.len() >= 2).map(str::to_owned).collect()
}

/// « St » s'entend « saint ».
pub(super) fn entier(mot: &str) -> &str {
    match mot {
        "st" => "saint",
        "ste" => "sainte",
        autre => autre,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_nom_a_particule_se_range_sous_chacune_de_ses_formes() {
        let formes = |nom: &str| formes_du_nom(nom).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(formes("De La Fontaine"), "delafontaine fontaine lafontaine");
        assert_eq!(formes("LE ROY"), "leroy roy");
        assert_eq!(formes("Mme DUPONT épouse MARTIN"), "dupont dupontmartin martin");
        assert_eq!(formes("St-Martin"), "martin saint saintmartin");
        assert_eq!(formes("Jean-Pierre"), "jean jeanpierre pierre");
        assert_eq!(formes("LE"), "le");
        assert_eq!(formes(""), "");
    }

    #[test]
    fn une_identite_effacee_ne_laisse_aucun_terme() {
        assert!(termes(&Identite::default(), None).is_empty());
    }

    #[test]
    fn chaque_chose_qu_on_sait_d_un_menage_fait_un_terme() {
        let mut identite = Identite {
            nom: "Lefebvre".to_owned(),
            prenom: "Odile".to_owned(),
            telephone: "+33 6 12 34 56 78".to_owned(),
            adresse: "12 bis, rue Jean Jaurès".to_owned(),
            ..Identite::default()
        };
        identite.textes.insert("reference_exploc".to_owned(), "EX-62-1".to_owned());
        let termes = termes(&identite, Some("26/01234"));
        for attendu in [
            Espece::Nom.terme("lefebvre"),
            Espece::Nom.terme("odile"),
            Espece::Voie.terme("jaures"),
            appel("612345678"),
            acte("ex621"),
            acte("261234"),
        ] {
            assert!(termes.contains(&attendu), "{attendu} dans {termes:?}");
        }
    }
}
