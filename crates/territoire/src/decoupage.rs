//! Communes, arrondissements, départements, EPCI : ce que dit le code officiel géographique.

use crate::donnees::donnees;

/// D'où viennent les données. Montrée avec elles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Le nom du jeu de données et de ses producteurs.
    pub nom: &'static str,
    /// L'année du code officiel géographique.
    pub annee: u16,
    /// La licence de réutilisation.
    pub licence: &'static str,
}

/// Une commune d'aujourd'hui, ou un arrondissement municipal de Paris, Lyon ou Marseille.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commune {
    /// Code officiel géographique : « 62041 », « 75109 ».
    pub code: &'static str,
    /// Le nom officiel, avec ses accents et son article.
    pub nom: &'static str,
    /// Code du département : « 62 », « 2A », « 974 ».
    pub departement: &'static str,
    /// Code de l'arrondissement (sous-préfecture) ; absent hors des départements.
    pub arrondissement: Option<&'static str>,
    /// Numéro de l'EPCI à fiscalité propre, s'il y en a un.
    pub epci: Option<&'static str>,
    /// Les codes postaux qui la desservent, sans les CEDEX.
    pub codes_postaux: &'static [&'static str],
    /// Pour un arrondissement municipal, le code de sa ville.
    pub ville: Option<&'static str>,
}

/// Un arrondissement au sens des sous-préfectures.
#[derive(Debug, PartialEq, Eq)]
pub struct Arrondissement {
    /// Le code du département et un rang : « 621 ».
    pub code: &'static str,
    /// Le nom officiel.
    pub nom: &'static str,
    /// Code du département.
    pub departement: &'static str,
}

/// Un département, ou une collectivité d'outre-mer qui en tient lieu.
#[derive(Debug, PartialEq, Eq)]
pub struct Departement {
    /// « 62 », « 2A », « 974 ».
    pub code: &'static str,
    /// Le nom officiel.
    pub nom: &'static str,
}

/// Un établissement public de coopération intercommunale à fiscalité propre.
#[derive(Debug, PartialEq, Eq)]
pub struct Epci {
    /// Numéro SIREN.
    pub code: &'static str,
    /// CC, CA, CU, METRO ou MET69.
    pub nature: &'static str,
    /// Le nom, nature comprise.
    pub nom: &'static str,
}

/// D'où viennent les données, de quelle année, sous quelle licence.
pub fn source() -> Source {
    donnees().source
}

/// La commune ou l'arrondissement municipal de ce code, aujourd'hui.
///
/// Un ancien code n'en est pas un : voir [`actuelle`].
pub fn commune(code: &str) -> Option<&'static Commune> {
    let communes = &donnees().communes;
    communes.binary_search_by_key(&code, |c| c.code).ok().map(|i| &communes[i])
}

/// La commune d'aujourd'hui qui répond à ce code, fût-il celui d'une commune disparue,
/// déléguée ou associée.
pub fn actuelle(code: &str) -> Option<&'static Commune> {
    commune(code).or_else(|| {
        let anciens = &donnees().anciens_codes;
        let rang = anciens.binary_search_by_key(&code, |(ancien, _)| ancien).ok()?;
        commune(anciens[rang].1)
    })
}

/// L'arrondissement de ce code.
pub fn arrondissement(code: &str) -> Option<&'static Arrondissement> {
    donnees().arrondissements.iter().find(|a| a.code == code)
}

/// Le département de ce code.
pub fn departement(code: &str) -> Option<&'static Departement> {
    donnees().departements.iter().find(|d| d.code == code)
}

/// L'EPCI de ce numéro.
pub fn epci(code: &str) -> Option<&'static Epci> {
    donnees().epci.iter().find(|e| e.code == code)
}

/// Tous les départements, dans l'ordre de leurs codes.
pub fn departements() -> impl Iterator<Item = &'static Departement> {
    donnees().departements.iter()
}

/// Toutes les communes et tous les arrondissements municipaux, dans l'ordre de leurs codes.
pub fn communes() -> impl Iterator<Item = &'static Commune> {
    donnees().communes.iter()
}

/// Les communes d'un arrondissement, arrondissements municipaux compris.
pub fn communes_de_l_arrondissement(code: &str) -> impl Iterator<Item = &'static Commune> {
    communes().filter(move |c| c.arrondissement == Some(code))
}

/// Les communes d'un département, arrondissements municipaux compris.
pub fn communes_du_departement(code: &str) -> impl Iterator<Item = &'static Commune> {
    communes().filter(move |c| c.departement == code)
}

/// Les communes membres d'un EPCI, arrondissements municipaux compris.
pub fn communes_de_l_epci(code: &str) -> impl Iterator<Item = &'static Commune> {
    communes().filter(move |c| c.epci == Some(code))
}

/// Les communes que dessert un code postal. À Paris, Lyon et Marseille, l'arrondissement
/// municipal et non la ville. Un CEDEX n'en dessert aucune.
pub fn communes_du_code_postal(code: &str) -> impl Iterator<Item = &'static Commune> {
    let donnees = donnees();
    let debut = donnees.par_code_postal.partition_point(|(cp, _)| *cp < code);
    donnees.par_code_postal[debut..]
        .iter()
        .take_while(move |(cp, _)| *cp == code)
        .map(|(_, rang)| &donnees.communes[*rang])
}
