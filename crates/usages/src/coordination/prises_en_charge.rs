//! Les ménages qu'un service n'a pas encore acceptés : il répond, ou le ménage revient à la cellule
//! technique.

use ccapex::coordination::listes::{ListeDeSuivi, reponse_attendue_avant};
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::ordre::Curseur;

use super::{cours, relus};
use crate::dossiers::lister::Liste;
use crate::echec::Echec;
use crate::maison::Maison;

/// Un ménage qui attend la réponse de son service.
#[derive(Clone, Debug)]
pub struct APrendre {
    /// Le dossier.
    pub dossier: VueDossier,
    /// Le dernier jour pour répondre, compris.
    pub avant_le: Date,
    /// Le délai est passé : la cellule technique le reprend, et le service peut encore accepter.
    pub repris: bool,
    /// Le jour où le ménage lui a été proposé par une personne ; rien quand c'est par la table.
    pub propose_le: Option<Date>,
}

/// Les ménages confiés à un service qui ne les a pas acceptés, l'échéance la plus proche d'abord.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(
    maison: &Maison,
    agent: &Agent,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<(Vec<APrendre>, Liste), Echec> {
    let quelle = ListeDeSuivi::APrendreEnCharge;
    let (liste, dossiers) = relus(maison, agent, quelle, apres, aujourd_hui).await?;
    let horloge = Horloge::au(aujourd_hui);
    let mut menages = Vec::with_capacity(dossiers.len());
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let cours = cours(&dossier, &profil, &horloge);
        let avant_le = reponse_attendue_avant(&dossier, &cours, &vue.service, &profil);
        let avant_le = avant_le.unwrap_or(aujourd_hui);
        menages.push(APrendre {
            repris: horloge.passe(avant_le),
            avant_le,
            propose_le: cours.propose_le(&vue.service),
            dossier: vue,
        });
    }
    menages.sort_by_key(|m| (m.repris, m.avant_le));
    Ok((menages, liste))
}
