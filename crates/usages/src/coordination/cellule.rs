//! Ce que la cellule technique regarde : les cas complexes à décider, et les ménages que personne n'a
//! pris en charge.

use ccapex::coordination::complexite::{Proposition, propositions};
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::Prise;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::ordre::Curseur;

use super::{cours, relus};
use crate::dossiers::lister::Liste;
use crate::echec::Echec;
use crate::maison::Maison;

/// Un cas proposé, avec ses raisons.
#[derive(Clone, Debug)]
pub struct CasPropose {
    /// Le dossier.
    pub dossier: VueDossier,
    /// Les critères remplis dont personne n'a décidé.
    pub propositions: Vec<Proposition>,
}

/// Un ménage que personne n'a pris en charge.
#[derive(Clone, Debug)]
pub struct AReattribuer {
    /// Le dossier.
    pub dossier: VueDossier,
    /// La dernière réponse d'un service ; rien quand aucun n'a répondu.
    pub derniere: Option<Prise>,
    /// Ceux qui l'ont refusé : on ne le leur repropose pas sans raison.
    pub services_qui_ont_refuse: Vec<String>,
}

/// Les cas complexes proposés, qu'une personne décide.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn cas_proposes(
    maison: &Maison,
    agent: &Agent,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<(Vec<CasPropose>, Liste), Echec> {
    let quelle = ListeDeSuivi::ComplexePropose;
    let (liste, dossiers) = relus(maison, agent, quelle, apres, aujourd_hui).await?;
    let horloge = Horloge::au(aujourd_hui);
    let mut cas = Vec::with_capacity(dossiers.len());
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let cours = cours(&dossier, &profil, &horloge);
        let propositions = propositions(&dossier, &cours, &profil, &horloge);
        if !propositions.is_empty() {
            cas.push(CasPropose { dossier: vue, propositions });
        }
    }
    Ok((cas, liste))
}

/// Les ménages qu'un service a refusés, ou pour lesquels personne n'a répondu à temps.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn a_reattribuer(
    maison: &Maison,
    agent: &Agent,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<(Vec<AReattribuer>, Liste), Echec> {
    use ccapex::acte::codes::IssueDePriseEnCharge::Refusee;
    let quelle = ListeDeSuivi::NonPrisEnCharge;
    let (liste, dossiers) = relus(maison, agent, quelle, apres, aujourd_hui).await?;
    let horloge = Horloge::au(aujourd_hui);
    let mut menages = Vec::with_capacity(dossiers.len());
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let cours = cours(&dossier, &profil, &horloge);
        let refus = cours.prises_en_charge.iter().filter(|p| p.issue == Refusee);
        menages.push(AReattribuer {
            services_qui_ont_refuse: refus.map(|p| p.service.clone()).collect(),
            derniere: cours.prises_en_charge.last().cloned(),
            dossier: vue,
        });
    }
    Ok((menages, liste))
}
