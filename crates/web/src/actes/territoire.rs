//! Ce qu'une liste propose : les services, mesures et critères du territoire, et les mots qui ont un
//! sens pour cet acte.

use ccapex::profil::Profil;

use crate::composants::Choix;

/// Les codes qu'un champ propose ; rien quand il se tape.
pub(super) fn choix(
    acte: &str,
    champ: &str,
    profil: &Profil,
    avis: &[(String, String)],
) -> Option<Vec<Choix>> {
    match (acte, champ) {
        ("prise_en_charge", "service") => Some(services(profil)),
        ("dispositif", "code") => {
            Some(profil.dispositifs.iter().map(|d| Choix::nouveau(&d.code, &d.nom)).collect())
        }
        ("garantie", "code") => Some(Choix::liste(&GARANTIES, " ")),
        ("plan_apurement", "origine") => Some(Choix::liste(&ORIGINES, " ")),
        ("suite", "avis") => {
            Some(avis.iter().map(|(fait, dit)| Choix::nouveau(fait, dit)).collect())
        }
        ("cas_complexe", "criteres") => {
            Some(profil.criteres.iter().map(|c| Choix::nouveau(&c.code, &c.nom)).collect())
        }
        (_, "organisme") => Some(partenaires(profil)),
        (_, "destinataire") => {
            let mut tous = Choix::liste(&DESTINATAIRES, " ");
            tous.extend(partenaires(profil));
            Some(sans_doublon(tous))
        }
        (_, "destinataires") => {
            let mut tous = partenaires(profil);
            tous.extend(Choix::liste(&DESTINATAIRES[1..], " "));
            Some(sans_doublon(tous))
        }
        _ => None,
    }
}

/// Les mots d'une liste qui ont un sens pour cet acte.
pub(super) fn possibles(
    acte: &str,
    champ: &str,
    tous: &[(&'static str, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    let gardes: &[&str] = match (acte, champ) {
        ("fsl", "etape") => &["depose", "accord", "refus", "sans_suite"],
        ("dalo" | "daho", "etape") => {
            &["depose", "prioritaire", "rejet", "offre", "relogement", "refus", "sans_suite"]
        }
        ("surendettement", "etape") => &[
            "depose",
            "recevable",
            "irrecevable",
            "mesures",
            "effacement",
            "suspension_expulsion",
            "sans_suite",
        ],
        ("avis_maire", "avis") => &["demande", "favorable", "defavorable", "reserve"],
        ("renseignement_police", "avis") => {
            &["demande", "fait", "favorable", "defavorable", "reserve"]
        }
        ("entretien_derniere_chance" | "enquete_sociale", "avis") => &["demande", "fait", "absent"],
        ("place_siao", "avis") => &["demande", "trouve", "aucune"],
        ("tentative_expulsion", "avis") => &["absent", "fait"],
        _ => return tous.to_vec(),
    };
    tous.iter().filter(|(code, _)| gardes.contains(code)).copied().collect()
}

const GARANTIES: [(&str, &str); 5] = [
    ("visale", "Visale"),
    ("loca_pass", "Loca-Pass"),
    ("fsl", "Garantie du FSL"),
    ("caution", "Caution d'une personne"),
    ("gli", "Assurance loyers impayés"),
];

const ORIGINES: [(&str, &str); 7] = [
    ("bailleur", "Bailleur"),
    ("caf", "Caf"),
    ("msa", "MSA"),
    ("fsl", "FSL"),
    ("juge", "Juge"),
    ("commissaire_de_justice", "Commissaire de justice"),
    ("service_social", "Service social"),
];

/// Ceux à qui la commission s'adresse sans qu'ils soient des services du territoire.
const DESTINATAIRES: [(&str, &str); 8] = [
    ("menage", "Ménage"),
    ("bailleur", "Bailleur"),
    ("organisme_payeur", "Organisme payeur de l'aide au logement"),
    ("maire", "Maire"),
    ("ccas", "CCAS ou CIAS"),
    ("prefet", "Préfet"),
    ("siao", "SIAO"),
    ("surendettement", "Commission de surendettement"),
];

fn services(profil: &Profil) -> Vec<Choix> {
    profil.services.iter().map(|s| Choix::nouveau(&s.code, &s.nom)).collect()
}

fn partenaires(profil: &Profil) -> Vec<Choix> {
    let mut tous = services(profil);
    tous.extend(profil.contacts.iter().map(|c| Choix::nouveau(&c.code, &c.nom)));
    sans_doublon(tous)
}

fn sans_doublon(choix: Vec<Choix>) -> Vec<Choix> {
    let mut uniques: Vec<Choix> = Vec::with_capacity(choix.len());
    for un in choix {
        if !uniques.iter().any(|connu| connu.valeur == un.valeur) {
            uniques.push(un);
        }
    }
    uniques
}
