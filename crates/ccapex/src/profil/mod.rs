//! Le profil d'un territoire : sa commission, ses services, ses règles datées. Des données, pas du code.
//!
//! Un profil se lit dans des fichiers TOML décrits par `profils/LISEZMOI.md`. Un troisième
//! département s'ajoute par ses fichiers seuls. Un profil qui contredit la loi, ou se contredit,
//! est refusé avec tous ses défauts.
//!
//! Ordre de lecture : [`Profil`], puis un fichier par sujet ; `champs` lit, `defaut` dit.

mod alertes;
mod champs;
mod complexite;
mod comptes;
mod conservation;
mod defaut;
mod delais;
mod integres;
mod lettres;
mod listes;
mod moments;
mod partenaires;
mod perimetre;
mod reglement;
mod repartition;
mod seuils;
mod sous_commission;
mod valeurs;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use droit::delai::Delai;
use droit::source::Source;
use territoire::Commune;

pub use alertes::{Alerte, SujetDAlerte};
pub use champs::CHOIX_DU_PROFIL;
pub use complexite::{ConditionDeComplexite, CritereDeComplexite};
pub use comptes::RevueDesComptes;
pub use conservation::Conservation;
pub use defaut::DefautDeProfil;
pub use delais::Choix;
pub use lettres::ModeleDeLettre;
pub use listes::SeuilsDeListe;
pub use moments::{Moment, SERVICE_EN_CHARGE};
pub use partenaires::{
    Canal, Contact, ContactDeCommune, Destinataire, Dispositif, Membre, Service, Voix,
};
pub use perimetre::Perimetre;
pub use reglement::{Cadence, Reglement, Suivi};
pub use repartition::{Condition, Conditions, Critere, Regle, Repartie, Repartition};
pub use seuils::{ArreteDeSeuils, SeuilsInconnus};
pub use sous_commission::SousCommission;

use champs::Racine;
use defaut::Defauts;
use delais::Fonctionnement;
use sous_commission::Routes;

/// Un territoire, tel que ses fichiers le décrivent. Ne se construit que par [`Profil::lire`].
#[derive(Clone, Debug, PartialEq)]
pub struct Profil {
    /// Le code qu'on donne à `--profil`.
    pub code: String,
    /// Le nom du département : « Pas-de-Calais ».
    pub nom: String,
    /// Le code du département.
    pub departement: String,
    /// Le fuseau où la journée commence : « Europe/Paris ».
    pub fuseau: String,
    /// Les formations de la commission.
    pub sous_commissions: Vec<SousCommission>,
    /// Les services à qui un dossier peut être confié.
    pub services: Vec<Service>,
    /// Le service provisoire, tant qu'une réponse manque.
    pub service_par_defaut: String,
    /// Les membres de la commission.
    pub membres: Vec<Membre>,
    /// D'où vient la liste des membres.
    pub source_des_membres: Option<Source>,
    /// Les mesures qu'un avis peut activer.
    pub dispositifs: Vec<Dispositif>,
    /// Où trouver de l'aide.
    pub contacts: Vec<Contact>,
    /// Mairies et CCAS, quand le territoire les a saisis.
    pub mairies: Vec<ContactDeCommune>,
    /// Les arrêtés de seuils, du plus ancien au plus récent.
    pub arretes: Vec<ArreteDeSeuils>,
    /// Les versions du règlement intérieur, de la plus ancienne à la plus récente.
    pub reglements: Vec<Reglement>,
    /// Les réunions à tenir.
    pub cadences: Vec<Cadence>,
    /// Le suivi après séance, si le territoire en a un.
    pub suivi: Option<Suivi>,
    /// Les fondements de procédure que la commission traite.
    pub fondements: Choix<Vec<String>>,
    /// Les tables de répartition, de la plus ancienne à la plus récente.
    pub repartitions: Vec<Repartition>,
    /// Les modèles de lettres du territoire.
    pub lettres: Vec<ModeleDeLettre>,
    /// Les moments clés que le territoire décrit ; une alerte à un autre va au secrétariat.
    pub moments: Vec<Moment>,
    /// À quoi il reconnaît un cas complexe.
    pub criteres: Vec<CritereDeComplexite>,
    /// Ce qui fait entrer un dossier dans une liste de suivi.
    pub listes: SeuilsDeListe,
    /// Combien de temps il garde ce qu'il sait d'un ménage.
    pub conservation: Conservation,
    /// Quand regarder de nouveau un compte.
    pub comptes: RevueDesComptes,
    delais: BTreeMap<String, Choix<Delai>>,
    fonctionnement: Fonctionnement,
    routes: Routes,
}

/// Les fuseaux des territoires français.
const FUSEAUX: [&str; 12] = [
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "Indian/Reunion",
    "Indian/Mayotte",
    "America/Miquelon",
    "America/St_Barthelemy",
    "America/Marigot",
    "Pacific/Tahiti",
    "Pacific/Noumea",
    "Pacific/Wallis",
];

impl Profil {
    /// Lit un profil dans ses fichiers : un nom et un contenu chacun.
    ///
    /// Les fichiers `.toml` sont des tables ; les autres sont des modèles de lettres que
    /// `[[lettre]]` nomme. Les sections se répartissent entre les fichiers comme on veut.
    ///
    /// # Erreurs
    ///
    /// Tous les défauts à la fois, dans l'ordre des fichiers.
    pub fn lire(
        fichiers: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Result<Profil, Vec<DefautDeProfil>> {
        let defauts = Defauts::default();
        let mut tables = Vec::new();
        let mut autres = BTreeMap::new();
        for (nom, contenu) in fichiers {
            let (nom, contenu) = (nom.as_ref(), contenu.as_ref());
            if !nom.ends_with(".toml") {
                autres.insert(nom, contenu);
                continue;
            }
            match contenu.parse::<toml::Table>() {
                Ok(table) => tables.push((nom.to_owned(), table)),
                Err(erreur) => {
                    defauts.ajouter(nom, "", illisible(contenu, &erreur), "Corrigez cette ligne.")
                }
            }
        }
        let profil = Self::assembler(&Racine::nouvelle(&tables, &defauts), &autres);
        let mut defauts = defauts.tous();
        if defauts.is_empty() {
            return Ok(profil);
        }
        defauts.sort();
        defauts.dedup();
        Err(defauts)
    }

    fn assembler(racine: &Racine<'_>, autres: &BTreeMap<&str, &str>) -> Profil {
        let (code, nom, departement, fuseau) = identite(racine);
        let (sous_commissions, routes) = sous_commission::lire(racine, &departement);
        let (services, service_par_defaut) = partenaires::services(racine);
        let (membres, source_des_membres) = partenaires::membres(racine);
        let contacts = partenaires::contacts(racine);
        let profil = Profil {
            moments: moments::lire(racine, &services, &contacts),
            criteres: complexite::lire(racine),
            listes: listes::lire(racine),
            conservation: conservation::lire(racine),
            comptes: comptes::lire(racine),
            arretes: seuils::lire(racine, &departement),
            reglements: reglement::lire(racine),
            cadences: reglement::cadences(racine),
            suivi: reglement::suivi(racine),
            fondements: reglement::fondements(racine),
            repartitions: repartition::lire(racine, &services),
            dispositifs: partenaires::dispositifs(racine),
            contacts,
            mairies: partenaires::mairies(racine, &departement),
            lettres: lettres::lire(racine, autres),
            delais: delais::lire(racine),
            fonctionnement: delais::fonctionnement(racine),
            code,
            nom,
            departement,
            fuseau,
            sous_commissions,
            services,
            service_par_defaut,
            membres,
            source_des_membres,
            routes,
        };
        racine.verifier_que_tout_est_lu();
        profil
    }

    /// La sous-commission d'une commune ; aucune si elle est hors du département.
    pub fn sous_commission(&self, commune: &Commune) -> Option<&SousCommission> {
        self.routes.get(commune.code).and_then(|rang| self.sous_commissions.get(*rang))
    }

    /// La sous-commission de ce code.
    pub fn sous_commission_de_code(&self, code: &str) -> Option<&SousCommission> {
        self.sous_commissions.iter().find(|s| s.code == code)
    }

    /// Le service de ce code.
    pub fn service(&self, code: &str) -> Option<&Service> {
        self.services.iter().find(|s| s.code == code)
    }

    /// Le contact de ce code : « adil », « fsl », « service_social »…
    pub fn contact(&self, code: &str) -> Option<&Contact> {
        self.contacts.iter().find(|c| c.code == code)
    }

    /// La mairie ou le CCAS d'une commune, si le territoire l'a saisi.
    pub fn contact_de_commune(
        &self,
        commune: &Commune,
        qui: Destinataire,
    ) -> Option<&ContactDeCommune> {
        self.mairies.iter().find(|c| c.commune == commune.code && c.destinataire == qui)
    }

    /// La commission traite-t-elle les procédures de ce fondement ?
    pub fn accepte_le_fondement(&self, fondement: &str) -> bool {
        self.fondements.valeur.iter().any(|accepte| accepte == fondement)
    }
}

fn identite(racine: &Racine<'_>) -> (String, String, String, String) {
    let Some(champs) = racine.section("profil") else {
        return Default::default();
    };
    let departement = champs.texte("departement");
    if territoire::departement(&departement).is_none() {
        champs.refuser(
            "departement",
            format!("« {departement} » n'est pas un département"),
            "Écrivez son code : « 62 », « 2A », « 974 ».",
        );
    }
    let fuseau = champs.texte("fuseau");
    if !FUSEAUX.contains(&fuseau.as_str()) {
        champs.refuser(
            "fuseau",
            format!("« {fuseau} » n'est pas le fuseau d'un territoire français"),
            format!("Choisissez : {}.", champs::enumerer(FUSEAUX.iter())),
        );
    }
    champs.source();
    (champs.texte("code"), champs.texte("nom"), departement, fuseau)
}

fn illisible(contenu: &str, erreur: &toml::de::Error) -> String {
    let debut = erreur.span().map_or(0, |span| span.start);
    let ligne = contenu.get(..debut).map_or(1, |avant| avant.matches('\n').count() + 1);
    format!("le fichier n'est pas du TOML lisible, ligne {ligne}")
}
