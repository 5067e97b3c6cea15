/// Au-delà, ce n'est plus une somme : dix mille milliards d'euros.
const PLAFOND_CENTIMES: i64 = 1_000_000_000_000_000;

/// Lit une somme écrite en euros, en centimes.
///
/// Plus de deux décimales s'arrondissent au centime le plus proche, le demi-centime loin de zéro.
/// « 1.234 » seul est refusé : mille deux cent trente-quatre, ou un euro vingt-trois ?
pub(super) fn lire(texte: &str) -> Result<i64, String> {
    let mut negatif = false;
    let mut chiffres = String::with_capacity(texte.len());
    for c in sans_devise(texte).chars() {
        match c {
            '0'..='9' | '.' | ',' => chiffres.push(c),
            '-' | '−' | '–' => negatif = true,
            '(' | ')' => negatif = true,
            '+' | '\'' | '’' => {}
            c if c.is_whitespace() => {}
            _ => return Err("ce n'est pas une somme : écrivez par exemple 1234,56".to_owned()),
        }
    }
    let decimal = en_decimal(&chiffres)?;
    let centimes = lire_decimal(&decimal)?;
    Ok(if negatif { -centimes } else { centimes })
}

fn sans_devise(texte: &str) -> &str {
    let mut reste = texte.trim();
    for devise in ["€", "euros", "euro", "EUROS", "EURO", "Euros", "Euro", "EUR", "eur", "Eur"] {
        if let Some(avant) = reste.strip_suffix(devise) {
            reste = avant.trim_end();
            break;
        }
        if let Some(apres) = reste.strip_prefix(devise) {
            reste = apres.trim_start();
            break;
        }
    }
    reste
}

/// Ramène « 1.234,56 », « 1,234.56 », « 1234,5 » à un décimal à point, sans milliers.
fn en_decimal(chiffres: &str) -> Result<String, String> {
    let mal_ecrit = || {
        "les milliers et les centimes ne se distinguent pas : écrivez par exemple 1234,56"
            .to_owned()
    };
    let separateurs: Vec<char> = chiffres.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let premier = separateurs.first().copied();
    let dernier = separateurs.last().copied();
    let (Some(premier), Some(dernier)) = (premier, dernier) else {
        return Ok(chiffres.to_owned());
    };
    if premier != dernier {
        // Le dernier sépare les centimes ; les autres, tous pareils, séparent des groupes de trois.
        let (entier, decimales) = chiffres.rsplit_once(dernier).ok_or_else(mal_ecrit)?;
        if entier.contains(dernier) || !groupes_de_trois(entier, premier) {
            return Err(mal_ecrit());
        }
        return Ok(format!("{}.{decimales}", entier.replace(premier, "")));
    }
    if separateurs.len() > 1 {
        return if groupes_de_trois(chiffres, premier) {
            Ok(chiffres.replace(premier, ""))
        } else {
            Err(mal_ecrit())
        };
    }
    let (entier, decimales) = chiffres.split_once(premier).ok_or_else(mal_ecrit)?;
    let ambigu =
        decimales.len() == 3 && (1..=3).contains(&entier.len()) && !entier.starts_with('0');
    if ambigu { Err(mal_ecrit()) } else { Ok(format!("{entier}.{decimales}")) }
}

fn groupes_de_trois(texte: &str, separateur: char) -> bool {
    let mut groupes = texte.split(separateur);
    groupes.next().is_some_and(|tete| (1..=3).contains(&tete.len()))
        && groupes.all(|groupe| groupe.len() == 3)
}

/// Lit un décimal à point, avec ou sans signe.
pub(super) fn lire_decimal(texte: &str) -> Result<i64, String> {
    let invalide = || "ce n'est pas une somme : écrivez par exemple 1234,56".to_owned();
    let (negatif, valeur) = texte.strip_prefix('-').map_or((false, texte), |reste| (true, reste));
    let (entier, decimales) = valeur.split_once('.').unwrap_or((valeur, ""));
    let chiffres = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if (entier.is_empty() && decimales.is_empty()) || !chiffres(entier) || !chiffres(decimales) {
        return Err(invalide());
    }
    let trop_grand =
        || "cette somme dépasse ce qu'un logement peut devoir : vérifiez la cellule".to_owned();
    let euros: i64 =
        if entier.is_empty() { 0 } else { entier.parse().map_err(|_| trop_grand())? };
    let rang = |i: usize| i64::from(decimales.as_bytes().get(i).map_or(0, |b| b - b'0'));
    let arrondi = i64::from(rang(2) >= 5);
    euros
        .checked_mul(100)
        .and_then(|centimes| centimes.checked_add(rang(0) * 10 + rang(1) + arrondi))
        .filter(|centimes| *centimes <= PLAFOND_CENTIMES)
        .map(|centimes| if negatif { -centimes } else { centimes })
        .ok_or_else(trop_grand)
}
