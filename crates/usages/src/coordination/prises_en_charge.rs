//! Les ménages qu'un service n'a pas encore acceptés : il répond, ou le ménage revient à la cellule
//! technique.

use ccapex::acte::codes::IssueDePriseEnCharge;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use droit::calendrier::Territoire;
use jiff::ToSpan as _;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::{Curseur, Filtre, Tri};

use super::{cours, relire};
use crate::dossiers::lister::lister;
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;

const ETAPE: &str = "prendre_en_charge";

/// Un ménage qui attend la réponse de son service.
#[derive(Clone, Debug)]
pub struct APrendre {
    /// Le dossier.
    pub dossier: VueDossier,
    /// Le dernier jour pour répondre, compris.
    pub avant_le: Date,
    /// Le jour où le ménage lui a été proposé par une personne ; rien quand c'est par la table.
    pub propose_le: Option<Date>,
}

/// Les ménages à prendre en charge, les plus pressés d'abord.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// La page.
    pub menages: Vec<APrendre>,
    /// Où commence la suivante.
    pub suivant: Option<Curseur>,
}

/// Assez pour une matinée.
const PAGE: usize = 50;

/// Les ménages confiés à un service qui n'a pas répondu, dans le délai.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(
    maison: &Maison,
    agent: &Agent,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<File, Echec> {
    let profil = maison.profil(&agent.profil)?;
    let delai = profil.delai(ETAPE).valeur;
    let horloge = Horloge::au(aujourd_hui);
    // L'étape est due dans ce délai au plus tard : aucun ménage à prendre n'est au-delà.
    let fin = delai.terme(aujourd_hui, &Territoire::Metropole).saturating_add(1.day());
    let mut file = File::default();
    let mut filtre = Filtre {
        echeance_avant: Some(fin),
        apres,
        limite: 200,
        service: agent.service.clone(),
        ..tout(Tri::Echeance)
    };
    loop {
        let liste = lister(maison, agent, &filtre, aujourd_hui).await?;
        for (vue, dossier) in relire(maison, &liste.page.lignes).await? {
            let cours = cours(&dossier, &profil, &horloge);
            let reponse = cours.reponse_de(&vue.service);
            let propose_le = match reponse.map(|p| (p.issue, p.le)) {
                Some((IssueDePriseEnCharge::Acceptee, _)) => continue,
                Some((IssueDePriseEnCharge::Proposee, le)) => Some(le),
                Some((IssueDePriseEnCharge::Refusee | IssueDePriseEnCharge::Terminee, _))
                | None => None,
            };
            let depuis = propose_le.or_else(|| dossier.en_vigueur().map(|n| n.jugee_le).min());
            if let Some(avant_le) = depuis.map(|le| delai.terme(le, &Territoire::Metropole))
                && vue.service != "secretariat"
                && avant_le >= aujourd_hui
            {
                file.menages.push(APrendre { dossier: vue, avant_le, propose_le });
            }
        }
        match liste.page.suivant {
            Some(suivant) if file.menages.len() < PAGE => filtre.apres = Some(suivant),
            suivant => {
                file.suivant = suivant;
                file.menages.sort_by_key(|m| m.avant_le);
                return Ok(file);
            }
        }
    }
}
