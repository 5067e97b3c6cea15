//! Reconnaître une commune dans ce que les gens écrivent : capitales, abréviations, CEDEX,
//! noms d'autrefois, zéro perdu. Ce qui est ambigu ou inconnu est dit, jamais deviné.
//!
//! L'ordre de lecture est celui du traitement : `saisie` lit le texte, `contexte` ce que les
//! codes postaux en disent, `choix` décide, `abrege` et `proches` aident quand le nom manque,
//! `villes` traite Paris, Lyon et Marseille.

mod abrege;
mod choix;
mod contexte;
mod proches;
mod saisie;
mod villes;

use crate::Commune;
use crate::donnees::{Nature, Nom, donnees};
use contexte::Contexte;
use saisie::Saisie;

/// Ce qu'une recherche a donné.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouvaille {
    /// Une seule commune convient. `motifs` dit ce qui n'allait pas de soi ; vide, le nom est le sien.
    Commune {
        /// La commune d'aujourd'hui.
        commune: &'static Commune,
        /// Phrases prêtes à lire : ancienne commune, code postal contradictoire…
        motifs: Vec<String>,
    },
    /// Plusieurs communes conviennent : une personne choisit. Les plus plausibles d'abord.
    Ambigue(Vec<&'static Commune>),
    /// Aucune commune ne porte ce nom.
    Inconnue {
        /// Cinq communes au plus, aux noms voisins, les plus proches d'abord.
        proches: Vec<&'static Commune>,
    },
}

impl Trouvaille {
    /// La commune, si elle est certaine.
    pub fn commune(&self) -> Option<&'static Commune> {
        match self {
            Trouvaille::Commune { commune, .. } => Some(commune),
            Trouvaille::Ambigue(_) | Trouvaille::Inconnue { .. } => None,
        }
    }
}

/// Cherche la commune qu'une personne a voulu écrire.
///
/// - `texte` : le nom, éventuellement avec un code postal, un CEDEX, un arrondissement.
/// - `code_postal` : la colonne à côté, si elle existe ; son zéro de tête peut manquer.
/// - `departement_prefere` : celui du territoire qui reçoit ; départage des homonymes quand
///   aucun code postal ne le fait, et rien d'autre.
///
/// Pour Paris, Lyon et Marseille, la réponse est l'arrondissement municipal. Pour une ancienne
/// commune, celle d'aujourd'hui. Un code postal qui contredit le nom est dit dans les motifs si le
/// nom suffit dans le même département ; sinon la réponse est [`Trouvaille::Ambigue`].
///
/// Ne corrige pas les fautes de frappe : les noms voisins sont proposés, pas choisis.
pub fn trouver(
    texte: &str,
    code_postal: Option<&str>,
    departement_prefere: Option<&str>,
) -> Trouvaille {
    let plie = crate::texte::plier(texte);
    let saisie = Saisie::lire(&plie);
    let contexte = Contexte::lire(code_postal, &saisie, departement_prefere);

    if let Some(ville) = villes::reconnaitre(&saisie) {
        return villes::trouver(ville, &contexte);
    }
    if saisie.mots.is_empty() {
        return choix::par_code_postal(&contexte);
    }
    choix::par_nom(&saisie, &contexte, &candidats(&saisie))
}

/// Les communes d'un département qui portent ou ont porté ce nom, entier : pour lire une question où la
/// commune n'a pas sa colonne. Ni code postal, ni noms voisins.
#[must_use]
pub fn de_ce_nom(texte: &str, departement: &str) -> Vec<&'static Commune> {
    let plie = crate::texte::plier(texte);
    let saisie = Saisie::lire(&plie);
    let mut communes: Vec<&'static Commune> = candidats(&saisie)
        .into_iter()
        .map(|nom| &donnees().communes[nom.commune])
        .filter(|commune| commune.departement == departement && !saisie.mots.is_empty())
        .collect();
    communes.sort_by_key(|commune| commune.code);
    communes.dedup_by_key(|commune| commune.code);
    communes
}

/// Les noms qui ont la clé de la saisie, quelle que soit la lecture de ses « s/ ».
fn candidats(saisie: &Saisie) -> Vec<&'static Nom> {
    let noms = &donnees().noms;
    let mut trouves: Vec<&'static Nom> = Vec::new();
    for cle in saisie.cles() {
        let debut = noms.partition_point(|nom| nom.cle < cle);
        trouves.extend(noms[debut..].iter().take_while(|nom| nom.cle == cle));
    }
    trouves
}

/// Pourquoi un ancien nom mène à la commune d'aujourd'hui.
fn motif_ancien_nom(nom: &Nom, commune: &Commune) -> Option<String> {
    let fut = match nom.nature {
        Nature::Actuelle => return None,
        Nature::Deleguee => "une commune déléguée",
        Nature::Associee => "une commune associée",
        Nature::Disparue => "un ancien nom",
    };
    Some(format!(
        "« {} » est {fut} : la commune est aujourd'hui {} ({}).",
        nom.nom, commune.nom, commune.code
    ))
}
