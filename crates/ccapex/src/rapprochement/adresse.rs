//! Découper une adresse écrite par des gens : le numéro, la voie, et le logement dans l'immeuble.

use crate::texte::cle;

/// Une adresse, ramenée à ce qui se compare. Vide : ce n'est pas écrit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Adresse {
    /// Numéro dans la voie, avec son indice : « 12bis ».
    pub(crate) numero: String,
    /// Type de voie, en toutes lettres.
    pub(crate) type_de_voie: String,
    /// Mots de la voie, sans articles, dans l'ordre.
    pub(crate) voie: String,
    /// Le logement dans l'immeuble : « appartement:12 batiment:a ».
    pub(crate) logement: String,
}

/// Types de voie abrégés : seulement au début, car « R. Salengro » n'est pas une rue.
const TYPES_ABREGES: [(&str, &str); 24] = [
    ("r", "rue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("pl", "place"),
    ("imp", "impasse"),
    ("all", "allee"),
    ("allees", "allee"),
    ("rte", "route"),
    ("sq", "square"),
    ("crs", "cours"),
    ("qu", "quai"),
    ("q", "quai"),
    ("lot", "lotissement"),
    ("res", "residence"),
    ("resid", "residence"),
    ("ham", "hameau"),
    ("pass", "passage"),
];

const TYPES: [&str; 22] = [
    "rue",
    "boulevard",
    "avenue",
    "chemin",
    "place",
    "impasse",
    "allee",
    "route",
    "square",
    "cours",
    "quai",
    "faubourg",
    "lotissement",
    "residence",
    "hameau",
    "passage",
    "cite",
    "ruelle",
    "sentier",
    "voie",
    "villa",
    "domaine",
];

/// Titres et saints abrégés, où qu'ils soient.
const TITRES_ABREGES: [(&str, &str); 16] = [
    ("fbg", "faubourg"),
    ("fg", "faubourg"),
    ("st", "saint"),
    ("ste", "sainte"),
    ("gal", "general"),
    ("gen", "general"),
    ("mal", "marechal"),
    ("dr", "docteur"),
    ("cdt", "commandant"),
    ("cne", "capitaine"),
    ("col", "colonel"),
    ("lt", "lieutenant"),
    ("pdt", "president"),
    ("pres", "president"),
    ("pr", "professeur"),
    ("nd", "notre dame"),
];

const ARTICLES: [&str; 10] = ["de", "du", "des", "d", "la", "le", "les", "l", "au", "aux"];

const INDICES: [&str; 7] = ["bis", "ter", "quater", "a", "b", "c", "d"];

/// Ce qui, suivi d'un numéro ou d'une lettre, désigne un logement dans un immeuble.
const DANS_L_IMMEUBLE: [(&str, &str); 19] = [
    ("appartement", "appartement"),
    ("appart", "appartement"),
    ("appt", "appartement"),
    ("apt", "appartement"),
    ("app", "appartement"),
    ("logement", "appartement"),
    ("logt", "appartement"),
    ("lgt", "appartement"),
    ("log", "appartement"),
    ("porte", "appartement"),
    ("pte", "appartement"),
    ("batiment", "batiment"),
    ("bat", "batiment"),
    ("immeuble", "batiment"),
    ("imm", "batiment"),
    ("escalier", "escalier"),
    ("esc", "escalier"),
    ("entree", "entree"),
    ("hall", "entree"),
];

pub(crate) fn decoupe(adresse: &str) -> Adresse {
    let cle = cle(adresse);
    let mut mots: Vec<&str> = cle.split(' ').filter(|m| !m.is_empty()).collect();
    sans_code_postal(&mut mots);
    let logement = retire_le_logement(&mut mots);
    let (numero, mots) = retire_le_numero(&mots);
    let (type_de_voie, mots) = match mots.split_first() {
        Some((premier, suite)) if TYPES.contains(&type_entier(premier)) => {
            (type_entier(premier), suite)
        }
        Some(_) | None => ("", mots),
    };
    let voie: Vec<&str> =
        mots.iter().map(|mot| entier(mot)).filter(|mot| !ARTICLES.contains(mot)).collect();
    Adresse { numero, type_de_voie: type_de_voie.to_owned(), voie: voie.join(" "), logement }
}

/// Le mot dit la forme d'une adresse, non son nom : un type de voie, un logement dans un immeuble.
pub(crate) fn est_de_la_forme(mot: &str) -> bool {
    TYPES.contains(&type_entier(mot))
        || DANS_L_IMMEUBLE.iter().any(|(ecrit, _)| *ecrit == mot)
        || matches!(mot, "bis" | "ter" | "quater" | "cedex" | "rdc" | "etage")
}

/// « 12 rue Pasteur 62300 Lens Cedex » : la commune est connue par ailleurs.
fn sans_code_postal(mots: &mut Vec<&str>) {
    let code = |mot: &&str| mot.len() == 5 && mot.bytes().all(|b| b.is_ascii_digit());
    if let Some(place) = mots.iter().skip(2).position(code) {
        mots.truncate(place + 2);
    }
    mots.retain(|mot| *mot != "cedex");
}

fn retire_le_logement(mots: &mut Vec<&str>) -> String {
    let mut logement: Vec<String> = Vec::new();
    let mut gardes: Vec<&str> = Vec::with_capacity(mots.len());
    let mut place = 0;
    while place < mots.len() {
        let mot = mots[place];
        let genre =
            DANS_L_IMMEUBLE.iter().find(|(ecrit, _)| *ecrit == mot).map(|(_, genre)| *genre);
        let saut = 1 + usize::from(mots.get(place + 1).is_some_and(|m| est_un_signe_de_numero(m)));
        match (genre, mots.get(place + saut)) {
            (Some(genre), Some(valeur))
                if valeur.len() <= 4 && (valeur.len() == 1 || a_un_chiffre(valeur)) =>
            {
                logement.push(format!("{genre}:{}", valeur.trim_start_matches('0')));
                place += saut + 1;
            }
            (Some(_) | None, _) => {
                if mot == "etage" && gardes.last().is_some_and(|m| a_un_chiffre(m)) {
                    gardes.pop();
                } else if mot != "rdc" {
                    gardes.push(mot);
                }
                place += 1;
            }
        }
    }
    *mots = gardes;
    logement.sort();
    logement.join(" ")
}

/// Le numéro, et les mots qui restent.
fn retire_le_numero<'a, 'b>(mots: &'b [&'a str]) -> (String, &'b [&'a str]) {
    let est_un_type =
        |place: usize| mots.get(place).is_some_and(|mot| TYPES.contains(&type_entier(mot)));
    let est_un_numero = |place: usize| {
        mots.get(place).is_some_and(|mot| mot.starts_with(|c: char| c.is_ascii_digit()))
    };
    let est_un_indice = |place: usize| mots.get(place).is_some_and(|mot| INDICES.contains(mot));
    let signe =
        usize::from(mots.first().is_some_and(|m| est_un_signe_de_numero(m)) && est_un_numero(1));
    // « Résidence les Lilas, 14 rue Pasteur » : le numéro est celui que suit une voie.
    let suivi_d_une_voie = (0..mots.len()).find(|&i| {
        est_un_numero(i) && (est_un_type(i + 1) || est_un_indice(i + 1) && est_un_type(i + 2))
    });
    let debut = if est_un_numero(signe) { Some(signe) } else { suivi_d_une_voie };
    let Some(debut) = debut else {
        // « rue Pasteur 12 », mais pas « rue du 8 mai 1945 ».
        return match mots.split_last() {
            Some((dernier, reste))
                if est_un_type(0)
                    && reste.len() > 1
                    && dernier.len() <= 3
                    && dernier.bytes().all(|b| b.is_ascii_digit()) =>
            {
                ((*dernier).to_owned(), reste)
            }
            Some(_) | None => (String::new(), mots),
        };
    };
    let mut numero = mots[debut].to_owned();
    let mut suite = debut + 1;
    if numero.bytes().all(|b| b.is_ascii_digit()) && est_un_indice(suite) {
        numero.push_str(mots[suite]);
        suite += 1;
    }
    // « 12-14 rue Pasteur » : le premier des deux.
    if est_un_numero(suite) && est_un_type(suite + 1) {
        suite += 1;
    }
    (numero, &mots[suite..])
}

fn est_un_signe_de_numero(mot: &str) -> bool {
    matches!(mot, "n" | "no" | "num" | "numero")
}

fn a_un_chiffre(mot: &str) -> bool {
    mot.bytes().any(|b| b.is_ascii_digit())
}

fn type_entier(mot: &str) -> &str {
    TYPES_ABREGES.iter().find(|(abrege, _)| *abrege == mot).map_or(mot, |(_, entier)| entier)
}

fn entier(mot: &str) -> &str {
    TITRES_ABREGES.iter().find(|(abrege, _)| *abrege == mot).map_or(mot, |(_, entier)| entier)
}
