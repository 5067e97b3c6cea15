//! Les alertes qui attendent une réponse : à chacun les siennes, les plus tardives d'abord.

use ccapex::coordination::alertes::{Attente, attentes};
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, liste_des_alertes};
use ccapex::profil::Profil;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::ordre::{Curseur, Tri};
use stockage::liste::{Compte, Filtre};

use super::{cours, relus_par};
use crate::dossiers::lister::Liste;
use crate::dossiers::ouvrir::DossierOuvert;
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
    /// Elle lui a été adressée, et attend encore : même tard, elle peut répondre.
    pub adressee: bool,
}

/// Les alertes d'une page de dossiers.
#[derive(Clone, Debug)]
pub struct FileDAlertes {
    /// Ce qui attend, le plus tardif d'abord.
    pub attentes: Vec<AttenteDeDossier>,
    /// Les dossiers de la page, et leur nombre.
    pub liste: Liste,
}

/// Lesquelles montrer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quelles {
    /// Celles qui attendent cette personne : pour un organisme, même dans le dossier d'un autre.
    PourMoi,
    /// Celles du périmètre dont le délai est passé.
    Tardives,
    /// Toutes celles du périmètre qui attendent.
    EnAttente,
}

/// Où les chercher. Le secrétariat répond aussi pour qui n'a pas de compte : sa liste est tenue ; les
/// autres cherchent les dossiers où leur organisme doit une réponse.
fn ou_chercher(agent: &Agent, quelles: Quelles) -> Filtre {
    let liste = match quelles {
        Quelles::PourMoi if agent.tient_le_secretariat() => liste_des_alertes("secretariat"),
        Quelles::PourMoi => return Filtre { a_repondre: true, ..tout(Tri::Echeance) },
        // Qui n'a que sa part n'y voit que ses propres alertes.
        Quelles::Tardives | Quelles::EnAttente if !agent.suit_des_menages() => {
            return Filtre { a_repondre: true, ..tout(Tri::Echeance) };
        }
        Quelles::Tardives => ListeDeSuivi::AlerteSansReponse.code().to_owned(),
        Quelles::EnAttente => ListeDeSuivi::AlerteEnAttente.code().to_owned(),
    };
    Filtre { liste: Some(liste), ..tout(Tri::Echeance) }
}

/// Le nombre de dossiers où une alerte attend cette personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn pour_moi(maison: &Maison, agent: &Agent) -> Result<Compte, Echec> {
    let perimetre = agent.perimetre();
    if agent.tient_le_secretariat() {
        let filtre = ou_chercher(agent, Quelles::PourMoi);
        return Ok(maison.stockage.compter(&perimetre, &filtre).await?);
    }
    Ok(Compte::Exact(maison.stockage.a_repondre(&perimetre).await?))
}

/// Les alertes qui attendent une réponse.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(
    maison: &Maison,
    agent: &Agent,
    quelles: Quelles,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<FileDAlertes, Echec> {
    let filtre = Filtre { apres, ..ou_chercher(agent, quelles) };
    let (liste, dossiers) = relus_par(maison, agent, &filtre, aujourd_hui).await?;
    let mut toutes = Vec::new();
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let entier = agent.perimetre().portee(&vue.situation()) == Some(Portee::Entier);
        let attentes = du_dossier(agent, &vue, &dossier, &profil, aujourd_hui);
        toutes.extend(attentes.into_iter().filter(|a| entier || a.pour_moi).filter(
            |a| match quelles {
                Quelles::PourMoi => a.pour_moi,
                Quelles::Tardives => a.en_retard,
                Quelles::EnAttente => a.attente.en_attente(),
            },
        ));
    }
    toutes.sort_by(|a, b| {
        let place = |a: &AttenteDeDossier| (!a.pour_moi, a.attente.avant_le);
        place(a).cmp(&place(b)).then_with(|| a.dossier.reference.cmp(&b.dossier.reference))
    });
    Ok(FileDAlertes { attentes: toutes, liste })
}

/// Ce que les alertes d'un dossier ouvert attendent, dans la part que cette personne en voit.
#[must_use]
pub fn de_l_ouvert(
    agent: &Agent,
    ouvert: &DossierOuvert,
    aujourd_hui: Date,
) -> Vec<AttenteDeDossier> {
    let horloge = Horloge::au(aujourd_hui);
    let attente = |attente: &Attente| en_dossier(agent, &ouvert.vue, attente.clone(), &horloge);
    ouvert.attentes.iter().map(attente).collect()
}

fn en_dossier(
    agent: &Agent,
    vue: &VueDossier,
    attente: Attente,
    horloge: &Horloge,
) -> AttenteDeDossier {
    let a_qui = attente.a_qui(horloge).to_owned();
    let adressee = attente.en_attente() && repond(agent, &attente.destinataire, &attente.guichet);
    AttenteDeDossier {
        adressee,
        en_retard: attente.sans_reponse(horloge),
        pour_moi: attente.en_attente() && repond(agent, &a_qui, attente.au_guichet(horloge)),
        dossier: vue.clone(),
        a_qui,
        attente,
    }
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
        .map(|attente| en_dossier(agent, vue, attente, &horloge))
        .collect()
}

/// Cette personne répond à ce qu'on demande à celui-là : c'est elle, ou elle tient son guichet.
fn repond(agent: &Agent, a_qui: &str, guichet: &str) -> bool {
    agent.est(guichet) || agent.est(a_qui)
}
