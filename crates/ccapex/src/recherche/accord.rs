//! L'accord entre une question et un dossier : convient-il, à quel point, et pourquoi.

use std::collections::BTreeSet;

use crate::recherche::phonetique::{ecart, sans_doublement, son};
use crate::recherche::question::{Lecture, Mot};
use crate::recherche::termes::{formes_du_nom, mots_de_la_voie};
use crate::texte::cle;

/// Pourquoi une réponse a été trouvée. Dans l'ordre où on les montre : la plus sûre d'abord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pourquoi {
    /// C'est sa référence.
    Reference,
    /// C'est la référence d'un de ses actes.
    Acte,
    /// C'est un de ses téléphones.
    Telephone,
    /// Le nom est écrit ainsi.
    Nom,
    /// Le nom commence ainsi.
    DebutDuNom,
    /// Le nom se prononce de même.
    NomProche,
    /// Le nom est à une lettre près.
    NomApprochant,
    /// L'adresse est celle-là.
    Adresse,
    /// L'adresse y ressemble.
    AdresseProche,
    /// Le logement est dans cette commune.
    Commune,
}

impl Pourquoi {
    /// La raison, en mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Reference => "référence du dossier",
            Self::Acte => "référence d'un acte",
            Self::Telephone => "téléphone",
            Self::Nom => "nom",
            Self::DebutDuNom => "début du nom",
            Self::NomProche => "nom proche",
            Self::NomApprochant => "nom à une lettre près",
            Self::Adresse => "adresse",
            Self::AdresseProche => "adresse proche",
            Self::Commune => "commune",
        }
    }
}

/// Ce qu'on sait d'un dossier au moment de le comparer.
#[derive(Clone, Copy, Debug)]
pub struct Fiche<'a> {
    /// Le nom, tel que montré.
    pub nom: &'a str,
    /// Tous les mots de ses noms, ramenés à leurs lettres.
    pub mots: &'a [String],
    /// L'adresse, telle que montrée.
    pub adresse: &'a str,
}

/// Un dossier qui convient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accord {
    /// Le plus petit est le meilleur : exact, début, proche, approchant.
    pub rang: u32,
    /// Les raisons.
    pub pourquoi: Vec<Pourquoi>,
}

/// À quel point deux mots s'accordent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Degre {
    Exact,
    Debut,
    Son,
    Approchant,
}

/// L'accord d'une lecture et d'un dossier ; rien si un mot manque.
#[must_use]
pub fn accorder(lecture: &Lecture, fiche: Fiche<'_>) -> Option<Accord> {
    let mut noms: BTreeSet<String> = fiche.mots.iter().cloned().collect();
    noms.extend(formes_du_nom(fiche.nom));
    let mut voie: Option<BTreeSet<String>> = None;
    let mut pire = Degre::Exact;
    let mut pourquoi = BTreeSet::new();
    let mut dans_l_adresse = 0;
    for mot in &lecture.mots {
        let du_nom = meilleur(mot, &noms);
        let de_la_voie = if du_nom == Some(Degre::Exact) {
            None
        } else {
            meilleur(mot, voie.get_or_insert_with(|| mots_de_la_voie(fiche.adresse)))
        };
        let (degre, raison) = match (du_nom, de_la_voie) {
            (Some(nom), de_la_voie) if de_la_voie.is_none_or(|voie| nom <= voie) => {
                (nom, raison_du_nom(nom))
            }
            (_, Some(voie)) => {
                dans_l_adresse += 1;
                let proche = voie >= Degre::Son;
                (voie, if proche { Pourquoi::AdresseProche } else { Pourquoi::Adresse })
            }
            (_, None) => return None,
        };
        pire = pire.max(degre);
        pourquoi.insert(raison);
    }
    let cle = cle(fiche.adresse);
    let manquent = lecture.numeros.iter().filter(|n| !cle.split(' ').any(|m| m == *n)).count();
    if manquent < lecture.numeros.len() {
        pourquoi.insert(Pourquoi::Adresse);
    }
    if !lecture.communes.is_empty() {
        pourquoi.insert(Pourquoi::Commune);
    }
    let en_plus = u32::try_from(manquent * 10 + dans_l_adresse).unwrap_or(u32::MAX);
    let rang = 1_000 * pire as u32 + en_plus.min(999);
    Some(Accord { rang, pourquoi: pourquoi.into_iter().collect() })
}

fn raison_du_nom(degre: Degre) -> Pourquoi {
    match degre {
        Degre::Exact => Pourquoi::Nom,
        Degre::Debut => Pourquoi::DebutDuNom,
        Degre::Son => Pourquoi::NomProche,
        Degre::Approchant => Pourquoi::NomApprochant,
    }
}

fn meilleur(mot: &Mot, candidats: &BTreeSet<String>) -> Option<Degre> {
    let degres = mot.formes.iter().flat_map(|forme| {
        candidats.iter().filter_map(move |candidat| degre(forme, candidat, mot.inacheve))
    });
    degres.min()
}

fn degre(cherche: &str, trouve: &str, inacheve: bool) -> Option<Degre> {
    if cherche == trouve {
        return Some(Degre::Exact);
    }
    if trouve.starts_with(cherche) && (inacheve || cherche.len() >= 3) {
        return Some(Degre::Debut);
    }
    let (entendu, attendu) = (son(cherche), son(trouve));
    if entendu == attendu || sans_doublement(cherche) == sans_doublement(trouve) {
        return Some(Degre::Son);
    }
    // Sur un mot court, une lettre change tout.
    let permis = match cherche.len().min(trouve.len()) {
        0..=3 => return None,
        4..=8 => 1,
        _ => 2,
    };
    let proche = ecart(cherche, trouve) <= permis
        || entendu.len().min(attendu.len()) >= 4 && ecart(&entendu, &attendu) <= 1;
    proche.then_some(Degre::Approchant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recherche::question::Question;

    fn accord(saisi: &str, nom: &str, adresse: &str) -> Option<Accord> {
        let mots: Vec<String> = cle(nom).split(' ').map(str::to_owned).collect();
        let fiche = Fiche { nom, mots: &mots, adresse };
        let question = Question::lire(saisi, "62", 2026);
        question.lectures.iter().filter_map(|l| accorder(l, fiche)).min()
    }

    const RUE: &str = "12, rue Jean Jaurès, 62300 Lens";

    #[test]
    fn toute_ecriture_d_un_nom_le_trouve_et_dit_pourquoi() {
        use Pourquoi::{DebutDuNom, Nom, NomApprochant, NomProche};
        #[rustfmt::skip]
        let cas = [
            ("lefebvre",           "LEFEBVRE Odile",       Nom),
            ("LEFEBVRE odile",     "LEFEBVRE Odile",       Nom),
            ("Odile Lefebvre",     "LEFEBVRE Odile",       Nom),
            ("mme lefebvre",       "LEFEBVRE Odile",       Nom),
            ("lefeb",              "LEFEBVRE Odile",       DebutDuNom),
            ("lefebvre od",        "LEFEBVRE Odile",       DebutDuNom),
            ("lefevre",            "LEFEBVRE Odile",       NomProche),
            ("le fevre",           "LEFEBVRE Odile",       NomProche),
            ("lefèvre odyle",      "LEFEBVRE Odile",       NomProche),
            ("dupond",             "DUPONT Jean",          NomProche),
            ("lanoy",              "LANNOY Eva",           NomProche),
            ("thibeau",            "THIBAULT Guy",         NomProche),
            ("filippe karon",      "CARON Philippe",       NomProche),
            ("lafontaine",         "DE LA FONTAINE Anne",  Nom),
            ("delafontaine",       "DE LA FONTAINE Anne",  Nom),
            ("leroy",              "LE ROY Paul",          Nom),
            ("hondt",              "D'HONDT Marie",        Nom),
            ("saint martin",       "ST-MARTIN Luc",        Nom),
            ("jean pierre caron",  "CARON Jean-Pierre",    Nom),
            ("noemie",             "SAUVAGE Noémie",       Nom),
            ("carpetier",          "CARPENTIER Luc",       NomApprochant),
            ("marlin",             "MARTIN Jean",          NomApprochant),
            ("matrin",             "MARTIN Jean",          NomApprochant),
            ("vandenbrouke",       "VANDENBROUCKE Ann",    NomProche),
        ];
        for (saisi, nom, attendu) in cas {
            let accord = accord(saisi, nom, RUE).unwrap_or_else(|| panic!("{saisi} / {nom}"));
            assert_eq!(accord.pourquoi.last(), Some(&attendu), "{saisi} / {nom} : {accord:?}");
        }
    }

    #[test]
    fn un_autre_nom_n_est_pas_trouve() {
        for (saisi, nom) in [
            ("martin", "BERNARD Jean"),
            ("lefebvre", "LEROY Anne"),
            ("roy", "REY Paul"),
            ("petit", "ROBERT Guy"),
            ("dupont marie", "DUPONT Jean"),
            ("caron", "CARPENTIER Luc"),
            ("ali", "ALLARD Jean"),
            ("simon", "SIMONE Jeanne-Marthe"),
        ] {
            let trouve = accord(saisi, nom, "3, rue du Stade, 62000 Arras");
            let sur =
                trouve.as_ref().is_some_and(|a| a.pourquoi.iter().all(|p| *p == Pourquoi::Nom));
            assert!(trouve.is_none() || !sur && saisi == "simon", "{saisi} / {nom} : {trouve:?}");
        }
    }

    #[test]
    fn une_adresse_se_trouve_par_ses_mots_et_son_numero_departage() {
        let juste = accord("12 rue jean jaures lens", "CARON Luc", RUE).unwrap();
        assert_eq!(juste.pourquoi, [Pourquoi::Adresse, Pourquoi::Commune]);
        let voisin = accord("14 rue jean jaures lens", "CARON Luc", RUE).unwrap();
        assert!(juste < voisin);
        let mal_ecrite = accord("rue jan jores", "CARON Luc", RUE).unwrap();
        assert_eq!(mal_ecrite.pourquoi, [Pourquoi::AdresseProche]);
        assert_eq!(accord("rue victor hugo", "CARON Luc", RUE), None);
        let avec_le_nom = accord("caron jaures", "CARON Luc", RUE).unwrap();
        assert_eq!(avec_le_nom.pourquoi, [Pourquoi::Nom, Pourquoi::Adresse]);
    }

    #[test]
    fn l_exact_passe_avant_le_debut_le_proche_et_l_approchant() {
        let rang = |saisi: &str, nom: &str| accord(saisi, nom, RUE).unwrap().rang;
        let rangs = [
            rang("caron", "CARON Luc"),
            rang("caron", "CARONNE Luc"),
            rang("caron", "KARON Luc"),
            rang("caron", "CABON Luc"),
        ];
        assert!(rangs.is_sorted_by(|a, b| a < b), "{rangs:?}");
    }
}
