//! Écrire un nom comme il s'entend : Dupont et Dupond, Lefebvre et Lefèvre, Thibault et Thibeau.
//!
//! Deux écritures, de la plus fine à la plus large : le [`son`] garde les voyelles et départage ; le
//! [`squelette`] ne garde que les consonnes, groupées comme le fait le Soundex français, et sert à ranger.

use std::collections::BTreeSet;

/// Le mot tel qu'il s'entend en français, à partir d'un mot déjà ramené à ses lettres (minuscules, sans
/// accents).
///
/// ```
/// # use ccapex::recherche::phonetique::son;
/// assert_eq!(son("lefebvre"), son("lefevre"));
/// assert_ne!(son("martin"), son("martine"));
/// ```
#[must_use]
pub fn son(mot: &str) -> String {
    let lettres = sans_fin_muette(&sans_doublement(mot));
    let mut sons = String::with_capacity(lettres.len());
    let mut place = 0;
    while place < lettres.len() {
        let (lu, entendu) = entendre(&lettres, place);
        for c in entendu.chars() {
            if !sons.ends_with(c) {
                sons.push(c);
            }
        }
        place += lu;
    }
    if sons.is_empty() { lettres.into_iter().collect() } else { sons }
}

/// Les consonnes du mot, par groupes qu'une oreille ou une plume confond. Une voyelle au début compte.
///
/// Un mot d'une seule consonne garde ses voyelles : sans elles, il désignerait tout le monde.
#[must_use]
pub fn squelette(mot: &str) -> String {
    let sons = son(mot);
    let mut chiffres = String::with_capacity(sons.len());
    for (place, c) in sons.chars().enumerate() {
        let groupe = match c {
            'b' | 'p' => '1',
            'k' | 'g' => '2',
            't' | 'd' => '3',
            'l' => '4',
            'm' | 'n' | 'N' | 'I' | 'A' | 'O' if place > 0 || !"IAO".contains(c) => '5',
            'r' => '6',
            'j' => '7',
            's' | 'C' => '8',
            'f' | 'v' => '9',
            'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'W' | 'I' | 'A' | 'O' if place == 0 => '0',
            'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'W' => continue,
            autre => autre,
        };
        if groupe == '0' && matches!(c, 'I' | 'A' | 'O') {
            chiffres.push_str("05");
        } else if !chiffres.ends_with(groupe) {
            chiffres.push(groupe);
        }
    }
    if chiffres.len() < 2 { format!("~{sons}") } else { chiffres }
}

/// Les squelettes à une consonne de celui-ci : une de trop, une de moins, une autre, deux échangées.
#[must_use]
pub fn voisins(squelette: &str) -> BTreeSet<String> {
    let lettres: Vec<char> = squelette.chars().collect();
    let mut voisins = BTreeSet::new();
    if squelette.starts_with('~') || lettres.len() > 12 {
        return voisins;
    }
    for place in 0..=lettres.len() {
        let (avant, apres) = lettres.split_at(place);
        let debut: String = avant.iter().collect();
        let suite: String = apres.iter().collect();
        let sans: String = apres.iter().skip(1).collect();
        if !apres.is_empty() {
            voisins.insert(format!("{debut}{sans}"));
        }
        for groupe in '1'..='9' {
            voisins.insert(format!("{debut}{groupe}{suite}"));
            if !apres.is_empty() {
                voisins.insert(format!("{debut}{groupe}{sans}"));
            }
        }
        if let [un, deux, ..] = apres {
            let reste: String = apres.iter().skip(2).collect();
            voisins.insert(format!("{debut}{deux}{un}{reste}"));
        }
    }
    let sans_le_premier: String = lettres.iter().skip(1).collect();
    voisins.insert(format!("0{squelette}"));
    voisins.insert(format!("0{sans_le_premier}"));
    voisins.remove(squelette);
    voisins.retain(|voisin| voisin.len() >= 2);
    voisins
}

/// Combien de lettres séparent deux mots : ajoutées, retirées, changées, ou deux voisines échangées.
#[must_use]
pub fn ecart(un: &str, autre: &str) -> usize {
    let (un, autre): (Vec<char>, Vec<char>) = (un.chars().collect(), autre.chars().collect());
    let mut avant_derniere: Vec<usize> = Vec::new();
    let mut derniere: Vec<usize> = (0..=autre.len()).collect();
    for (i, a) in un.iter().enumerate() {
        let mut ligne = vec![i + 1];
        for (j, b) in autre.iter().enumerate() {
            let change = derniere[j] + usize::from(a != b);
            let mut moindre = change.min(derniere[j + 1] + 1).min(ligne[j] + 1);
            if i > 0 && j > 0 && *a == autre[j - 1] && un[i - 1] == *b {
                moindre = moindre.min(avant_derniere[j - 1] + 1);
            }
            ligne.push(moindre);
        }
        avant_derniere = std::mem::replace(&mut derniere, ligne);
    }
    derniere.last().copied().unwrap_or_default()
}

/// Deux mots qu'au plus `permis` lettres séparent, au sens de [`ecart`].
///
/// ```
/// # use ccapex::recherche::phonetique::a_peu_pres;
/// assert!(a_peu_pres("martin", "matrin", 1));
/// assert!(!a_peu_pres("martin", "bernard", 2));
/// ```
#[must_use]
pub fn a_peu_pres(un: &str, autre: &str, permis: usize) -> bool {
    lettres_separees(un, autre) <= 2 * permis && ecart(un, autre) <= permis
}

/// Les lettres que l'un a et que l'autre n'a pas : changer une lettre en fait deux, en échanger deux aucune.
/// Presque tous les mots se séparent là, sans rien allouer. Zéro pour des lettres d'un autre alphabet.
pub(super) fn lettres_separees(un: &str, autre: &str) -> usize {
    if !un.is_ascii() || !autre.is_ascii() {
        return 0;
    }
    let mut solde = [0_i16; 128];
    un.bytes().for_each(|lettre| solde[usize::from(lettre)] += 1);
    autre.bytes().for_each(|lettre| solde[usize::from(lettre)] -= 1);
    solde.iter().map(|n| usize::from(n.unsigned_abs())).sum()
}

/// Le mot sans lettre doublée : « Lannoy » et « Lanoy ».
#[must_use]
pub fn sans_doublement(mot: &str) -> String {
    let mut sortie = String::with_capacity(mot.len());
    for c in mot.chars() {
        if c.is_ascii_digit() || !sortie.ends_with(c) {
            sortie.push(c);
        }
    }
    sortie
}

/// Une consonne finale ne s'entend pas, sauf devant un e : Legrand, Legrande.
fn sans_fin_muette(mot: &str) -> Vec<char> {
    // « Thibault » se dit comme « Thibaut ».
    let sans_l = ["ault", "aults", "auld", "aulds", "aulx"].iter().find(|fin| mot.ends_with(**fin));
    let mot = sans_l.map_or(mot, |fin| &mot[..mot.len() - fin.len() + 2]);
    let mut lettres: Vec<char> = mot.chars().collect();
    while lettres.len() > 2 && lettres.last().is_some_and(|c| "tdsxzp".contains(*c)) {
        lettres.pop();
    }
    lettres
}

fn est_voyelle(c: char) -> bool {
    "aeiouy".contains(c)
}

/// Ce qui s'entend à cette place, et combien de lettres le disent.
fn entendre(lettres: &[char], place: usize) -> (usize, &'static str) {
    let reste = &lettres[place..];
    let commence = |debut: &str| debut.chars().enumerate().all(|(i, c)| reste.get(i) == Some(&c));
    let suit = |rang: usize| reste.get(rang).copied().unwrap_or(' ');
    // Devant une voyelle, ou devant une autre nasale, la nasale se prononce.
    let nasale = |n: usize| !est_voyelle(suit(n)) && !"nmh".contains(suit(n));
    for (ecrit, entendu) in NASALES {
        if commence(ecrit) && nasale(ecrit.len()) {
            return (ecrit.len(), entendu);
        }
    }
    for (ecrit, entendu) in GROUPES {
        if commence(ecrit) {
            return (ecrit.len(), entendu);
        }
    }
    let doux = "eiy".contains(suit(1));
    match reste[0] {
        'a' => (1, "a"),
        'e' if reste.len() == 1 && place > 0 => (1, ""),
        'e' => (1, "e"),
        'i' | 'y' => (1, "i"),
        'o' => (1, "o"),
        'u' => (1, "u"),
        'h' => (1, ""),
        'b' if suit(1) == 'v' => (1, ""),
        'b' => (1, "b"),
        'p' => (1, "p"),
        'c' if doux => (1, "s"),
        'c' | 'k' | 'q' => (1, "k"),
        'g' if suit(1) == 'e' && "aou".contains(suit(2)) => (2, "j"),
        'g' if suit(1) == 'u' && "eiy".contains(suit(2)) => (2, "g"),
        'g' if doux => (1, "j"),
        'g' => (1, "g"),
        'j' => (1, "j"),
        't' => (1, "t"),
        'd' => (1, "d"),
        'l' => (1, "l"),
        'm' => (1, "m"),
        'n' => (1, "n"),
        'r' => (1, "r"),
        's' | 'z' | 'x' => (1, "s"),
        'f' => (1, "f"),
        'v' | 'w' => (1, "v"),
        '0' => (1, "0"),
        chiffre @ '1'..='9' => (1, CHIFFRES[usize::from(chiffre as u8 - b'1')]),
        _ => (1, ""),
    }
}

const CHIFFRES: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[rustfmt::skip]
const NASALES: [(&str, &str); 15] = [
    ("ean", "A"), ("ain", "I"), ("ein", "I"), ("aim", "I"), ("ien", "iI"), ("in", "I"), ("im", "I"), ("yn", "I"),
    ("ym", "I"), ("an", "A"), ("am", "A"), ("en", "A"), ("em", "A"), ("on", "O"), ("om", "O"),
];

/// Du plus long au plus court.
#[rustfmt::skip]
const GROUPES: [(&str, &str); 26] = [
    ("sch", "C"), ("eau", "o"), ("oeu", "e"), ("chr", "kr"), ("chl", "kl"),
    ("au", "o"), ("ai", "e"), ("ei", "e"), ("ay", "e"), ("ey", "e"), ("eu", "e"), ("ou", "w"),
    ("oi", "W"), ("oy", "W"), ("oe", "e"), ("ae", "e"), ("ph", "f"), ("th", "t"), ("sh", "C"),
    ("ch", "C"), ("ck", "k"), ("qu", "k"), ("gn", "N"), ("cz", "s"), ("gh", "g"), ("rh", "r"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_noms_qui_se_disent_pareil_ont_le_meme_son() {
        #[rustfmt::skip]
        let cas = [
            ("dupont", "dupond"), ("lefebvre", "lefevre"), ("lefebvre", "lefebvres"), ("thibault", "thibaud"),
            ("thibaut", "thibeau"), ("lannoy", "lanoy"), ("henri", "enri"), ("philippe", "filipe"),
            ("delattre", "delatre"), ("mathieu", "matieu"), ("christophe", "kristof"), ("renaud", "renault"),
            ("lemaire", "lemere"), ("caron", "karon"), ("quentin", "kentin"), ("wallon", "valon"),
            ("legrand", "legran"),  ("meunier", "meuniers"), ("schmit", "chmit"),
            ("guillaume", "guilaume"), ("simon", "cimon"), ("jourdain", "jourdin"), ("genevieve", "jenevieve"),
        ];
        for (un, autre) in cas {
            let pareil = son(un) == son(autre) || squelette(un) == squelette(autre);
            assert!(
                pareil,
                "{un} {} {} / {autre} {} {}",
                son(un),
                squelette(un),
                son(autre),
                squelette(autre)
            );
        }
        for (un, autre) in [("martin", "martine"), ("legrand", "legrande"), ("simon", "simone")] {
            assert_ne!(son(un), son(autre), "{un} / {autre}");
        }
    }

    #[test]
    fn les_noms_qui_ne_se_ressemblent_pas_ont_un_autre_squelette() {
        for (un, autre) in [
            ("martin", "bernard"),
            ("dupont", "durand"),
            ("lefebvre", "leroy"),
            ("caron", "carpentier"),
            ("roy", "rey"),
            ("petit", "robert"),
            ("hanot", "becu"),
        ] {
            assert_ne!(squelette(un), squelette(autre), "{un} / {autre}");
        }
    }

    #[test]
    fn une_consonne_fausse_est_parmi_les_voisins() {
        for (juste, faux) in [
            ("martin", "marlin"),
            ("delattre", "delatte"),
            ("carpentier", "carpetier"),
            ("wacquez", "wacque"),
            ("vandenbroucke", "vandebroucke"),
            ("martin", "matrin"),
            ("aubert", "laubert"),
            ("laubert", "aubert"),
        ] {
            let voisins = voisins(&squelette(faux));
            let trouve = squelette(juste) == squelette(faux) || voisins.contains(&squelette(juste));
            assert!(trouve, "{juste} {} / {faux} {}", squelette(juste), squelette(faux));
        }
        assert!(voisins("~ro").is_empty());
    }

    #[test]
    fn a_peu_pres_ne_laisse_passer_que_ce_que_l_ecart_permet_et_tout_cela() {
        let mut mots = vec![String::new()];
        for debut in 0..121 {
            mots.extend(["a", "b", "é"].map(|lettre| mots[debut].clone() + lettre));
        }
        for un in &mots {
            for autre in mots.iter().step_by(7) {
                for permis in 1..=2 {
                    let juste = ecart(un, autre) <= permis;
                    assert_eq!(a_peu_pres(un, autre, permis), juste, "{un} / {autre}, {permis}");
                }
            }
        }
    }

    #[test]
    fn l_ecart_compte_les_lettres_fausses_et_un_echange_pour_une() {
        for (un, autre, attendu) in [
            ("martin", "martin", 0),
            ("martin", "marlin", 1),
            ("martin", "matrin", 1),
            ("martin", "marti", 1),
            ("martin", "martine", 1),
            ("martin", "bernard", 6),
            ("", "abc", 3),
            ("abc", "", 3),
        ] {
            assert_eq!(ecart(un, autre), attendu, "{un} / {autre}");
        }
    }

    #[test]
    fn un_mot_etrange_a_toujours_un_squelette() {
        for mot in ["", "h", "e", "ж", "12", "1945", "xx", "eeee", "hhhh", "ouy"] {
            assert!(!squelette(mot).is_empty(), "{mot}");
        }
        assert_ne!(squelette("1945"), squelette("1918"));
    }
}
