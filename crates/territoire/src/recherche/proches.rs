//! Quand aucun nom ne convient : les noms voisins, pour aider la personne qui corrigera.

use super::abrege;
use super::contexte::Contexte;
use super::saisie::Saisie;
use crate::Commune;
use crate::donnees::donnees;

const PROPOSEES: usize = 5;

/// Les communes aux noms voisins, les plus proches d'abord : celles du code postal, sinon du
/// département, sinon celles de France dont le nom a la même initiale.
pub(super) fn chercher(saisie: &Saisie, contexte: &Contexte) -> Vec<&'static Commune> {
    let ecrit: String = saisie.mots.concat();
    let mut trouvees = voisines(&ecrit, |c| contexte.dessert(c));
    let departements = match (contexte.departements.as_slice(), contexte.prefere) {
        ([], Some(prefere)) => vec![prefere],
        (connus, _) => connus.to_vec(),
    };
    if trouvees.is_empty() {
        for departement in &departements {
            trouvees.extend(abrege::reconnaitre_dans(saisie, departement));
        }
        trouvees.extend(voisines(&ecrit, |c| departements.contains(&c.departement)));
    }
    if trouvees.is_empty() && contexte.departements.is_empty() {
        trouvees = voisines(&ecrit, |_| true);
    }
    trouvees.dedup();
    trouvees.truncate(PROPOSEES);
    trouvees
}

/// Deux fautes au plus, une seule si le nom est court, aucune sur l'initiale.
fn voisines(ecrit: &str, convient: impl Fn(&Commune) -> bool) -> Vec<&'static Commune> {
    let Some(initiale) = ecrit.get(..1) else {
        return vec![];
    };
    let fautes = if ecrit.len() < 6 { 1 } else { 2 };
    let donnees = donnees();
    let debut = donnees.noms.partition_point(|nom| nom.cle.as_str() < initiale);
    let mut voisines: Vec<(usize, &'static Commune)> = donnees.noms[debut..]
        .iter()
        .take_while(|nom| nom.cle.starts_with(initiale))
        .filter(|nom| nom.cle.len().abs_diff(ecrit.len()) <= fautes)
        .map(|nom| (&nom.cle, &donnees.communes[nom.commune]))
        .filter(|(_, commune)| convient(commune))
        .map(|(cle, commune)| (strsim::damerau_levenshtein(ecrit, cle), commune))
        .filter(|(ecart, _)| *ecart <= fautes)
        .collect();
    voisines.sort_by_key(|(ecart, c)| (*ecart, c.code));
    voisines.into_iter().map(|(_, c)| c).collect()
}
