//! L'accord entre une question et un dossier : convient-il, à quel point, et pourquoi.

use std::collections::{BTreeMap, BTreeSet};

use crate::recherche::phonetique::{a_peu_pres, lettres_separees, sans_doublement, son};
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

/// Les lettres qu'un mot approchant n'a pas en commun : deux fautes en font quatre, et ce qui ne s'entend pas
/// (« Renault », « Reno ») quelques-unes de plus.
const LETTRES_D_UN_VOISIN: usize = 6;

/// De quoi comparer une lecture à beaucoup de dossiers : les mêmes mots y reviennent, et chacun ne
/// s'écoute qu'une fois.
///
/// ```
/// # use ccapex::recherche::{accord::{Accordeur, Fiche, Pourquoi}, question::Question};
/// let question = Question::lire("lefevre", "62", 2026);
/// let mut accordeur = Accordeur::pour(&question.lectures[0]);
/// let mots = ["lefebvre".to_owned(), "odile".to_owned()];
/// let fiche = Fiche { nom: "LEFEBVRE Odile", mots: &mots, adresse: "3, rue du Stade" };
/// assert_eq!(accordeur.accorder(fiche).unwrap().pourquoi, [Pourquoi::NomProche]);
/// ```
#[derive(Debug)]
pub struct Accordeur<'l> {
    lecture: &'l Lecture,
    cherches: Vec<Cherche>,
}

impl<'l> Accordeur<'l> {
    /// Pour cette lecture.
    #[must_use]
    pub fn pour(lecture: &'l Lecture) -> Self {
        Self { lecture, cherches: lecture.mots.iter().map(Cherche::pour).collect() }
    }

    /// Ce mot d'un dossier répond à celui de la lecture qui a cette place : écrit, commencé, entendu ou
    /// approchant. Faux pour une place que la lecture n'a pas.
    ///
    /// ```
    /// # use ccapex::recherche::{accord::Accordeur, question::Question};
    /// let question = Question::lire("lefevre", "62", 2026);
    /// let mut accordeur = Accordeur::pour(&question.lectures[0]);
    /// assert!(accordeur.accepte(0, "lefebvre"));
    /// assert!(!accordeur.accepte(0, "laforge"));
    /// ```
    pub fn accepte(&mut self, place: usize, mot: &str) -> bool {
        self.cherches.get_mut(place).is_some_and(|cherche| cherche.degre(mot).is_some())
    }

    /// De même, pour un mot qui ne peut être qu'approchant : ses lettres, comptées, l'écartent le plus
    /// souvent sans qu'on l'écoute.
    pub fn accepte_voisin(&mut self, place: usize, mot: &str) -> bool {
        self.cherches.get_mut(place).is_some_and(|cherche| {
            let proche =
                |forme: &Forme| lettres_separees(&forme.ecrite, mot) <= LETTRES_D_UN_VOISIN;
            cherche.formes.iter().any(proche) && cherche.degre(mot).is_some()
        })
    }

    /// L'accord de la lecture et d'un dossier ; rien si un mot manque.
    pub fn accorder(&mut self, fiche: Fiche<'_>) -> Option<Accord> {
        let mut noms: BTreeSet<String> = fiche.mots.iter().cloned().collect();
        noms.extend(formes_du_nom(fiche.nom));
        let mut voie: Option<BTreeSet<String>> = None;
        let mut pire = Degre::Exact;
        let mut pourquoi = BTreeSet::new();
        let mut dans_l_adresse = 0;
        for cherche in &mut self.cherches {
            let du_nom = cherche.meilleur(&noms);
            let de_la_voie = if du_nom == Some(Degre::Exact) {
                None
            } else {
                cherche.meilleur(voie.get_or_insert_with(|| mots_de_la_voie(fiche.adresse)))
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
        let absent = |numero: &&String| !cle.split(' ').any(|mot| mot == *numero);
        let manquent = self.lecture.numeros.iter().filter(absent).count();
        if manquent < self.lecture.numeros.len() {
            pourquoi.insert(Pourquoi::Adresse);
        }
        if !self.lecture.communes.is_empty() {
            pourquoi.insert(Pourquoi::Commune);
        }
        let en_plus = u32::try_from(manquent * 10 + dans_l_adresse).unwrap_or(u32::MAX);
        let rang = 1_000 * pire as u32 + en_plus.min(999);
        Some(Accord { rang, pourquoi: pourquoi.into_iter().collect() })
    }
}

/// Un mot de la question, prêt à se comparer.
#[derive(Debug)]
struct Cherche {
    formes: Vec<Forme>,
    inacheve: bool,
    /// Ce qu'on sait des mots déjà comparés.
    connus: BTreeMap<String, Option<Degre>>,
}

/// L'écriture d'un mot, et ce qu'elle fait entendre.
#[derive(Debug)]
struct Forme {
    ecrite: String,
    entendue: String,
    sans_doublement: String,
}

impl Cherche {
    fn pour(mot: &Mot) -> Self {
        let formes = mot.formes.iter().map(|forme| Forme::de(forme));
        Self { formes: formes.collect(), inacheve: mot.inacheve, connus: BTreeMap::new() }
    }

    fn meilleur(&mut self, candidats: &BTreeSet<String>) -> Option<Degre> {
        candidats.iter().filter_map(|candidat| self.degre(candidat)).min()
    }

    fn degre(&mut self, candidat: &str) -> Option<Degre> {
        if let Some(connu) = self.connus.get(candidat) {
            return *connu;
        }
        let trouve = Forme::de(candidat);
        let degres = self.formes.iter().filter_map(|forme| forme.degre(&trouve, self.inacheve));
        let degre = degres.min();
        self.connus.insert(candidat.to_owned(), degre);
        degre
    }
}

impl Forme {
    fn de(mot: &str) -> Self {
        let (entendue, sans_doublement) = (son(mot), sans_doublement(mot));
        Self { ecrite: mot.to_owned(), entendue, sans_doublement }
    }

    fn degre(&self, trouve: &Self, inacheve: bool) -> Option<Degre> {
        let (cherche, ecrit) = (self.ecrite.as_str(), trouve.ecrite.as_str());
        if cherche == ecrit {
            return Some(Degre::Exact);
        }
        if ecrit.starts_with(cherche) && (inacheve || cherche.len() >= 3) {
            return Some(Degre::Debut);
        }
        let (entendu, attendu) = (self.entendue.as_str(), trouve.entendue.as_str());
        if entendu == attendu || self.sans_doublement == trouve.sans_doublement {
            return Some(Degre::Son);
        }
        // Sur un mot court, une lettre change tout.
        let permis = match cherche.len().min(ecrit.len()) {
            0..=3 => return None,
            4..=8 => 1,
            _ => 2,
        };
        let proche = a_peu_pres(cherche, ecrit, permis)
            || entendu.len().min(attendu.len()) >= 4 && a_peu_pres(entendu, attendu, 1);
        proche.then_some(Degre::Approchant)
    }
}

fn raison_du_nom(degre: Degre) -> Pourquoi {
    match degre {
        Degre::Exact => Pourquoi::Nom,
        Degre::Debut => Pourquoi::DebutDuNom,
        Degre::Son => Pourquoi::NomProche,
        Degre::Approchant => Pourquoi::NomApprochant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recherche::question::Question;

    fn accord(saisi: &str, nom: &str, adresse: &str) -> Option<Accord> {
        let mots: Vec<String> = cle(nom).split(' ').map(str::to_owned).collect();
        let fiche = Fiche { nom, mots: &mots, adresse };
        let question = Question::lire(saisi, "62", 2026);
        question.lectures.iter().filter_map(|l| Accordeur::pour(l).accorder(fiche)).min()
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
    fn un_voisin_n_est_pas_ecarte_pour_ses_lettres_quand_il_est_approchant() {
        for (saisi, mot, attendu) in [
            ("carpetier", "carpentier", true),
            ("marlin", "martin", true),
            ("matrin", "martin", true),
            ("brumeau", "bruneau", true),
            ("lerain", "lepain", true),
            ("vandebrouke", "vandenbroucke", true),
            ("martin", "bernard", false),
            ("petit", "robert", false),
        ] {
            let question = Question::lire(saisi, "62", 2026);
            let mut accordeur = Accordeur::pour(&question.lectures[0]);
            assert_eq!(accordeur.accepte_voisin(0, mot), attendu, "{saisi} / {mot}");
            assert_eq!(accordeur.accepte(0, mot), attendu, "{saisi} / {mot}");
            assert!(!accordeur.accepte_voisin(1, mot), "une place que la lecture n'a pas");
        }
    }

    #[test]
    fn ce_qui_a_deja_ete_compare_ne_change_pas_l_accord_suivant() {
        let question = Question::lire("caron jaures", "62", 2026);
        let lecture = &question.lectures[0];
        let mut accordeur = Accordeur::pour(lecture);
        for nom in ["caron", "karon", "cabon", "martin", "caron"] {
            let mots = [nom.to_owned()];
            let fiche = Fiche { nom, mots: &mots, adresse: RUE };
            let seul = Accordeur::pour(lecture).accorder(fiche);
            assert_eq!(accordeur.accorder(fiche), seul, "{nom}");
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
