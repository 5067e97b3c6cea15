//! Comparer deux fiches : même logement ? mêmes personnes ? et le dire.

use jiff::civil::Date;
use strsim::osa_distance;

use crate::rapprochement::fiche::Fiche;

/// Le motif d'une date de naissance lue des deux côtés, et la même.
pub const MEME_NAISSANCE: &str = "même date de naissance";

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
    // Une lettre doublée à tort ne fait pas une autre personne.
    let jugees =
        if personnes == Personnes::LettreDoublee { Personnes::Identiques } else { personnes };
    let ressemblance = juge(adresse, jugees, naissance, meme_bailleur);
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
        (_, Personnes::Differentes | Personnes::LettreDoublee, _) => Autre,

        (Adresse::Identique, Personnes::Identiques, Naissance::Egale | Naissance::Inconnue) => {
            Certaine
        }
        (Adresse::Identique, Personnes::Identiques, Naissance::Proche) if meme_bailleur => Certaine,
        (Adresse::Identique, Personnes::Identiques, Naissance::Proche) => Douteuse(90),
        // Même nom, même adresse, une génération d'écart : parent et enfant homonymes, ou erreur.
        (Adresse::Identique, Personnes::Identiques, Naissance::Differente) => Douteuse(60),
        (Adresse::Identique, Personnes::Proches, Naissance::Egale) => Certaine,
        // Sans date de naissance, « Yvan » pour « Yvon » peut être un frère ; dans un immeuble, « Marin » un voisin.
        (Adresse::Identique, Personnes::Proches, Naissance::Inconnue) => Douteuse(80),
        (Adresse::Identique, Personnes::Proches, Naissance::Proche) => Douteuse(70),
        // Louis et Louise : faute de frappe, ou frère et sœur.
        (Adresse::Identique, Personnes::PrenomsVoisins, Naissance::Egale) => Douteuse(85),
        (Adresse::Identique, Personnes::PrenomsVoisins, Naissance::Inconnue) => Douteuse(50),
        (Adresse::Identique, Personnes::Partielles, Naissance::Egale) => Certaine,
        (Adresse::Identique, Personnes::Partielles, Naissance::Inconnue) => Douteuse(75),
        (Adresse::Identique, Personnes::Partielles, Naissance::Proche) => Douteuse(55),
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
        (
            Adresse::Proche,
            Personnes::Proches | Personnes::Partielles | Personnes::PrenomsVoisins,
            Naissance::Egale,
        ) => Douteuse(75),
        (Adresse::Proche, Personnes::Proches | Personnes::Partielles, Naissance::Inconnue)
            if meme_bailleur =>
        {
            Douteuse(60)
        }

        // Dans un immeuble, un homonyme est possible : la date de naissance décide.
        (
            Adresse::Immeuble,
            Personnes::Identiques | Personnes::Proches | Personnes::Partielles,
            Naissance::Egale,
        ) => Certaine,
        (Adresse::Immeuble, Personnes::Identiques, Naissance::Inconnue | Naissance::Proche) => {
            Douteuse(80)
        }
        (Adresse::Immeuble, Personnes::PrenomsVoisins, Naissance::Egale) => Douteuse(75),
        (Adresse::Immeuble, Personnes::MemeNom, Naissance::Egale) => Douteuse(55),
        (Adresse::Immeuble, Personnes::Proches | Personnes::Partielles, Naissance::Inconnue) => {
            Douteuse(55)
        }

        // Deux logements du même immeuble : deux ménages, sauf si tout le reste le dément.
        (
            Adresse::AutreLogement,
            Personnes::Identiques,
            Naissance::Egale | Naissance::Inconnue | Naissance::Proche,
        ) => Douteuse(45),
        (Adresse::AutreLogement, Personnes::Proches, Naissance::Egale) => Douteuse(35),

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
            Personnes::Proches | Personnes::PrenomsVoisins | Personnes::Partielles,
            Naissance::Proche | Naissance::Differente,
        )
        | (Adresse::Identique, Personnes::MemeNom, _)
        | (
            Adresse::Proche
            | Adresse::Immeuble
            | Adresse::AutreLogement
            | Adresse::Inconnue
            | Adresse::Differente,
            _,
            _,
        ) => Autre,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Adresse {
    Identique,
    Proche,
    /// Le même immeuble ; le logement n'est écrit que d'un côté.
    Immeuble,
    /// Le même immeuble, mais un autre appartement.
    AutreLogement,
    Inconnue,
    Differente,
}

impl Adresse {
    fn en_mots(self) -> &'static str {
        match self {
            Self::Identique => "même adresse",
            Self::Proche => "adresses écrites un peu différemment",
            Self::Immeuble => "même immeuble, le logement n'est écrit que d'un côté",
            Self::AutreLogement => "même immeuble, autre logement",
            Self::Inconnue => "adresse absente d'un côté",
            Self::Differente => "autre adresse de la même commune",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Personnes {
    Identiques,
    /// « Ruuiz » pour « Ruiz ».
    LettreDoublee,
    Proches,
    /// Louis et Louise, Laure et Laura.
    PrenomsVoisins,
    Partielles,
    MemeNom,
    Differentes,
}

impl Personnes {
    fn en_mots(self) -> &'static str {
        match self {
            Self::Identiques => "mêmes nom et prénom",
            Self::LettreDoublee => "mêmes nom et prénom, à une lettre doublée près",
            Self::Proches => "nom et prénom à une ou deux lettres près",
            Self::PrenomsVoisins => "prénoms voisins, au masculin et au féminin par exemple",
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
            Self::Egale => MEME_NAISSANCE,
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
    let meme_type =
        a.type_de_voie == b.type_de_voie || a.type_de_voie.is_empty() || b.type_de_voie.is_empty();
    let meme_numero = a.numero == b.numero;
    // « 12 » et « 12 bis », ou un numéro absent d'un côté.
    let numero_proche = meme_numero
        || a.chiffres_du_numero() == b.chiffres_du_numero()
        || a.numero.is_empty()
        || b.numero.is_empty();
    let ecriture = match compare_voies(&a.voie, &b.voie) {
        Some(Voies::Egales) if meme_type && meme_numero => Adresse::Identique,
        Some(_) if meme_type && numero_proche => Adresse::Proche,
        Some(_) | None => Adresse::Differente,
    };
    if ecriture == Adresse::Differente {
        ecriture
    } else if sont_deux_logements(&a.logement, &b.logement) {
        Adresse::AutreLogement
    } else if a.logement.is_empty() != b.logement.is_empty() {
        Adresse::Immeuble
    } else {
        ecriture
    }
}

/// « appartement:12 » et « appartement:13 », mais pas « appartement:12 » et « batiment:a ».
fn sont_deux_logements(a: &str, b: &str) -> bool {
    let parties =
        |logement| str::split(logement, ' ').filter_map(|partie: &str| partie.split_once(':'));
    parties(a).any(|(genre, valeur)| {
        parties(b).any(|(autre, valeur_b)| genre == autre && valeur != valeur_b)
    })
}

enum Voies {
    Egales,
    Proches,
}

fn compare_voies(a: &str, b: &str) -> Option<Voies> {
    if a == b {
        return Some(Voies::Egales);
    }
    let (mots_a, mots_b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (court, long) =
        if mots_a.len() < mots_b.len() { (&mots_a, &mots_b) } else { (&mots_b, &mots_a) };
    let meme_mot = |x: &str, y: &str| {
        x == y || (x.len() == 1 && y.starts_with(x)) || (y.len() == 1 && x.starts_with(y))
    };
    let meme_fin = court.last() == long.last() && court.last().is_some_and(|mot| mot.len() >= 4);
    if meme_fin {
        // « V. Hugo » et « Victor Hugo » ; « Hugo » et « Victor Hugo ».
        if court.len() == long.len() && court.iter().zip(long).all(|(x, y)| meme_mot(x, y)) {
            return Some(Voies::Egales);
        }
        let mut reste = long.iter();
        if court.len() < long.len()
            && court.iter().all(|mot| reste.any(|autre| meme_mot(mot, autre)))
        {
            return Some(Voies::Proches);
        }
    }
    let (plus_court, permis) =
        (a.len().min(b.len()), if a.len().min(b.len()) >= 12 { 2 } else { 1 });
    (plus_court >= 4 && osa_distance(a, b) <= permis).then_some(Voies::Proches)
}

fn compare_personnes(a: &Fiche, b: &Fiche) -> Personnes {
    let (mots_a, mots_b) = (a.mots_du_nom(), b.mots_du_nom());
    if mots_a.is_empty() || mots_b.is_empty() {
        return Personnes::Differentes;
    }
    if mots_a == mots_b {
        return Personnes::Identiques;
    }
    if sans_doubles(&a.nom) == sans_doubles(&b.nom)
        && sans_doubles(&a.prenom) == sans_doubles(&b.prenom)
    {
        return Personnes::LettreDoublee;
    }
    // Nom et prénom ont pu être échangés : le meilleur des deux sens.
    let droit = compare_couples((&a.nom, &a.prenom), (&b.nom, &b.prenom), Sens::Droit);
    let croise = compare_couples((&a.nom, &a.prenom), (&b.prenom, &b.nom), Sens::Croise);
    let miroir = compare_couples((&b.nom, &b.prenom), (&a.prenom, &a.nom), Sens::Croise);
    let meilleur = [droit, croise, miroir].into_iter().min_by_key(|p| rang(*p)).unwrap_or(droit);
    if meilleur == Personnes::Differentes && mots_a.len() >= 2 && mots_b.len() >= 2 {
        let (court, long) =
            if mots_a.len() < mots_b.len() { (&mots_a, &mots_b) } else { (&mots_b, &mots_a) };
        if court.len() < long.len() && court.iter().all(|mot| long.contains(mot)) {
            return Personnes::Partielles;
        }
    }
    meilleur
}

fn sans_doubles(mot: &str) -> String {
    let mut lettres: Vec<char> = mot.chars().collect();
    lettres.dedup();
    lettres.into_iter().collect()
}

fn rang(personnes: Personnes) -> u8 {
    match personnes {
        Personnes::Identiques => 0,
        Personnes::LettreDoublee => 1,
        Personnes::Proches => 2,
        Personnes::PrenomsVoisins => 3,
        Personnes::Partielles => 4,
        Personnes::MemeNom => 5,
        Personnes::Differentes => 6,
    }
}

/// Les noms face aux noms, ou le nom de l'un face au prénom de l'autre.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sens {
    Droit,
    Croise,
}

fn compare_couples(a: (&str, &str), b: (&str, &str), sens: Sens) -> Personnes {
    let nom = if sens == Sens::Droit { compare_noms(a.0, b.0) } else { compare_prenoms(a.0, b.0) };
    let prenom = compare_prenoms(a.1, b.1);
    match (nom, prenom) {
        (Mots::Egaux, Mots::Egaux) => Personnes::Identiques,
        (Mots::Proches, Mots::Egaux) | (Mots::Egaux | Mots::Proches, Mots::Proches) => {
            Personnes::Proches
        }
        (Mots::Egaux | Mots::Proches, Mots::Voisins)
        | (Mots::Voisins, Mots::Egaux | Mots::Proches) => Personnes::PrenomsVoisins,
        (Mots::Egaux | Mots::Proches, Mots::Inclus) | (Mots::Inclus, Mots::Egaux) => {
            Personnes::Partielles
        }
        (Mots::Egaux, Mots::Autres) if sens == Sens::Droit => Personnes::MemeNom,
        (Mots::Egaux | Mots::Proches | Mots::Voisins | Mots::Inclus | Mots::Autres, _) => {
            Personnes::Differentes
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mots {
    Egaux,
    Proches,
    Voisins,
    Inclus,
    Autres,
}

/// Deux noms de famille : « Riou » et « Rou » ne sont qu'à une lettre.
fn compare_noms(a: &str, b: &str) -> Mots {
    egaux_ou_inclus(a, b).unwrap_or_else(|| proches(a, b, 3))
}

/// Deux prénoms : trop courts, ils en désignent deux autres (« Léo », « Léa ») ; « Louise » n'est pas « Louis ».
fn compare_prenoms(a: &str, b: &str) -> Mots {
    egaux_ou_inclus(a, b)
        .unwrap_or_else(|| if sont_voisins(a, b) { Mots::Voisins } else { proches(a, b, 4) })
}

fn egaux_ou_inclus(a: &str, b: &str) -> Option<Mots> {
    if a == b && !a.is_empty() {
        return Some(Mots::Egaux);
    }
    let (court, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // Rien d'un côté, « J. » pour « Jean », « Marie » pour « Marie Anne ».
    let inclus = court.is_empty()
        || court.len() == 1 && long.starts_with(court)
        || court.split(' ').all(|mot| long.split(' ').any(|autre| autre == mot));
    inclus.then_some(Mots::Inclus)
}

fn proches(a: &str, b: &str, court: usize) -> Mots {
    let permis = match a.len().min(b.len()) {
        n if n < court => 0,
        0..=7 => 1,
        _ => 2,
    };
    if osa_distance(a, b) <= permis { Mots::Proches } else { Mots::Autres }
}

/// Les fins qui font d'un prénom un autre : Louis et Louise, Jean et Jeanne, Nino et Nina, Julie et Julien.
const FINS_DE_PRENOM: [&str; 17] = [
    "", "e", "a", "o", "i", "y", "n", "ie", "ia", "ne", "te", "le", "en", "an", "in", "ine", "ain",
];

fn sont_voisins(a: &str, b: &str) -> bool {
    let commun = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    commun >= 3
        && [a, b].iter().all(|p| p.get(commun..).is_some_and(|fin| FINS_DE_PRENOM.contains(&fin)))
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
