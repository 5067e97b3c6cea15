//! Ce qu'une alerte attend de chacun de ses destinataires, et avant quand.

use std::collections::BTreeSet;

use droit::calendrier::Territoire;
use droit::delai::Report;
use droit::jour::Jour;
use jiff::civil::Date;

use crate::acte::codes::CodeDAlerte;
use crate::acte::gabarit::gabarit;
use crate::cours::horloge::Horloge;
use crate::cours::{AlerteLevee, Cours};
use crate::dossier::Dossier;
use crate::profil::{Moment, Profil, SERVICE_EN_CHARGE};

const SECRETARIAT: &str = "secretariat";

/// Les services d'un organisme payeur.
const PAYEURS: [&str; 2] = ["caf", "msa"];

/// Ce qu'une alerte attend d'un destinataire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attente {
    /// Le moment clé.
    pub code: CodeDAlerte,
    /// Le fait qui a levé l'alerte.
    pub fait: String,
    /// Le jour de l'alerte.
    pub le: Date,
    /// Le service ou l'organisme qui doit répondre.
    pub destinataire: String,
    /// Pourquoi on l'alerte.
    pub objectif: String,
    /// Ce qu'on attend de lui.
    pub attendu: String,
    /// Dernier jour pour répondre, compris.
    pub avant_le: Date,
    /// Celui qui répond ici pour lui : lui-même s'il a un compte, sinon le secrétariat.
    pub guichet: String,
    /// À qui l'alerte revient s'il se tait.
    pub relais: String,
    /// Celui qui répond ici pour le relais.
    pub guichet_du_relais: String,
    /// Le jour de sa réponse.
    pub repondu_le: Option<Date>,
    /// Pourquoi, et d'après quel texte.
    pub motifs: Vec<String>,
}

impl Attente {
    /// Le destinataire n'a pas répondu.
    #[must_use]
    pub fn en_attente(&self) -> bool {
        self.repondu_le.is_none()
    }

    /// Il n'a pas répondu à temps : l'alerte revient au relais.
    #[must_use]
    pub fn sans_reponse(&self, horloge: &Horloge) -> bool {
        self.en_attente() && horloge.passe(self.avant_le)
    }

    /// Celui qui doit agir aujourd'hui : le destinataire, ou le relais s'il s'est tu.
    #[must_use]
    pub fn a_qui(&self, horloge: &Horloge) -> &str {
        if self.sans_reponse(horloge) { &self.relais } else { &self.destinataire }
    }

    /// Celui dont la file montre l'alerte aujourd'hui.
    #[must_use]
    pub fn au_guichet(&self, horloge: &Horloge) -> &str {
        if self.sans_reponse(horloge) { &self.guichet_du_relais } else { &self.guichet }
    }
}

/// Ceux dont la file montre une alerte de ce dossier aujourd'hui, qu'il leur soit confié ou non.
///
/// `service` est le service en charge. Aucun si le dossier est clos, ou suivi dans un autre.
#[must_use]
pub fn appeles(
    dossier: &Dossier,
    cours: &Cours<'_>,
    service: &str,
    profil: &Profil,
    horloge: &Horloge,
) -> BTreeSet<String> {
    if cours.alertes.is_empty() || cours.clos.is_some() || dossier.joint_a.is_some() {
        return BTreeSet::new();
    }
    attentes(cours, profil, service)
        .iter()
        .filter(|attente| attente.en_attente())
        .map(|attente| attente.au_guichet(horloge).to_owned())
        .collect()
}

/// Qui répond ici au nom de cet organisme : un service du territoire répond pour lui-même ; ceux qui
/// n'ont pas de compte, le secrétariat les sollicite et note ce qu'ils répondent.
///
/// L'organisme payeur et le service social d'un ménage ne sont connus que s'ils en ont la charge :
/// alerter tous ceux du territoire montrerait le ménage à qui ne le suit pas.
fn guichet(qui: &str, service: &str, profil: &Profil) -> String {
    let payeur = PAYEURS.contains(&service);
    let suivi = service != SECRETARIAT;
    match qui {
        connu if profil.service(connu).is_some() => connu,
        "organisme_payeur" if payeur => service,
        "service_social" if suivi && !payeur => service,
        _ => SECRETARIAT,
    }
    .to_owned()
}

/// Ce que les alertes d'un dossier attendent, une ligne par destinataire, dans l'ordre des alertes.
///
/// `service` est le service en charge. Deux alertes du même moment n'attendent qu'une réponse de
/// chacun : celle qu'il doit déjà.
#[must_use]
pub fn attentes(cours: &Cours<'_>, profil: &Profil, service: &str) -> Vec<Attente> {
    let mut attentes: Vec<Attente> = Vec::new();
    for alerte in &cours.alertes {
        let moment = profil.moment(alerte.code);
        for role in destinataires(alerte, moment, service) {
            let attente = attente(alerte, moment, &role, service, profil);
            let deja_due = attentes.iter().any(|autre| {
                autre.code == attente.code
                    && autre.destinataire == attente.destinataire
                    && autre.en_attente()
            });
            if !(deja_due && attente.en_attente()) {
                attentes.push(attente);
            }
        }
    }
    attentes
}

/// Celui qui reçoit, et à quel titre.
struct Recoit {
    code: String,
    en_charge: bool,
}

/// Ceux que l'alerte nomme, sinon ceux du profil, sinon le secrétariat. Chacun une fois.
fn destinataires(alerte: &AlerteLevee, moment: Option<&Moment>, service: &str) -> Vec<Recoit> {
    let du_profil = moment.map(|m| m.destinataires.as_slice()).unwrap_or_default();
    let choisis = if alerte.destinataires.is_empty() { du_profil } else { &alerte.destinataires };
    let mut deja = BTreeSet::new();
    let mut recoivent: Vec<Recoit> = choisis
        .iter()
        .map(|qui| match qui.as_str() {
            SERVICE_EN_CHARGE => Recoit { code: service.to_owned(), en_charge: true },
            autre => Recoit { code: autre.to_owned(), en_charge: false },
        })
        .filter(|qui| deja.insert(qui.code.clone()))
        .collect();
    if recoivent.is_empty() {
        recoivent.push(Recoit { code: SECRETARIAT.to_owned(), en_charge: false });
    }
    recoivent
}

fn attente(
    alerte: &AlerteLevee,
    moment: Option<&Moment>,
    qui: &Recoit,
    service: &str,
    profil: &Profil,
) -> Attente {
    let relais = moment.map_or(SECRETARIAT, |m| m.relais.as_str());
    let delai = moment.map_or_else(|| profil.delai("reponse_alerte").valeur, |m| m.delai);
    let mut motifs = vec![format!("{}, le {}", ce_qui_alerte(alerte), Jour(alerte.le))];
    match moment {
        Some(moment) => {
            let reserve = if moment.a_valider { ", emprunté : à valider" } else { "" };
            motifs.push(format!("moment clé de la charte ({}{reserve})", moment.source));
            motifs.push(format!(
                "réponse attendue dans les {delai} ({})",
                moment.source_de_la_reponse
            ));
        }
        None => motifs.push(format!(
            "le profil ne décrit pas ce moment clé : délai de réponse, {delai} ({})",
            profil.delai("reponse_alerte").source
        )),
    }
    Attente {
        code: alerte.code,
        fait: alerte.fait.clone(),
        le: alerte.le,
        destinataire: qui.code.clone(),
        objectif: moment.map(|m| m.objectif.clone()).unwrap_or_default(),
        attendu: moment.map_or_else(|| "répondre à l'alerte".to_owned(), |m| m.attendu.clone()),
        avant_le: delai.echeance(alerte.le, Report::Aucun, &Territoire::Metropole).retenue,
        guichet: guichet(&qui.code, service, profil),
        relais: relais.to_owned(),
        guichet_du_relais: guichet(relais, service, profil),
        repondu_le: repondu_le(alerte, moment, qui, profil),
        motifs,
    }
}

/// « absence à l'audience », et l'acte qui l'a dit quand ce n'est pas une personne.
fn ce_qui_alerte(alerte: &AlerteLevee) -> String {
    let acte = gabarit(alerte.par).filter(|_| alerte.par != "alerte");
    match acte {
        Some(acte) => format!("{} (acte : {})", alerte.code.libelle(), acte.libelle),
        None => alerte.code.libelle().to_owned(),
    }
}

fn repondu_le(
    alerte: &AlerteLevee,
    moment: Option<&Moment>,
    qui: &Recoit,
    profil: &Profil,
) -> Option<Date> {
    let nommes = moment.map(|m| m.destinataires.as_slice()).unwrap_or_default();
    let repond = |nom: &str| {
        // Le service qui était en charge a répondu, avant qu'un autre ne le devienne.
        let alors_en_charge = qui.en_charge
            && profil.service(nom).is_some()
            && !nommes.iter().chain(&alerte.destinataires).any(|nomme| nomme == nom);
        nom.is_empty()
            || nom == qui.code
            || (qui.en_charge && nom == SERVICE_EN_CHARGE)
            || alors_en_charge
    };
    alerte.reponses.iter().find(|(nom, _)| repond(nom)).map(|(_, le)| *le)
}
