//! Les espaces insécables du français, posées au moment de rendre une page.
//!
//! Les gabarits, les règles et les messages s'écrivent avec des espaces ordinaires ; aucun signe ne
//! commence pourtant une ligne à l'écran.

/// Ce dont le texte se lit ou se recopie à la lettre près.
const INTACTS: [&str; 6] = ["textarea", "script", "style", "code", "pre", "title"];

/// La même page, une espace insécable devant « : ; ? ! » et dans les guillemets.
pub(crate) fn insecables(html: &str) -> String {
    let mut ecrit = String::with_capacity(html.len() + html.len() / 32);
    let mut reste = html;
    while let Some(place) = reste.find('<') {
        lier(&reste[..place], &mut ecrit);
        reste = &reste[place..];
        let fin = balise(reste);
        ecrit.push_str(&reste[..fin]);
        reste = &reste[fin..];
    }
    lier(reste, &mut ecrit);
    ecrit
}

/// Où finit la balise qui commence ici, ou l'élément entier s'il se garde à la lettre près.
fn balise(html: &str) -> usize {
    let nom: &str =
        html[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let depuis =
        if INTACTS.contains(&nom) { html.find(&format!("</{nom}")).unwrap_or(0) } else { 0 };
    html[depuis..].find('>').map_or(html.len(), |fin| depuis + fin + 1)
}

fn lier(texte: &str, ecrit: &mut String) {
    let mut depuis = 0;
    for (place, espace) in texte.match_indices(' ') {
        let (avant, apres) = (&texte[..place], &texte[place + espace.len()..]);
        if avant.ends_with('«') || apres.starts_with(['»', ':', ';', '?', '!']) {
            ecrit.push_str(&texte[depuis..place]);
            ecrit.push('\u{a0}');
            depuis = place + espace.len();
        }
    }
    ecrit.push_str(&texte[depuis..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rustfmt::skip]
    #[test]
    fn un_signe_ne_commence_pas_une_ligne() {
        for (ecrit, attendu) in [
            ("", ""),
            ("Pourquoi ? Ainsi ; voilà !", "Pourquoi\u{a0}? Ainsi\u{a0}; voilà\u{a0}!"),
            ("<p>Dit : « oui »</p>", "<p>Dit\u{a0}: «\u{a0}oui\u{a0}»</p>"),
            ("<b>Reçue</b> : 1", "<b>Reçue</b>\u{a0}: 1"),
            ("<a title=\"a : b\">c : d</a>", "<a title=\"a : b\">c\u{a0}: d</a>"),
            ("<textarea rows=\"4\">a : b <c></textarea> : d", "<textarea rows=\"4\">a : b <c></textarea>\u{a0}: d"),
            ("<code>a : b</code> <title>c ? d</title>", "<code>a : b</code> <title>c ? d</title>"),
            ("l&#39;acte &#38; la suite", "l&#39;acte &#38; la suite"),
            ("12:30 et a;b", "12:30 et a;b"),
            ("<p>coupé : <", "<p>coupé\u{a0}: <"),
        ] {
            assert_eq!(insecables(ecrit), attendu, "{ecrit}");
        }
    }
}
