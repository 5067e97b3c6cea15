//! Les adresses des pages, écrites à un seul endroit.

/// La page de connexion, qui ramène où l'on allait.
#[must_use]
pub fn connexion(suite: &str) -> String {
    if suite == "/" {
        "/connexion".to_owned()
    } else {
        format!("/connexion?suite={}", echappe(suite))
    }
}

/// Un dossier.
#[must_use]
pub fn dossier(reference: &str) -> String {
    format!("/dossiers/{}", echappe(reference))
}

/// Une notice à compléter.
#[must_use]
pub fn notice(id: i64) -> String {
    format!("/a-completer/{id}")
}

/// Un fichier reçu.
#[must_use]
pub fn piece(id: i64) -> String {
    format!("/reception/{id}")
}

/// Une lettre, en PDF.
#[must_use]
pub fn lettre(id: i64) -> String {
    format!("/courriers/{id}/pdf")
}

/// Une règle.
#[must_use]
pub fn regle(nom: &str) -> String {
    format!("/regles/{}", echappe(nom))
}

/// Ne ramène jamais ailleurs que dans Seuil.
#[must_use]
pub fn interne(suite: &str) -> &str {
    let sure = suite.starts_with('/')
        && !suite.starts_with("//")
        && !suite.contains(['\\', '\r', '\n'])
        && !suite.starts_with("/connexion");
    if sure { suite } else { "/" }
}

/// Les paramètres d'une adresse, dans l'ordre donné ; les vides sont omis.
#[must_use]
pub fn avec(chemin: &str, parametres: &[(&str, &str)]) -> String {
    let mut adresse = chemin.to_owned();
    for (nom, valeur) in parametres.iter().filter(|(_, valeur)| !valeur.is_empty()) {
        adresse.push(if adresse.contains('?') { '&' } else { '?' });
        adresse.push_str(nom);
        adresse.push('=');
        adresse.push_str(&echappe(valeur));
    }
    adresse
}

/// Écrit un texte dans une adresse.
fn echappe(texte: &str) -> String {
    let mut ecrit = String::with_capacity(texte.len());
    for octet in texte.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                ecrit.push(char::from(octet));
            }
            autre => ecrit.push_str(&format!("%{autre:02X}")),
        }
    }
    ecrit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_adresse_garde_accents_et_espaces() {
        assert_eq!(
            avec("/dossiers", &[("q", "Lefèvre & fils"), ("tri", "")]),
            "/dossiers?q=Lef%C3%A8vre%20%26%20fils"
        );
    }

    #[test]
    fn la_suite_d_une_connexion_ne_sort_pas_de_seuil() {
        for (suite, attendue) in [
            ("/dossiers?q=a", "/dossiers?q=a"),
            ("https://ailleurs.exemple", "/"),
            ("//ailleurs.exemple", "/"),
            ("/\\ailleurs.exemple", "/"),
            ("/connexion", "/"),
            ("", "/"),
        ] {
            assert_eq!(interne(suite), attendue);
        }
    }
}
