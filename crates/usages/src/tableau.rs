//! Les images d'un territoire : stades, communes, retards. Des nombres seulement.

use std::collections::BTreeMap;

use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::compteurs::images::Images;

use crate::echec::Echec;
use crate::maison::Maison;

/// Ce que le tableau de bord dessine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tableau {
    /// Les dossiers ouverts par stade.
    pub stades: BTreeMap<String, i64>,
    /// Les dossiers ouverts de chaque commune qui en a.
    pub communes: Vec<DansUneCommune>,
    /// Les dossiers ouverts de chaque service, et ceux en retard.
    pub services: Vec<DUnService>,
}

/// Les dossiers ouverts d'une commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DansUneCommune {
    /// Le code INSEE.
    pub code: String,
    /// Le nom, ou le code quand il est inconnu.
    pub nom: String,
    /// L'arrondissement ; vide s'il est inconnu.
    pub arrondissement: String,
    /// Combien.
    pub ouverts: i64,
}

/// Les dossiers ouverts d'un service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DUnService {
    /// Le code du service ; vide, sans service.
    pub code: String,
    /// Combien.
    pub ouverts: i64,
    /// Combien ont une étape en retard.
    pub en_retard: i64,
}

/// Les nombres du périmètre d'une personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn tableau(maison: &Maison, agent: &Agent, aujourd_hui: Date) -> Result<Tableau, Echec> {
    let Images { stades, communes, services, mut en_retard } =
        maison.stockage.images(&agent.perimetre(), aujourd_hui).await?;
    Ok(Tableau {
        stades,
        communes: communes.into_iter().map(|(code, n)| dans_une_commune(code, n)).collect(),
        services: services
            .into_iter()
            .map(|(code, ouverts)| DUnService {
                en_retard: en_retard.remove(&code).unwrap_or_default(),
                code,
                ouverts,
            })
            .collect(),
    })
}

/// Le nom d'une commune, ou son code quand il est inconnu.
#[must_use]
pub fn nom_de_commune(code: &str) -> String {
    territoire::commune(code).map_or_else(|| code.to_owned(), |commune| commune.nom.to_owned())
}

fn dans_une_commune(code: String, ouverts: i64) -> DansUneCommune {
    let commune = territoire::commune(&code);
    let arrondissement = commune
        .and_then(|c| territoire::arrondissement(c.arrondissement?))
        .map_or("", |arrondissement| arrondissement.nom);
    DansUneCommune {
        nom: nom_de_commune(&code),
        arrondissement: arrondissement.to_owned(),
        code,
        ouverts,
    }
}
