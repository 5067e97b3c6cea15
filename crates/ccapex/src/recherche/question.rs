//! Ce qu'une personne a tapé, lu de toutes les façons plausibles.

use std::collections::BTreeSet;

use territoire::Commune;

use crate::rapprochement::adresse;
use crate::recherche::phonetique::{squelette, voisins};
use crate::recherche::references;
use crate::recherche::telephone;
use crate::recherche::termes::{Espece, PARTICULES, entier};
use crate::texte::{CIVILITES, cle};

/// Au-delà, ce n'est plus une question, et chaque mot coûte.
const MOTS: usize = 8;
const LETTRES: usize = 120;

/// Ce qu'on dicte entre un nom et une commune : « Delragny, à Calais ».
const LIAISONS: [&str; 4] = ["a", "au", "aux", "chez"];

/// Une question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Les dossiers dont ce peut être la référence.
    pub dossiers: references::Dossier,
    /// Les formes de référence d'un acte.
    pub actes: BTreeSet<String>,
    /// Les premiers chiffres utiles d'un téléphone.
    pub telephone: Option<String>,
    /// Les lectures en mots, la plus plausible d'abord.
    pub lectures: Vec<Lecture>,
}

/// Une lecture : des mots d'un nom ou d'une voie, peut-être un numéro, peut-être une commune.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lecture {
    /// Les mots à trouver, tous.
    pub mots: Vec<Mot>,
    /// Les numéros dans la voie.
    pub numeros: Vec<String>,
    /// Les communes où chercher ; vide : partout.
    pub communes: Vec<&'static Commune>,
}

/// Un mot à trouver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mot {
    /// Le mot, puis le mot collé à ses particules.
    pub formes: Vec<String>,
    /// Le dernier mot d'une frappe en cours : son début suffit.
    pub inacheve: bool,
    /// Un mot d'un nom de commune, entier : ce n'est pas lui qui est mal écrit.
    pub certain: bool,
}

impl Mot {
    /// Où se range ce qui s'entend comme ce mot. Une voie ne se colle pas à sa particule.
    #[must_use]
    pub fn rangements(&self, espece: Espece) -> BTreeSet<String> {
        let formes = match espece {
            Espece::Nom => self.formes.as_slice(),
            Espece::Voie => &self.formes[..self.formes.len().min(1)],
        };
        formes.iter().map(|forme| espece.rangement(&squelette(forme))).collect()
    }

    /// Où se range ce qu'une consonne sépare de ce mot ; vide pour un mot qui n'en a pas, ou qui est certain.
    #[must_use]
    pub fn rangements_voisins(&self, espece: Espece) -> BTreeSet<String> {
        let Some(forme) = self.formes.first().filter(|_| !self.certain) else {
            return BTreeSet::new();
        };
        voisins(&squelette(forme)).iter().map(|voisin| espece.rangement(voisin)).collect()
    }
}

impl Question {
    /// Lit ce qui est tapé, dans un profil, une année donnée.
    #[must_use]
    pub fn lire(saisi: &str, profil: &str, annee: i16) -> Self {
        let saisi: String = saisi.chars().take(LETTRES).collect();
        let telephone = telephone::debut(&saisi);
        let cle = cle(&saisi);
        let mots: Vec<&str> = cle.split(' ').filter(|m| !m.is_empty()).take(MOTS).collect();
        let fini = saisi.ends_with(' ');
        Self {
            dossiers: references::dossier(&saisi, profil, annee),
            actes: references::acte(&saisi).into_iter().filter(|f| f.len() >= 3).collect(),
            lectures: if telephone.is_some() { vec![] } else { lectures(&mots, profil, fini) },
            telephone,
        }
    }
}

fn lectures(mots: &[&str], departement: &str, fini: bool) -> Vec<Lecture> {
    let mut lectures = Vec::new();
    let postal = mots.iter().position(|m| m.len() == 5 && m.bytes().all(|b| b.is_ascii_digit()));
    let du_code: Vec<&'static Commune> = postal
        .map(|place| territoire::communes_du_code_postal(mots[place]).collect())
        .unwrap_or_default();
    let sans_code: Vec<&str> = match postal.filter(|_| !du_code.is_empty()) {
        Some(place) => [&mots[..place], &mots[place + 1..]].concat(),
        None => mots.to_vec(),
    };
    let mut nom_de_commune: &[&str] = &[];
    if let Some((debut, fin, communes)) = commune(&sans_code, departement) {
        nom_de_commune = &sans_code[debut..fin];
        let reste = [&sans_code[..debut], &sans_code[fin..]].concat();
        let derniers = fin < sans_code.len() && !fini;
        lectures.push(lecture(&reste, communes, derniers));
    }
    let mut sans_commune = lecture(&sans_code, du_code, !fini);
    for mot in &mut sans_commune.mots {
        mot.certain = nom_de_commune.contains(&mot.formes[0].as_str());
    }
    lectures.push(sans_commune);
    lectures.retain(|l| !l.mots.is_empty() || !l.communes.is_empty());
    lectures
}

/// Le nom de commune le plus long, et le plus à droite : la commune finit une adresse.
fn commune(mots: &[&str], departement: &str) -> Option<(usize, usize, Vec<&'static Commune>)> {
    for longueur in (1..=mots.len()).rev() {
        for debut in (0..=mots.len() - longueur).rev() {
            let fin = debut + longueur;
            let nom = mots[debut..fin].join(" ");
            let communes = territoire::recherche::de_ce_nom(&nom, departement);
            if !communes.is_empty() {
                return Some((debut, fin, communes));
            }
        }
    }
    None
}

fn lecture(mots: &[&str], communes: Vec<&'static Commune>, inacheve: bool) -> Lecture {
    let chiffre = |m: &str| m.starts_with(|c: char| c.is_ascii_digit());
    let numeros: Vec<String> =
        mots.iter().filter(|m| chiffre(m) && m.len() <= 6).map(|m| (*m).to_owned()).collect();
    let utile = |m: &&str| !chiffre(m) && !CIVILITES.contains(m) && !LIAISONS.contains(m);
    let restent: Vec<&str> = mots.iter().copied().filter(utile).map(entier).collect();
    let mut lus = en_mots(&restent, adresse::est_de_la_forme);
    if lus.is_empty() {
        // « Rue », « Place », « Le » : des noms aussi, quand il n'y a rien d'autre.
        lus = en_mots(&restent, |_| false);
    }
    if lus.is_empty() {
        lus = restent
            .iter()
            .map(|m| Mot { formes: vec![(*m).to_owned()], ..Mot::default() })
            .collect();
    }
    if let Some(dernier) = lus.last_mut() {
        let au_bout = mots.last().is_some_and(|m| dernier.formes[0] == entier(m));
        dernier.inacheve = inacheve && au_bout;
    }
    Lecture { mots: lus, numeros, communes }
}

fn en_mots(mots: &[&str], omis: impl Fn(&str) -> bool) -> Vec<Mot> {
    let mut lus = Vec::new();
    let mut particules: Vec<&str> = Vec::new();
    for mot in mots {
        if PARTICULES.contains(mot) {
            particules.push(mot);
            continue;
        }
        if omis(mot) {
            particules.clear();
            continue;
        }
        let mut formes = vec![(*mot).to_owned()];
        let mut colle = (*mot).to_owned();
        for particule in particules.drain(..).rev() {
            colle.insert_str(0, particule);
            formes.push(colle.clone());
        }
        lus.push(Mot { formes, ..Mot::default() });
    }
    lus
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lue(saisi: &str) -> Vec<String> {
        let dite = |l: &Lecture| {
            let mots: Vec<String> = l.mots.iter().map(|m| m.formes.join("|")).collect();
            let communes: Vec<&str> = l.communes.iter().map(|c| c.nom).collect();
            format!("{} / {} / {}", mots.join(" "), l.numeros.join(" "), communes.join(" "))
        };
        Question::lire(saisi, "62", 2026).lectures.iter().map(dite).collect()
    }

    #[test]
    fn ce_qu_on_dicte_au_telephone_ne_garde_que_le_nom_et_la_commune() {
        for dicte in ["Delragni à Calais", "madame Delragni, à Calais", "Delragni Calais"] {
            let question = Question::lire(dicte, "62", 2026);
            let lecture = &question.lectures[0];
            let mots: Vec<&str> = lecture.mots.iter().map(|m| m.formes[0].as_str()).collect();
            assert_eq!(mots, ["delragni"], "{dicte}");
            assert_eq!(lecture.communes[0].nom, "Calais", "{dicte}");
        }
        // Une commune garde les siennes.
        let lecture = &Question::lire("Martin Pont-à-Vendin", "62", 2026).lectures[0];
        assert_eq!(lecture.communes[0].nom, "Pont-à-Vendin");
    }

    #[test]
    fn une_adresse_se_lit_avec_sa_commune_puis_sans() {
        assert_eq!(
            lue("12 rue Jean Jaurès Lens"),
            ["jean jaures / 12 / Lens", "jean jaures lens / 12 / "]
        );
        assert_eq!(lue("rue de Lens, Arras")[0], "lens|delens /  / Arras");
        assert_eq!(lue("martin 62300").last().unwrap().split(" / ").next(), Some("martin"));
        assert!(lue("martin 62300")[0].contains("Lens"));
    }

    #[test]
    fn un_nom_de_commune_entier_n_est_pas_le_mot_mal_ecrit() {
        let lectures = Question::lire("jaures lens", "62", 2026).lectures;
        let certains = |l: &Lecture| l.mots.iter().map(|m| m.certain).collect::<Vec<_>>();
        assert_eq!(
            lectures.iter().map(certains).collect::<Vec<_>>(),
            [vec![false], vec![false, true]]
        );
        assert!(lectures[1].mots[1].rangements_voisins(Espece::Nom).is_empty());
        assert!(!lectures[1].mots[0].rangements_voisins(Espece::Nom).is_empty());
        let autre_mot = Question::lire("martin jaures", "62", 2026).lectures;
        assert!(autre_mot.iter().all(|l| l.mots.iter().all(|m| !m.certain)));
    }

    #[test]
    fn une_commune_d_autrefois_mene_a_celle_d_aujourd_hui() {
        let lectures = Question::lire("hénin liétard", "62", 2026).lectures;
        assert_eq!(lectures[0].communes[0].nom, "Hénin-Beaumont");
    }

    #[test]
    fn un_nom_a_particule_se_lit_colle_ou_non() {
        assert_eq!(lue("mme le fevre odile"), ["fevre|lefevre odile /  / "]);
        assert_eq!(lue("de la fontaine"), ["fontaine|lafontaine|delafontaine /  / "]);
        assert_eq!(lue("rue"), ["rue /  / "]);
    }

    #[test]
    fn le_dernier_mot_d_une_frappe_est_inacheve() {
        let dernier = |saisi: &str| {
            Question::lire(saisi, "62", 2026).lectures[0].mots.last().unwrap().inacheve
        };
        assert!(dernier("martin jea"));
        assert!(!dernier("martin jean "));
    }

    #[test]
    fn un_telephone_ne_se_lit_pas_comme_un_nom() {
        let question = Question::lire("06 12 34", "62", 2026);
        assert_eq!(question.telephone.as_deref(), Some("61234"));
        assert!(question.lectures.is_empty());
        assert!(Question::lire("   ", "62", 2026).lectures.is_empty());
    }
}
