//! Les ménages dont l'audience approche et que personne n'a joints.

use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::ordre::Curseur;

use super::{cours, relus};
use crate::dossiers::lister::Liste;
use crate::echec::Echec;
use crate::maison::Maison;

/// Un ménage à joindre avant son audience.
#[derive(Clone, Debug)]
pub struct AudienceProche {
    /// Le dossier.
    pub dossier: VueDossier,
    /// Le jour de l'audience.
    pub audience: Date,
    /// Les jours où l'on a cherché en vain à le joindre.
    pub tentatives: Vec<Date>,
    /// Le jour où le diagnostic a été demandé.
    pub mandat_le: Option<Date>,
}

/// Les ménages à joindre, l'audience la plus proche d'abord dans la page.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn audiences_proches(
    maison: &Maison,
    agent: &Agent,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<(Vec<AudienceProche>, Liste), Echec> {
    let quelle = ListeDeSuivi::AudienceProche;
    let (liste, dossiers) = relus(maison, agent, quelle, apres, aujourd_hui).await?;
    let horloge = Horloge::au(aujourd_hui);
    let mut menages = Vec::with_capacity(dossiers.len());
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let cours = cours(&dossier, &profil, &horloge);
        if let Some(audience) = cours.procedure.audience {
            menages.push(AudienceProche {
                dossier: vue,
                audience,
                tentatives: cours.tentatives.iter().copied().collect(),
                mandat_le: cours.dsf.demande_le,
            });
        }
    }
    menages.sort_by_key(|m| m.audience);
    Ok((menages, liste))
}
