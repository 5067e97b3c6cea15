//! Les alertes qui attendent une réponse : à chacun les siennes, les plus tardives d'abord.

use ccapex::coordination::alertes::{Attente, attentes};
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::profil::Profil;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::{Curseur, Filtre, Tri};

use super::{cours, relus};
use crate::dossiers::lister::Liste;
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une alerte attend, dans son dossier.
#[derive(Clone, Debug)]
pub struct AttenteDeDossier {
    /// Le dossier.
    pub dossier: VueDossier,
    /// L'attente.
    pub attente: Attente,
    /// Celui qui doit agir aujourd'hui : le destinataire, ou le relais s'il s'est tu.
    pub a_qui: String,
    /// Le délai est passé.
    pub en_retard: bool,
    /// C'est à cette personne de répondre.
    pub pour_moi: bool,
}

/// Les alertes d'une page de dossiers.
#[derive(Clone, Debug)]
pub struct FileDAlertes {
    /// Ce qui attend, le plus tardif d'abord.
    pub attentes: Vec<AttenteDeDossier>,
    /// Les dossiers de la page, et leur nombre.
    pub liste: Liste,
}

/// Les alertes en attente de réponse ; `tardives` : celles dont le délai est passé.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(
    maison: &Maison,
    agent: &Agent,
    tardives: bool,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<FileDAlertes, Echec> {
    let liste =
        if tardives { ListeDeSuivi::AlerteSansReponse } else { ListeDeSuivi::AlerteEnAttente };
    let filtre = Filtre { liste: Some(liste.code().to_owned()), apres, ..tout(Tri::Echeance) };
    let (liste, dossiers) = relus(maison, agent, &filtre, aujourd_hui).await?;
    let mut toutes = Vec::new();
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        toutes.extend(
            du_dossier(agent, &vue, &dossier, &profil, aujourd_hui)
                .into_iter()
                .filter(|a| a.attente.en_attente() && (a.en_retard || !tardives)),
        );
    }
    toutes.sort_by(|a, b| {
        let place = |a: &AttenteDeDossier| (!a.pour_moi, a.attente.avant_le);
        place(a).cmp(&place(b)).then_with(|| a.dossier.reference.cmp(&b.dossier.reference))
    });
    Ok(FileDAlertes { attentes: toutes, liste })
}

/// Ce que les alertes d'un dossier attendent, répondues comprises, dans leur ordre.
#[must_use]
pub fn du_dossier(
    agent: &Agent,
    vue: &VueDossier,
    dossier: &Dossier,
    profil: &Profil,
    aujourd_hui: Date,
) -> Vec<AttenteDeDossier> {
    let horloge = Horloge::au(aujourd_hui);
    attentes(&cours(dossier, profil, &horloge), profil, &vue.service)
        .into_iter()
        .map(|attente| {
            let a_qui = attente.a_qui(&horloge).to_owned();
            AttenteDeDossier {
                en_retard: attente.sans_reponse(&horloge),
                pour_moi: attente.en_attente() && est(agent, &a_qui),
                dossier: vue.clone(),
                a_qui,
                attente,
            }
        })
        .collect()
}

/// Cette personne répond au nom de ce service ou de cet organisme.
#[must_use]
pub fn est(agent: &Agent, qui: &str) -> bool {
    match agent.role {
        Role::SecretariatCentral | Role::SecretariatSousCommission => {
            ["secretariat", "sous_commission", "cellule_technique", "commission"].contains(&qui)
        }
        Role::ServiceSocial => agent.service.as_deref() == Some(qui) || qui == "service_social",
        Role::OrganismePayeur => agent.service.as_deref() == Some(qui) || qui == "organisme_payeur",
        Role::Administrateur | Role::CommissaireDeJustice | Role::Lecteur => false,
    }
}
