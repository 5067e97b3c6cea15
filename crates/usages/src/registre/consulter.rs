//! Qui a lu ce dossier : avec les noms pour qui contrôle, sans eux pour le ménage.

use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::finalite::Finalite;
use jiff::Timestamp;
use stockage::acces::AccesNomme;
use stockage::exception;

use crate::echec::Echec;
use crate::maison::Maison;

/// Le registre d'un dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistreDuDossier {
    /// Sa référence.
    pub reference: String,
    /// Les accès, les derniers d'abord.
    pub acces: Vec<LigneDeRegistre>,
    /// Il y en a davantage que ce qui est montré.
    pub tronque: bool,
}

/// Un accès, en mots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneDeRegistre {
    /// L'instant.
    pub quand: Timestamp,
    /// Le nom de la personne.
    pub nom: String,
    /// Son organisme ce jour-là.
    pub organisme: String,
    /// Son rôle ce jour-là.
    pub role: String,
    /// Ce qu'elle a fait.
    pub geste: String,
    /// La page, ou les critères.
    pub objet: String,
    /// Pourquoi : la finalité de sa mission, et la raison qu'elle a dite s'il en fallait une.
    pub finalite: String,
    /// Combien de dossiers la même ligne concerne.
    pub dossiers: i64,
}

/// Au-delà, une page ne se lit plus.
const LIGNES: usize = 1_000;

/// Qui a lu ou écrit ce dossier. La consultation ne montre rien du ménage.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne contrôle pas les accès, ou hors de son profil.
pub async fn registre(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
) -> Result<RegistreDuDossier, Echec> {
    agent.controle_les_acces()?;
    let situation = maison.stockage.situation(reference.trim()).await?;
    let controle = agent.peut_controler(&situation.situation())?;
    let mut acces = maison.stockage.acces(&controle, LIGNES + 1).await?;
    let tronque = acces.len() > LIGNES;
    acces.truncate(LIGNES);
    Ok(RegistreDuDossier {
        reference: situation.reference,
        acces: acces.into_iter().map(en_mots).collect(),
        tronque,
    })
}

fn en_mots(lu: AccesNomme) -> LigneDeRegistre {
    let AccesNomme { acces, nom } = lu;
    let finalite = Finalite::de_code(&acces.auteur.finalite).map_or("", Finalite::libelle);
    let motif = &acces.auteur.motif;
    LigneDeRegistre {
        quand: acces.quand,
        nom: if nom.is_empty() { "Seuil, sans personne".to_owned() } else { nom },
        organisme: acces.auteur.organisme,
        role: Role::de_code(&acces.auteur.role)
            .map_or_else(String::new, |r| r.libelle().to_owned()),
        geste: geste_en_mots(&acces.geste).to_owned(),
        objet: acces.objet,
        finalite: if motif.is_empty() {
            finalite.to_owned()
        } else {
            format!("{finalite} — {motif}")
        },
        dossiers: acces.dossiers.nombre(),
    }
}

/// Ce qui a été fait, en mots.
#[must_use]
pub fn geste_en_mots(geste: &str) -> &str {
    match geste {
        "ouvrir" => "a ouvert le dossier",
        "telecharger" => "a emporté une lettre ou un imprimé",
        "interroger" => "a lu par l'interface de programme",
        "commander" => "a lu par une commande sur le serveur",
        "lister" => "a vu le dossier dans une liste",
        "chercher" => "a trouvé le dossier par une recherche",
        "exporter" => "a emporté un fichier où figure le dossier",
        "consigner" => "a noté un acte",
        "completer" => "a complété une notice",
        "joindre" | "separer" | "detacher" | "ecarter" => "a décidé d'un rapprochement",
        "noter_pour_les_siens" => "a écrit pour son organisme",
        exception::OUVRIR => "a ouvert le dossier par un accès exceptionnel",
        exception::FINIR => "a mis fin à un accès exceptionnel",
        exception::EXAMINER => "a examiné un accès exceptionnel",
        "ecrire" => "a reçu une notice ou écrit au dossier",
        "effacer" => "a effacé l'identité du ménage",
        "exporter_la_personne" => "a remis au ménage ses données",
        autre => autre,
    }
}
