//! Des noms, des prénoms et des rues inventés : des syllabes assemblées, aucun annuaire.

use super::tirage::Tirage;

const DEBUTS: [&str; 40] = [
    "Del", "Van", "Cam", "Mar", "Bou", "Le", "Du", "Cor", "Hau", "Wal", "Ber", "Car", "Dem", "Fla",
    "Gos", "Hen", "Jac", "Lam", "Mas", "Nor", "Oud", "Pel", "Que", "Rou", "Sau", "Tho", "Val",
    "War", "Bri", "Cré", "Deb", "Fou", "Gré", "Hou", "Lec", "Mé", "Pru", "Séné", "Tré", "Vau",
];
const MILIEUX: [&str; 32] = [
    "", "ber", "ca", "cour", "da", "de", "fo", "gui", "la", "le", "li", "ma", "me", "mi", "na",
    "no", "pa", "per", "ra", "re", "ri", "ro", "sa", "se", "ta", "te", "ti", "va", "vi", "bri",
    "che", "plo",
];
const FINS: [&str; 36] = [
    "bart", "blin", "caut", "court", "dier", "dot", "elle", "ert", "ez", "fant", "gny", "gnon",
    "hem", "in", "lant", "let", "lier", "lin", "lot", "mart", "mez", "net", "nier", "quin", "quet",
    "rain", "rel", "rin", "ron", "sart", "seur", "sin", "tel", "tier", "ton", "vart",
];
const PRENOMS: [&str; 96] = [
    "Camille",
    "Nathalie",
    "Laurent",
    "Sandrine",
    "Julien",
    "Stéphanie",
    "David",
    "Céline",
    "Nicolas",
    "Aurélie",
    "Thomas",
    "Émilie",
    "Kévin",
    "Mélanie",
    "Jérôme",
    "Virginie",
    "Mathieu",
    "Laëtitia",
    "Anthony",
    "Jessica",
    "Romain",
    "Audrey",
    "Ludovic",
    "Sabrina",
    "Cédric",
    "Karine",
    "Benoît",
    "Élodie",
    "Grégory",
    "Marine",
    "Yannick",
    "Justine",
    "Loïc",
    "Océane",
    "Fabrice",
    "Amandine",
    "Hervé",
    "Corinne",
    "Gaëtan",
    "Noémie",
    "Didier",
    "Brigitte",
    "Rémi",
    "Cindy",
    "Bruno",
    "Coralie",
    "Franck",
    "Delphine",
    "Éric",
    "Fanny",
    "Gilles",
    "Hélène",
    "Ismaël",
    "Johanna",
    "Karim",
    "Leïla",
    "Mickaël",
    "Nadia",
    "Olivier",
    "Patricia",
    "Quentin",
    "Rachida",
    "Samuel",
    "Tiphaine",
    "Ugo",
    "Valérie",
    "William",
    "Xavier",
    "Yasmine",
    "Zoé",
    "Alban",
    "Blandine",
    "Clément",
    "Dorothée",
    "Edgar",
    "Florence",
    "Gérard",
    "Huguette",
    "Ivan",
    "Jacqueline",
    "Lucas",
    "Maryse",
    "Norbert",
    "Odile",
    "Pascal",
    "Régine",
    "Sylvain",
    "Thérèse",
    "Urbain",
    "Véronique",
    "Wilfried",
    "Yves",
    "Agathe",
    "Baptiste",
    "Charline",
    "Dylan",
];
const VOIES: [&str; 14] = [
    "rue",
    "rue",
    "rue",
    "rue",
    "rue",
    "rue",
    "avenue",
    "boulevard",
    "résidence",
    "impasse",
    "place",
    "allée",
    "chemin",
    "cité",
];
const LIAISONS: [&str; 6] = [" ", " de ", " de la ", " du ", " des ", " Jean "];

/// Un nom de famille : quelques dizaines de milliers possibles, certains bien plus portés.
pub(crate) fn nom(tirage: &mut Tirage) -> String {
    let debut = tirage.souvent_parmi(&DEBUTS);
    let milieu = tirage.parmi(&MILIEUX);
    let fin = tirage.souvent_parmi(&FINS);
    let nom = format!("{debut}{milieu}{fin}");
    if tirage.sur_mille(30) {
        format!("{nom}-{}{}", tirage.parmi(&DEBUTS), tirage.parmi(&FINS))
    } else {
        nom
    }
}

/// Un prénom, parfois composé.
pub(crate) fn prenom(tirage: &mut Tirage) -> String {
    let prenom = tirage.souvent_parmi(&PRENOMS);
    if tirage.sur_mille(60) {
        format!("{prenom}-{}", tirage.parmi(&PRENOMS))
    } else {
        prenom.to_owned()
    }
}

/// Une voie, la même pour un même rang dans une même commune.
pub(crate) fn voie(commune: u64, rang: u64) -> String {
    let mut tirage = Tirage::de(7, commune.wrapping_mul(100_003).wrapping_add(rang));
    let genre = tirage.parmi(&VOIES);
    let liaison = tirage.parmi(&LIAISONS);
    format!("{genre}{liaison}{}", nom(&mut tirage))
}
