//! Comparer deux fiches : même logement ? mêmes personnes ? et le dire.

use jiff::civil::Date;
use strsim::osa_distance;

use crate::rapprochement::fiche::Fiche;

/// Ce que vaut la ressemblance de deux fiches. Du plus faible au plus fort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ressemblance {
    /// Deux ménages.
    Autre,
    /// On ne peut pas trancher : une personne le dira. De 1 à 100, pour classer les candidats.
    Douteuse(u8),
    /// Le même ménage, dans le même logement.
    Certaine,
}

/// Une ressemblance et ses raisons, dans l'ordre où une personne les vérifierait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparaison {
    /// Le verdict.
    pub ressemblance: Ressemblance,
    /// Les raisons, sans nommer personne.
    pub motifs: Vec<&'static str>,
}

/// Compare deux fiches. Symétrique.
///
/// Deux fiches de communes différentes ne sont jamais le même ménage : un dossier est un ménage
/// **et** un logement.
#[must_use]
pub fn comparer(a: &Fiche, b: &Fiche) -> Comparaison {
    if a.commune != b.commune {
        return Comparaison {
            ressemblance: Ressemblance::Autre,
            motifs: vec!["communes différentes"],
        };
    }
    let adresse = compare_adresses(a, b);
    let personnes = compare_personnes(a, b);
    let naissance = compare_naissances(a.naissance, b.naissance);
    let meme_bailleur = !a.bailleur.is_empty() && a.bailleur == b.bailleur;
    let ressemblance = juge(adresse, personnes, naissance, meme_bailleur);
    let mut motifs = vec![adresse.en_mots(), personnes.en_mots(), naissance.en_mots()];
    if meme_bailleur {
        motifs.push("même bailleur");
    }
    Comparaison { ressemblance, motifs }
}

fn juge(
    adresse: Adresse,
    personnes: Personnes,
    naissance: Naissance,
    meme_bailleur: bool,
) -> Ressemblance {
    use Ressemblance::{Autre, Certaine, Douteuse};

    match (adresse, personnes, naissance) {
        (_, Personnes::Differentes, _) => Autre,

        (Adresse::Identique, Personnes::Identiques, Naissance::Egale | Naissance::Inconnue) => {
            Certaine
        }
        (Adresse::Identique, Personnes::Identiques, Naissance::Proche) if meme_bailleur => Certaine,
        (Adresse::Identique, Personnes::Identiques, Naissance::Proche) => Douteuse(90),
        // Même nom, même adresse, une génération d'écart : parent et enfant homonymes, ou erreur.
        (Adresse::Identique, Personnes::Identiques, Naissance::Differente) => Douteuse(60),
        (Adresse::Identique, Personnes::Proches, Naissance::Egale) => Certaine,
        (Adresse::Identique, Personnes::Proches, Naissance::Inconnue) if meme_bailleur => Certaine,
        (Adresse::Identique, Personnes::Proches, Naissance::Inconnue) => Douteuse(80),
        (Adresse::Identique, Personnes::Proches, Naissance::Proche) => Douteuse(70),
        (Adresse::Identique, Personnes::Proches, Naissance::Differente) => Autre,
        // Louis et Louise : faute de frappe, ou frère et sœur.
        (Adresse::Identique, Personnes::GenreDifferent, Naissance::Egale) => Douteuse(85),
        (Adresse::Identique, Personnes::GenreDifferent, Naissance::Inconnue) => Douteuse(50),
        (Adresse::Identique, Personnes::Partielles, Naissance::Egale) => Certaine,
        (Adresse::Identique, Personnes::Partielles, Naissance::Inconnue) => Douteuse(75),
        // Un couple : le commandement à l'un, l'assignation à l'autre, par le même bailleur.
        (Adresse::Identique, Personnes::MemeNom, Naissance::Differente | Naissance::Inconnue)
            if meme_bailleur =>
        {
            Douteuse(40)
        }
        (Adresse::Identique | Adresse::Proche, Personnes::MemeNom, Naissance::Egale) => {
            Douteuse(65)
        }

        (Adresse::Proche, Personnes::Identiques, Naissance::Egale) => Certaine,
        (Adresse::Proche, Personnes::Identiques, Naissance::Inconnue) if meme_bailleur => Certaine,
        (Adresse::Proche, Personnes::Identiques, Naissance::Inconnue | Naissance::Proche) => {
            Douteuse(70)
        }
        (Adresse::Proche, Personnes::Proches | Personnes::Partielles, Naissance::Egale) => {
            Douteuse(75)
        }
        (Adresse::Proche, Personnes::Proches, Naissance::Inconnue) if meme_bailleur => Douteuse(60),

        // Sans adresse d'un côté, ou à une autre adresse de la commune : il a pu déménager.
        (Adresse::Inconnue, Personnes::Identiques, Naissance::Egale | Naissance::Inconnue) => {
            Douteuse(70)
        }
        (Adresse::Inconnue, Personnes::Proches | Personnes::Partielles, Naissance::Egale) => {
            Douteuse(60)
        }
        (Adresse::Differente, Personnes::Identiques | Personnes::Proches, Naissance::Egale) => {
            Douteuse(30)
        }

        (
            Adresse::Identique,
            Personnes::GenreDifferent | Personnes::Partielles,
            Naissance::Proche | Naissance::Differente,
        )
        | (Adresse::Identique, Personnes::MemeNom, _)
        | (Adresse::Proche | Adresse::Inconnue | Adresse::Differente, _, _) => Autre,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Adresse {
    Identique,
    Proche,
    Inconnue,
    Differente,
}

impl Adresse {
    fn en_mots(self) -> &'static str {
        match self {
            Self::Identique => "même adresse",
            Self::Proche => "adresses écrites un peu différemment",
            Self::Inconnue => "adresse absente d'un côté",
            Self::Differente => "autre adresse de la même commune",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Personnes {
    Identiques,
    Proches,
    GenreDifferent,
    Partielles,
    MemeNom,
    Differentes,
}

impl Personnes {
    fn en_mots(self) -> &'static str {
        match self {
            Self::Identiques => "mêmes nom et prénom",
            Self::Proches => "nom et prénom à une ou deux lettres près",
            Self::GenreDifferent => "prénoms au masculin et au féminin",
            Self::Partielles => "une partie seulement du nom est écrite d'un côté",
            Self::MemeNom => "même nom, autre prénom",
            Self::Differentes => "personnes différentes",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naissance {
    Egale,
    Proche,
    Inconnue,
    Differente,
}

impl Naissance {
    fn en_mots(self) -> &'static str {
        match self {
            Self::Egale => "même date de naissance",
            Self::Proche => "dates de naissance à un chiffre près, ou jour et mois inversés",
            Self::Inconnue => "date de naissance absente d'un côté",
            Self::Differente => "dates de naissance différentes",
        }
    }
}

fn compare_adresses(a: &Fiche, b: &Fiche) -> Adresse {
    if a.voie.is_empty() || b.voie.is_empty() {
        return Adresse::Inconnue;
    }
    let voie_identique = a.voie == b.voie;
    let voie_proche = voie_identique
        || (a.voie.len() >= 6
            && osa_distance(&a.voie, &b.voie) <= if a.voie.len() >= 12 { 2 } else { 1 });
    let meme_type =
        a.type_de_voie == b.type_de_voie || a.type_de_voie.is_empty() || b.type_de_voie.is_empty();
    let meme_numero = a.numero == b.numero;
    // « 12 » et « 12 bis », ou un numéro absent d'un côté.
    let numero_proche = meme_numero
        || chiffres(&a.numero) == chiffres(&b.numero)
        || a.numero.is_empty()
        || b.numero.is_empty();
    match (voie_identique && meme_type, voie_proche && meme_type, meme_numero, numero_proche) {
        (true, _, true, _) => Adresse::Identique,
        (_, true, _, true) => Adresse::Proche,
        _ => Adresse::Differente,
    }
}

fn chiffres(numero: &str) -> &str {
    numero.trim_end_matches(|c: char| !c.is_ascii_digit())
}

fn compare_personnes(a: &Fiche, b: &Fiche) -> Personnes {
    let (mots_a, mots_b) = (a.mots_du_nom(), b.mots_du_nom());
    if mots_a.is_empty() || mots_b.is_empty() {
        return Personnes::Differentes;
    }
    if mots_a == mots_b {
        return Personnes::Identiques;
    }
    // Nom et prénom ont pu être échangés : le meilleur des deux sens.
    let droit = compare_couples((&a.nom, &a.prenom), (&b.nom, &b.prenom), 3);
    let croise = compare_couples((&a.nom, &a.prenom), (&b.prenom, &b.nom), 4);
    let meilleur = if rang(croise) < rang(droit) { croise } else { droit };
    if meilleur == Personnes::Differentes && mots_a.len() >= 2 && mots_b.len() >= 2 {
        let (court, long) =
            if mots_a.len() < mots_b.len() { (&mots_a, &mots_b) } else { (&mots_b, &mots_a) };
        if court.len() < long.len() && court.iter().all(|mot| long.contains(mot)) {
            return Personnes::Partielles;
        }
    }
    meilleur
}

fn rang(personnes: Personnes) -> u8 {
    match personnes {
        Personnes::Identiques => 0,
        Personnes::Proches => 1,
        Personnes::GenreDifferent => 2,
        Personnes::Partielles => 3,
        Personnes::MemeNom => 4,
        Personnes::Differentes => 5,
    }
}

/// `court` : longueur à partir de laquelle un nom peut perdre une lettre (« Rou » pour « Riou »).
/// Un prénom de trois lettres, lui, en désigne souvent un autre (« Léo », « Léa »).
fn compare_couples(a: (&str, &str), b: (&str, &str), court: usize) -> Personnes {
    let (nom, prenom) = (compare_mots(a.0, b.0, court), compare_mots(a.1, b.1, 4));
    match (nom, prenom) {
        (Mots::Egaux, Mots::Egaux) => Personnes::Identiques,
        (Mots::Egaux | Mots::Proches, Mots::Egaux | Mots::Proches) => Personnes::Proches,
        (Mots::Egaux | Mots::Proches, Mots::Genre) => Personnes::GenreDifferent,
        (Mots::Egaux | Mots::Proches, Mots::Inclus) | (Mots::Inclus, Mots::Egaux) => {
            Personnes::Partielles
        }
        (Mots::Egaux, Mots::Autres) => Personnes::MemeNom,
        (Mots::Genre | Mots::Inclus | Mots::Autres, _) | (Mots::Proches, Mots::Autres) => {
            Personnes::Differentes
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mots {
    Egaux,
    Proches,
    Genre,
    Inclus,
    Autres,
}

fn compare_mots(a: &str, b: &str, court_des: usize) -> Mots {
    if a == b {
        return if a.is_empty() { Mots::Inclus } else { Mots::Egaux };
    }
    if a.is_empty() || b.is_empty() {
        return Mots::Inclus;
    }
    let (court, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // « J. » pour « Jean », « Marie » pour « Marie Anne ».
    if court.len() == 1 && long.starts_with(court) || long.split(' ').any(|mot| mot == court) {
        return Mots::Inclus;
    }
    if genre_different(court, long) {
        return Mots::Genre;
    }
    let permis = match court.len() {
        n if n < court_des => 0,
        0..=7 => 1,
        _ => 2,
    };
    if osa_distance(a, b) <= permis { Mots::Proches } else { Mots::Autres }
}

/// Louis et Louise, Jean et Jeanne, Michel et Michelle, Yvon et Yvonne.
fn genre_different(court: &str, long: &str) -> bool {
    long.strip_prefix(court).is_some_and(|fin| {
        let derniere = court.chars().last();
        fin == "e" || (fin.len() == 2 && fin.ends_with('e') && fin.chars().next() == derniere)
    })
}

fn compare_naissances(a: Option<Date>, b: Option<Date>) -> Naissance {
    let (Some(a), Some(b)) = (a, b) else { return Naissance::Inconnue };
    if a == b {
        return Naissance::Egale;
    }
    let inversees = a.year() == b.year()
        && i16::from(a.month()) == i16::from(b.day())
        && i16::from(a.day()) == i16::from(b.month());
    let (texte_a, texte_b) = (a.to_string(), b.to_string());
    let un_chiffre = texte_a.bytes().zip(texte_b.bytes()).filter(|(x, y)| x != y).count() == 1;
    // Une génération d'écart n'est pas une faute de frappe.
    if (inversees || un_chiffre) && (a.year() - b.year()).abs() < 15 {
        Naissance::Proche
    } else {
        Naissance::Differente
    }
}
