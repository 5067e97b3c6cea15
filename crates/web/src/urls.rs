//! Les adresses des pages, écrites à un seul endroit.

/// La page de connexion, qui ramène où l'on allait.
#[must_use]
pub fn connexion(suite: &str) -> String {
    ensuite("/connexion", suite)
}

/// La page où donner son code, qui ramène où l'on allait.
#[must_use]
pub fn code(suite: &str) -> String {
    ensuite("/connexion/code", suite)
}

/// La page où choisir un second facteur avant d'aller plus loin.
#[must_use]
pub fn enrolement(suite: &str) -> String {
    ensuite("/connexion/second-facteur", suite)
}

/// Une saisie gardée pendant que la session s'éteignait.
#[must_use]
pub fn reprise(jeton: &str) -> String {
    format!("/reprise/{}", echappe(jeton))
}

/// La fiche d'un compte.
#[must_use]
pub fn compte(id: i64) -> String {
    format!("/comptes/{id}")
}

/// Les suppléances de ce compte.
#[must_use]
pub fn suppleances(compte: i64) -> String {
    format!("/suppleances/{compte}")
}

fn ensuite(page: &str, suite: &str) -> String {
    if suite == "/" { page.to_owned() } else { avec(page, &[("suite", suite)]) }
}

/// Un dossier.
#[must_use]
pub fn dossier(reference: &str) -> String {
    format!("/dossiers/{}", echappe(reference))
}

/// Choisir l'acte à consigner dans un dossier.
#[must_use]
pub fn consigner(reference: &str) -> String {
    format!("{}/consigner", dossier(reference))
}

/// Consigner cet acte.
#[must_use]
pub fn consigner_un_acte(reference: &str, acte: &str) -> String {
    format!("{}/{}", consigner(reference), echappe(acte))
}

/// Corriger un acte du dossier.
#[must_use]
pub fn rectifier(reference: &str, fait: &str) -> String {
    format!("{}/rectifier/{}", dossier(reference), echappe(fait))
}

/// La chronologie d'un dossier, en PDF.
#[must_use]
pub fn chronologie(reference: &str) -> String {
    format!("{}/chronologie", dossier(reference))
}

/// La demande de concours de la force publique.
#[must_use]
pub fn force_publique(reference: &str) -> String {
    format!("{}/force-publique", dossier(reference))
}

/// Les alertes d'un dossier.
#[must_use]
pub fn alertes(reference: &str) -> String {
    format!("{}/alertes", dossier(reference))
}

/// Répondre à une alerte du dossier.
#[must_use]
pub fn repondre_a_l_alerte(reference: &str, fait: &str) -> String {
    format!("{}/{}", alertes(reference), echappe(fait))
}

/// Accepter, refuser ou confier un ménage.
#[must_use]
pub fn prise_en_charge(reference: &str) -> String {
    format!("{}/prise-en-charge", dossier(reference))
}

/// Décider d'un cas proposé comme complexe.
#[must_use]
pub fn cas_complexe(reference: &str) -> String {
    format!("{}/cas-complexe", dossier(reference))
}

/// Le diagnostic social et financier d'un dossier.
#[must_use]
pub fn diagnostic(reference: &str) -> String {
    format!("{}/diagnostic", dossier(reference))
}

/// Une rubrique du diagnostic.
#[must_use]
pub fn rubrique(reference: &str, code: &str) -> String {
    format!("{}/{}", diagnostic(reference), echappe(code))
}

/// Ce qu'on dit au ménage d'un dossier, et ce qu'il dit.
#[must_use]
pub fn menage(reference: &str) -> String {
    format!("{}/menage", dossier(reference))
}

/// La page publique d'une étape.
#[must_use]
pub fn information(code: &str) -> String {
    format!("/information/{}", echappe(code))
}

/// Une liste de suivi.
#[must_use]
pub fn liste_de_suivi(code: &str) -> String {
    avec("/dossiers", &[("liste", code)])
}

/// Le calendrier d'une personne, pour son agenda.
#[must_use]
pub fn flux(jeton: &str) -> String {
    format!("/calendrier/{}.ics", echappe(jeton))
}

/// Les dossiers ouverts d'une commune.
#[must_use]
pub fn dossiers_de_la_commune(code: &str) -> String {
    avec("/dossiers", &[("commune", code)])
}

/// Les échéances passées d'un service.
#[must_use]
pub fn retards(service: &str) -> String {
    avec("/echeances", &[("periode", "retard"), ("service", service)])
}

/// Une notice à compléter.
#[must_use]
pub fn notice(id: i64) -> String {
    format!("/a-completer/{id}")
}

/// Une étape d'une notice en cours de saisie.
#[must_use]
pub fn etape_de_saisie(brouillon: i64, code: &str) -> String {
    format!("/brouillons/{brouillon}/{code}")
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

/// Qui a lu un dossier.
#[must_use]
pub fn registre(reference: &str) -> String {
    format!("/registre/{}", echappe(reference))
}

/// L'extrait du registre d'un dossier, pour le ménage.
#[must_use]
pub fn extrait_du_registre(reference: &str) -> String {
    format!("{}/extrait", registre(reference))
}

/// Ce qu'on sait d'un ménage, à lui remettre.
#[must_use]
pub fn donnees_du_menage(reference: &str) -> String {
    format!("{}/donnees", registre(reference))
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
