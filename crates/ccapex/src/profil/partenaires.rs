//! Les services, les membres, les outils et les contacts d'un territoire.

use droit::source::Source;

use super::champs::{Champs, Racine, enumerer};
use super::sous_commission::verifier_courriel;

/// Un service à qui un dossier peut être confié.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Le code : « departement ».
    pub code: String,
    /// Le nom, comme on l'écrit dans une lettre.
    pub nom: String,
    /// Par où on le joint.
    pub canal: Canal,
    /// Son adresse électronique, si elle est connue.
    pub courriel: Option<String>,
    /// Le texte qui lui donne sa mission.
    pub source: Source,
}

/// Par où un service reçoit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canal {
    /// Par courrier électronique.
    Courriel,
    /// Par la poste.
    Courrier,
    /// Dans le logiciel.
    Logiciel,
    /// Le territoire ne l'a pas encore dit.
    AConvenir,
}

/// La voix d'un membre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voix {
    /// Il vote.
    Deliberative,
    /// Il donne son avis.
    Consultative,
}

/// Un membre de la commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membre {
    /// Sa qualité. Jamais le nom d'une personne.
    pub nom: String,
    /// Sa voix.
    pub voix: Voix,
}

/// Une mesure qu'un avis peut activer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispositif {
    /// Le code : « fsl ».
    pub code: String,
    /// Ce que l'avis demande.
    pub nom: String,
    /// Le texte qui le prévoit.
    pub source: Source,
}

/// Une porte où trouver de l'aide. Une coordonnée absente est inconnue, jamais inventée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Le code : « adil », « fsl », « service_social ».
    pub code: String,
    /// Le nom, comme on l'écrit dans une lettre.
    pub nom: String,
    /// Le téléphone.
    pub telephone: Option<String>,
    /// L'adresse électronique.
    pub courriel: Option<String>,
    /// L'adresse postale.
    pub adresse: Option<String>,
    /// La page à consulter.
    pub site: Option<String>,
    /// Ce qu'il faut savoir avant de s'y fier.
    pub remarque: Option<String>,
    /// D'où viennent ces coordonnées ; sa certitude dit si elles sont à vérifier.
    pub source: Source,
}

/// À qui l'on écrit dans une commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destinataire {
    /// Le maire.
    Mairie,
    /// Le centre communal ou intercommunal d'action sociale.
    Ccas,
}

/// Les coordonnées d'une mairie ou d'un CCAS, saisies par le territoire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactDeCommune {
    /// Code INSEE.
    pub commune: String,
    /// Mairie ou CCAS.
    pub destinataire: Destinataire,
    /// Le nom, s'il diffère de « Mairie de … ».
    pub nom: Option<String>,
    /// L'adresse postale.
    pub adresse: Option<String>,
    /// L'adresse électronique.
    pub courriel: Option<String>,
    /// D'où elles viennent.
    pub source: Source,
}

pub(super) fn services(racine: &Racine<'_>) -> (Vec<Service>, String) {
    let section = racine.section("services");
    let source = section.as_ref().map(Champs::source);
    let liste = racine.liste("service", source);
    let services: Vec<Service> = liste.iter().map(service).collect();
    sans_doublon(&liste, services.iter().map(|s| s.code.as_str()));
    let par_defaut = section.as_ref().map(|s| s.texte("par_defaut")).unwrap_or_default();
    if let Some(section) = section {
        for code in [par_defaut.as_str(), "secretariat"] {
            if !services.iter().any(|s| s.code == code) {
                section.refuser(
                    "par_defaut",
                    format!("aucun service n'a le code « {code} »"),
                    "Ajoutez un [[service]] avec ce code.",
                );
            }
        }
    }
    (services, par_defaut)
}

fn service(champs: &Champs<'_>) -> Service {
    let canal = match champs.texte("canal").as_str() {
        "courriel" => Canal::Courriel,
        "courrier" => Canal::Courrier,
        "logiciel" => Canal::Logiciel,
        "a_convenir" | "" => Canal::AConvenir,
        autre => {
            champs.refuser(
                "canal",
                format!("« {autre} » n'est pas un canal"),
                "Choisissez : courriel, courrier, logiciel, a_convenir.",
            );
            Canal::AConvenir
        }
    };
    let courriel = champs.texte_option("courriel");
    verifier_courriel(champs, courriel.as_deref());
    Service {
        code: champs.texte("code"),
        nom: champs.texte("nom"),
        canal,
        courriel,
        source: champs.source(),
    }
}

pub(super) fn membres(racine: &Racine<'_>) -> (Vec<Membre>, Option<Source>) {
    let Some(section) = racine.section("membres") else { return (vec![], None) };
    let avec = |cle, voix| {
        section.textes(cle).into_iter().map(move |nom| Membre { nom, voix }).collect::<Vec<_>>()
    };
    let mut membres = avec("deliberatifs", Voix::Deliberative);
    if membres.is_empty() {
        section.refuser(
            "deliberatifs",
            "personne n'a voix délibérative",
            "Écrivez au moins les membres de droit.",
        );
    }
    membres.extend(avec("consultatifs", Voix::Consultative));
    (membres, Some(section.source()))
}

pub(super) fn dispositifs(racine: &Racine<'_>) -> Vec<Dispositif> {
    let source = racine.option("dispositifs").map(|section| section.source());
    let liste = racine.liste("dispositif", source);
    let dispositifs: Vec<Dispositif> = liste
        .iter()
        .map(|c| Dispositif { code: c.texte("code"), nom: c.texte("nom"), source: c.source() })
        .collect();
    sans_doublon(&liste, dispositifs.iter().map(|d| d.code.as_str()));
    dispositifs
}

pub(super) fn contacts(racine: &Racine<'_>) -> Vec<Contact> {
    let liste = racine.liste("contact", None);
    let contacts: Vec<Contact> = liste
        .iter()
        .map(|c| {
            let courriel = c.texte_option("courriel");
            verifier_courriel(c, courriel.as_deref());
            Contact {
                code: c.texte("code"),
                nom: c.texte("nom"),
                telephone: c.texte_option("telephone"),
                courriel,
                adresse: c.texte_option("adresse"),
                site: c.texte_option("site"),
                remarque: c.texte_option("remarque"),
                source: c.source(),
            }
        })
        .collect();
    sans_doublon(&liste, contacts.iter().map(|c| c.code.as_str()));
    contacts
}

pub(super) fn mairies(racine: &Racine<'_>, departement: &str) -> Vec<ContactDeCommune> {
    racine
        .liste("mairie", None)
        .iter()
        .map(|c| {
            let commune = c.texte("commune");
            if territoire::commune(&commune).is_none_or(|t| t.departement != departement) {
                c.refuser(
                    "commune",
                    format!("« {commune} » n'est pas une commune du département {departement}"),
                    "Écrivez son code INSEE.",
                );
            }
            let destinataire = match c.texte("destinataire").as_str() {
                "ccas" => Destinataire::Ccas,
                "mairie" | "" => Destinataire::Mairie,
                autre => {
                    c.refuser(
                        "destinataire",
                        format!("« {autre} » n'est pas un destinataire"),
                        "Choisissez : mairie, ccas.",
                    );
                    Destinataire::Mairie
                }
            };
            let courriel = c.texte_option("courriel");
            verifier_courriel(c, courriel.as_deref());
            ContactDeCommune {
                commune,
                destinataire,
                nom: c.texte_option("nom"),
                adresse: c.texte_option("adresse"),
                courriel,
                source: c.source(),
            }
        })
        .collect()
}

fn sans_doublon<'a>(liste: &[Champs<'_>], codes: impl Iterator<Item = &'a str>) {
    let codes: Vec<&str> = codes.collect();
    for (rang, code) in codes.iter().enumerate() {
        if codes[..rang].contains(code) {
            liste[rang].refuser(
                "code",
                format!("« {code} » est déjà pris"),
                format!("Donnez-lui un code à lui. Pris : {}.", enumerer(codes[..rang].iter())),
            );
        }
    }
}
