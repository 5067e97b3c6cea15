//! Des notices d'exemple : un ménage ordinaire, dont chaque essai ne dit que ce qui compte pour lui.

use std::collections::BTreeMap;

/// Une ligne : les champs canoniques et leur texte.
#[derive(Clone)]
pub(crate) struct Ligne(BTreeMap<String, String>);

/// Un commandement de payer de Lens, éligible par les deux seuils, confié à la Caf.
pub(crate) fn cdp(reference: &str) -> Ligne {
    Ligne(BTreeMap::new())
        .avec("reference_acte", reference)
        .avec("etude", "SELARL Lecocq")
        .avec("date_signification", "05/10/2026")
        .avec("bailleur_type", "personne_physique")
        .avec("bailleur_nom", "Franck Wagner")
        .avec("bailleur_adresse", "7, chemin des Prés, 62000 Arras")
        .avec("locataire_nom", "Lefèvre")
        .avec("locataire_prenom", "Anna")
        .avec("locataire_date_naissance", "12/03/1984")
        .avec("telephone", "")
        .avec("courriel", "")
        .avec("logement_adresse", "64, boulevard Lemoine")
        .avec("code_postal", "62300")
        .avec("commune", "Lens")
        .avec("date_bail", "01/03/2019")
        .avec("loyer_hors_charges", "500")
        .avec("charges", "50")
        .avec("montant_dette", "2000")
        .avec("impaye_depuis", "05/05/2026")
        .avec("aide_logement", "oui")
        .avec("nombre_adultes", "1")
        .avec("nombre_enfants", "2")
}

/// Une assignation du même ménage.
pub(crate) fn assignation(reference: &str) -> Ligne {
    Ligne(BTreeMap::new())
        .avec("reference_acte", reference)
        .avec("etude", "SCP Hanot Bécu")
        .avec("date_assignation", "17/11/2026")
        .avec("date_notification_prefet", "17/11/2026")
        .avec("date_audience", "16/02/2027")
        .avec("tribunal", "Lens")
        .avec("motif", "impaye")
        .avec("bailleur_type", "personne_physique")
        .avec("bailleur_nom", "Franck Wagner")
        .avec("locataire_nom", "Lefèvre")
        .avec("locataire_prenom", "Anna")
        .avec("locataire_date_naissance", "12/03/1984")
        .avec("logement_adresse", "64, boulevard Lemoine")
        .avec("code_postal", "62300")
        .avec("commune", "Lens")
        .avec("montant_dette", "2900")
}

/// Des ménages qui n'ont rien de commun, un par nom.
pub(crate) const MENAGES: [(&str, &str, &str, &str); 8] = [
    ("Bruneau", "Jérôme", "22/01/1948", "3, rue des Tilleuls"),
    ("Launay", "Noël", "12/01/1988", "12, place du Marché"),
    ("Marchand", "Sophie", "30/06/1979", "41, rue de la Gare"),
    ("Perrin", "Louis", "08/09/1991", "5, avenue Carnot"),
    ("Robert", "Odile", "17/11/1965", "88, rue Voltaire"),
    ("Simon", "Karim", "02/02/1995", "19, impasse des Lilas"),
    ("Texier", "Marthe", "25/12/1957", "7, quai des Pêcheurs"),
    ("Vallet", "Hugo", "14/07/1983", "150, route de Béthune"),
];

impl Ligne {
    pub(crate) fn avec(mut self, champ: &str, valeur: &str) -> Self {
        self.0.insert(champ.to_owned(), valeur.to_owned());
        self
    }

    pub(crate) fn sans(mut self, champ: &str) -> Self {
        self.0.insert(champ.to_owned(), String::new());
        self
    }

    /// Le même acte, pour un autre ménage.
    pub(crate) fn du_menage(self, rang: usize) -> Self {
        let (nom, prenom, naissance, adresse) = MENAGES[rang % MENAGES.len()];
        self.avec("locataire_nom", nom)
            .avec("locataire_prenom", prenom)
            .avec("locataire_date_naissance", naissance)
            .avec("logement_adresse", adresse)
    }

    pub(crate) fn a_arras(self) -> Self {
        self.avec("commune", "Arras").avec("code_postal", "62000")
    }
}

/// Le fichier de ces lignes, en CSV à points-virgules.
pub(crate) fn csv(lignes: &[Ligne]) -> Vec<u8> {
    let champs: Vec<&String> = lignes[0].0.keys().collect();
    let entete = champs.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(";");
    let mut texte = format!("{entete}\r\n");
    for ligne in lignes {
        let cellules: Vec<String> = champs
            .iter()
            .map(|c| {
                format!("\"{}\"", ligne.0.get(*c).map_or("", String::as_str).replace('"', "\"\""))
            })
            .collect();
        texte.push_str(&cellules.join(";"));
        texte.push_str("\r\n");
    }
    texte.into_bytes()
}

/// Les mêmes lignes, en JSON : tout en texte, sauf les sommes, en centimes.
pub(crate) fn json(lignes: &[Ligne]) -> Vec<u8> {
    const SOMMES: [&str; 3] = ["loyer_hors_charges", "charges", "montant_dette"];
    let objets: Vec<String> = lignes
        .iter()
        .map(|ligne| {
            let champs: Vec<String> = ligne
                .0
                .iter()
                .filter(|(_, valeur)| !valeur.is_empty())
                .map(|(champ, valeur)| match valeur.parse::<i64>() {
                    Ok(euros) if SOMMES.contains(&champ.as_str()) => {
                        format!("\"{champ}\": {}", euros * 100)
                    }
                    _ => format!("\"{champ}\": {valeur:?}"),
                })
                .collect();
            format!("{{{}}}", champs.join(", "))
        })
        .collect();
    format!("[{}]", objets.join(",\n")).into_bytes()
}

/// Autant de commandements qu'on veut, chacun d'un ménage à part.
pub(crate) fn beaucoup(combien: usize) -> Vec<Ligne> {
    (0..combien)
        .map(|n| {
            let (nom, prenom, _, rue) = MENAGES[n % MENAGES.len()];
            let mois = 1 + n % 12;
            let jour = 1 + (n / 12) % 28;
            let annee = 1940 + (n / 336) % 60;
            cdp(&format!("M-{n:05}"))
                .avec("locataire_nom", &format!("{nom}{}", lettres(n)))
                .avec("locataire_prenom", prenom)
                .avec("locataire_date_naissance", &format!("{jour:02}/{mois:02}/{annee}"))
                .avec("logement_adresse", &format!("{} bis {rue} {}", n + 1, lettres(n * 7 + 3)))
        })
        .collect()
}

/// Un suffixe de lettres, pour des noms qui ne se ressemblent pas.
fn lettres(n: usize) -> String {
    let mut reste = n * 7919 + 13;
    let mut texte = String::new();
    for _ in 0..6 {
        texte.push(char::from(b"abdegilmoprstuvz"[reste % 16]));
        reste /= 16;
    }
    texte
}
