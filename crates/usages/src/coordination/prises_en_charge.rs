//! Les ménages qu'un service n'a pas encore acceptés : il répond, ou le ménage revient à la cellule
//! technique.

use ccapex::acte::codes::IssueDePriseEnCharge;
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use droit::calendrier::Territoire;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::{Curseur, Filtre, Tri};

use super::{cours, relus};
use crate::dossiers::lister::Liste;
use crate::echeances::tout;
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
    let liste = Some(ListeDeSuivi::APrendreEnCharge.code().to_owned());
    let filtre = Filtre { liste, apres, ..tout(Tri::Echeance) };
    let (liste, dossiers) = relus(maison, agent, &filtre, aujourd_hui).await?;
    let horloge = Horloge::au(aujourd_hui);
    let mut menages = Vec::with_capacity(dossiers.len());
    for (vue, dossier) in dossiers {
        let profil = maison.profil(&vue.profil)?;
        let cours = cours(&dossier, &profil, &horloge);
        let propose_le = cours
            .reponse_de(&vue.service)
            .filter(|p| p.issue == IssueDePriseEnCharge::Proposee)
            .map(|p| p.le);
        let depuis = propose_le.or_else(|| dossier.en_vigueur().map(|n| n.jugee_le).min());
        let delai = profil.delai("prendre_en_charge").valeur;
        let avant_le = depuis.map_or(aujourd_hui, |le| delai.terme(le, &Territoire::Metropole));
        menages.push(APrendre {
            repris: avant_le < aujourd_hui,
            avant_le,
            propose_le,
            dossier: vue,
        });
    }
    menages.sort_by_key(|m| (m.repris, m.avant_le));
    Ok((menages, liste))
}
