//! Les alertes qui attendent une réponse : à chacun les siennes, les plus tardives d'abord.

use std::collections::BTreeMap;

use ccapex::coordination::alertes::{Attente, attentes};
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::{Perimetre, liste_des_alertes};
use ccapex::profil::Profil;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::{Compte, Curseur, Filtre, Tri};

use super::{cours, relus_dans};
use crate::dossiers::charger::pour_une_alerte;
use crate::dossiers::lister::Liste;
use crate::dossiers::ouvrir::textes;
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

/// Lesquelles montrer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quelles {
    /// Celles qui attendent cette personne : pour un service, même dans le dossier d'un autre.
    PourMoi,
    /// Celles du périmètre dont le délai est passé.
    Tardives,
    /// Toutes celles du périmètre qui attendent.
    EnAttente,
}

/// Où les chercher : le périmètre et la liste de suivi.
fn ou_chercher(agent: &Agent, quelles: Quelles) -> (Perimetre, String) {
    let liste = match quelles {
        Quelles::PourMoi => {
            return (agent.perimetre_des_alertes(), liste_des_alertes(guichet_de(agent)));
        }
        Quelles::Tardives => ListeDeSuivi::AlerteSansReponse,
        Quelles::EnAttente => ListeDeSuivi::AlerteEnAttente,
    };
    (agent.perimetre(), liste.code().to_owned())
}

/// Le nombre de dossiers où une alerte attend cette personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn pour_moi(maison: &Maison, agent: &Agent) -> Result<Compte, Echec> {
    let (perimetre, liste) = ou_chercher(agent, Quelles::PourMoi);
    let filtre = Filtre { liste: Some(liste), ..tout(Tri::Echeance) };
    Ok(maison.stockage.compter(&perimetre, &filtre).await?)
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
    let (perimetre, liste) = ou_chercher(agent, quelles);
    let filtre = Filtre { liste: Some(liste), apres, ..tout(Tri::Echeance) };
    let (liste, dossiers) = relus_dans(maison, &perimetre, &filtre, aujourd_hui).await?;
    let mut toutes = Vec::new();
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let attentes = du_dossier(agent, &vue, &dossier, &profil, aujourd_hui);
        toutes.extend(attentes.into_iter().filter(|a| match quelles {
            Quelles::PourMoi => a.pour_moi,
            Quelles::Tardives => a.en_retard,
            Quelles::EnAttente => a.attente.en_attente(),
        }));
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
    let ici = guichet_de(agent);
    attentes(&cours(dossier, profil, &horloge), profil, &vue.service)
        .into_iter()
        .map(|attente| AttenteDeDossier {
            en_retard: attente.sans_reponse(&horloge),
            pour_moi: attente.en_attente() && attente.au_guichet(&horloge) == ici,
            a_qui: attente.a_qui(&horloge).to_owned(),
            dossier: vue.clone(),
            attente,
        })
        .collect()
}

/// Ce qu'un dossier attend de cette personne, et rien de plus.
#[derive(Clone, Debug)]
pub struct AlertesRecues {
    /// Le dossier : sa référence, le ménage, l'adresse et le service à qui parler.
    pub dossier: VueDossier,
    /// Les alertes qui l'attendent.
    pub attentes: Vec<AttenteDeDossier>,
    /// Les mots de chaque alerte, par fait.
    pub contenus: BTreeMap<String, String>,
}

/// Ouvre les alertes qu'un dossier adresse à cette personne, et l'inscrit au registre des accès.
///
/// Un service alerté répond sans voir le dossier d'un autre : ni notices, ni actes, ni dette.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] quand aucune alerte ne l'attend.
pub async fn recues(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<AlertesRecues, Echec> {
    let lu = pour_une_alerte(maison, agent, reference).await?;
    maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
    let profil = maison.profil(&lu.vue.profil)?;
    let mut attentes = du_dossier(agent, &lu.vue, &lu.charge.dossier(), &profil, aujourd_hui);
    attentes.retain(|a| a.pour_moi);
    let contenus = textes(&lu)
        .into_iter()
        .filter(|(fait, _)| attentes.iter().any(|a| a.attente.fait == *fait))
        .filter_map(|(fait, mut dits)| Some((fait, dits.remove("contenu")?)))
        .collect();
    Ok(AlertesRecues { dossier: lu.vue, attentes, contenus })
}

/// Au nom de qui cette personne répond ; vide pour qui ne répond à personne.
fn guichet_de(agent: &Agent) -> &str {
    match agent.role {
        Role::SecretariatCentral | Role::SecretariatSousCommission => "secretariat",
        Role::ServiceSocial | Role::OrganismePayeur => agent.service.as_deref().unwrap_or(""),
        Role::Administrateur | Role::CommissaireDeJustice | Role::Lecteur => "",
    }
}
