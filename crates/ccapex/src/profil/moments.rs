//! Les moments clés où un partenaire en alerte d'autres : qui, vers qui, pourquoi, et ce qu'on attend.

use droit::delai::Delai;
use droit::source::Source;
use serde_json::Value;

use super::Profil;
use super::champs::{Champs, Racine, enumerer};
use super::partenaires::{Contact, Service};
use crate::acte::codes::CodeDAlerte;

/// Un moment clé, tel que la charte du territoire le décrit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Lequel des neuf.
    pub code: CodeDAlerte,
    /// Son nom.
    pub nom: String,
    /// Qui donne l'alerte.
    pub lanceurs: Vec<String>,
    /// Pourquoi on alerte.
    pub objectif: String,
    /// Le texte qui le décrit.
    pub source: Source,
    /// Emprunté à un autre territoire : il s'applique, et l'écran le dit.
    pub a_valider: bool,
    /// Qui reçoit l'alerte quand celui qui la donne ne nomme personne.
    pub destinataires: Vec<String>,
    /// Ce qu'on attend de chacun.
    pub attendu: String,
    /// Dans quel délai.
    pub delai: Delai,
    /// À qui l'alerte revient quand un destinataire se tait.
    pub relais: String,
    /// D'où viennent les destinataires, l'attente et le délai.
    pub source_de_la_reponse: Source,
}

/// Le service en charge du ménage, quel qu'il soit.
pub const SERVICE_EN_CHARGE: &str = "service";

/// Le ménage donne une alerte, il n'en reçoit pas : on lui écrit une lettre.
const MENAGE: &str = "menage";

/// Ceux qui donnent ou reçoivent une alerte sans être un service ni un contact du profil.
const ORGANISMES: [(&str, &str); 23] = [
    (SERVICE_EN_CHARGE, "Service en charge"),
    (MENAGE, "Ménage"),
    ("bailleur", "Bailleur"),
    ("bailleurs_sociaux", "Fédération des bailleurs sociaux"),
    ("organisme_payeur", "Organisme payeur de l'aide au logement"),
    ("caf", "Caf"),
    ("msa", "MSA"),
    ("service_social", "Service social"),
    ("maire", "Maire"),
    ("prefet", "Préfet"),
    ("ccas", "CCAS ou CIAS"),
    ("greffe", "Greffe du tribunal"),
    ("commissaire_de_justice", "Commissaire de justice"),
    ("secretariat", "Secrétariat de la commission"),
    ("sous_commission", "Sous-commission"),
    ("cellule_technique", "Cellule technique"),
    ("commission", "Commission départementale"),
    ("sous_prefet", "Sous-préfet"),
    ("instance_de_proximite", "Instance de proximité"),
    ("adil", "ADIL"),
    ("fsl", "Fonds de solidarité pour le logement"),
    ("siao", "Service intégré d'accueil et d'orientation"),
    ("surendettement", "Commission de surendettement"),
];

impl Profil {
    /// Le moment clé de ce code, si le territoire l'a décrit.
    #[must_use]
    pub fn moment(&self, code: CodeDAlerte) -> Option<&Moment> {
        self.moments.iter().find(|m| m.code == code)
    }

    /// Le nom d'un service ou d'un organisme, comme on l'écrit ; son code, si rien ne le nomme.
    #[must_use]
    pub fn nom_de<'a>(&'a self, code: &'a str) -> &'a str {
        let service = self.service(code).map(|s| s.nom.as_str());
        let contact = || self.contact(code).map(|c| c.nom.as_str());
        let organisme = || ORGANISMES.iter().find(|(o, _)| *o == code).map(|(_, nom)| *nom);
        service.or_else(contact).or_else(organisme).unwrap_or(code)
    }
}

pub(super) fn lire(racine: &Racine<'_>, services: &[Service], contacts: &[Contact]) -> Vec<Moment> {
    let organismes: Vec<&str> = ORGANISMES
        .iter()
        .map(|(code, _)| *code)
        .chain(services.iter().map(|s| s.code.as_str()))
        .chain(contacts.iter().map(|c| c.code.as_str()))
        .collect();
    let mut lus: Vec<Moment> = Vec::new();
    for champs in racine.liste("moment", None) {
        let Some(moment) = un(&champs, &organismes) else { continue };
        if lus.iter().any(|connu| connu.code == moment.code) {
            champs.refuser(
                "code",
                format!("le moment clé « {} » est décrit deux fois", moment.code.code()),
                "Gardez une seule description.",
            );
        }
        lus.push(moment);
    }
    lus
}

fn un(champs: &Champs<'_>, organismes: &[&str]) -> Option<Moment> {
    let ecrit = champs.texte("code");
    let code = serde_json::from_value::<CodeDAlerte>(Value::String(ecrit.clone())).ok();
    if code.is_none() && !ecrit.is_empty() {
        champs.refuser(
            "code",
            format!("« {ecrit} » n'est pas un moment clé"),
            format!("Choisissez : {}.", enumerer(CodeDAlerte::CHOIX.iter().map(|(c, _)| c))),
        );
    }
    let nom = champs.texte("nom");
    let lanceurs = nommes(champs, "lanceurs", organismes);
    let objectif = champs.texte("objectif");
    let source = champs.source();
    let a_valider = champs.booleen_option("a_valider").unwrap_or(false);
    let Some(reponse) = champs.section("reponse") else {
        champs.refuser(
            "reponse",
            "rien ne dit qui reçoit l'alerte, ni ce qu'on attend de lui",
            "Ajoutez [moment.reponse] avec destinataires, attendu, delai et relais.",
        );
        return None;
    };
    let destinataires = nommes(&reponse, "destinataires", organismes);
    if destinataires.iter().any(|d| d == MENAGE) {
        reponse.refuser(
            "destinataires",
            "une alerte va à un partenaire, non au ménage",
            "Retirez « menage » : on écrit une lettre au ménage.",
        );
    }
    let relais = reponse.texte("relais");
    verifier(&reponse, "relais", &relais, organismes);
    if destinataires.contains(&relais) {
        reponse.refuser(
            "relais",
            format!(
                "« {relais} » reçoit déjà l'alerte : son silence ne la ferait aller nulle part"
            ),
            "Choisissez un relais qui n'est pas destinataire.",
        );
    }
    Some(Moment {
        nom,
        lanceurs,
        objectif,
        source,
        a_valider,
        destinataires,
        attendu: reponse.texte("attendu"),
        delai: reponse.delai("delai"),
        relais,
        source_de_la_reponse: reponse.source(),
        code: code?,
    })
}

fn nommes(champs: &Champs<'_>, cle: &str, organismes: &[&str]) -> Vec<String> {
    let nommes = champs.textes(cle);
    if nommes.is_empty() {
        champs.refuser(cle, "personne n'est nommé", "Nommez au moins un service ou un organisme.");
    }
    for nomme in &nommes {
        verifier(champs, cle, nomme, organismes);
    }
    nommes
}

fn verifier(champs: &Champs<'_>, cle: &str, nomme: &str, organismes: &[&str]) {
    if !nomme.is_empty() && !organismes.contains(&nomme) {
        champs.refuser(
            cle,
            format!("« {nomme} » n'est ni un service, ni un contact, ni un organisme connu"),
            format!("Choisissez : {}.", enumerer(organismes.iter())),
        );
    }
}
