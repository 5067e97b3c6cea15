//! L'accueil : ce qui attend cette personne, compté.

use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Vue;
use jiff::ToSpan as _;
use jiff::civil::Date;
use stockage::compteurs::Nombres;
use stockage::dossier::VueDossier;
use stockage::liste::Filtre;
use stockage::liste::ordre::Tri;

use crate::dossiers::lister::lister;
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;

/// Le dernier jour de la semaine qui commence aujourd'hui : dans six jours, compris.
#[must_use]
pub fn fin_de_semaine(aujourd_hui: Date) -> Date {
    aujourd_hui.saturating_add(6.days())
}

/// Les étapes de la semaine qui sont à cette personne, la plus pressée d'abord.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn a_moi_d_abord(
    maison: &Maison,
    agent: &Agent,
    combien: i64,
    aujourd_hui: Date,
) -> Result<Vec<VueDossier>, Echec> {
    let filtre = Filtre {
        qui: agent.noms().into_iter().map(str::to_owned).collect(),
        echeance_avant: Some(fin_de_semaine(aujourd_hui).saturating_add(1.day())),
        limite: combien,
        ..tout(Tri::Echeance)
    };
    Ok(lister(maison, agent, &filtre, aujourd_hui).await?.page.lignes)
}

/// Les files de travail d'une personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn accueil(maison: &Maison, agent: &Agent, aujourd_hui: Date) -> Result<Nombres, Echec> {
    let semaine = fin_de_semaine(aujourd_hui);
    let perimetre = agent.perimetre();
    let nombres = maison.stockage.compteurs(&perimetre, aujourd_hui, semaine).await?;
    if *perimetre.vue() != Vue::Parties || agent.suit_des_menages() {
        return Ok(nombres);
    }
    // À qui n'a que sa part, un compteur ne dit pas ce que la liste ne montre pas.
    let completer = agent.role == Role::CommissaireDeJustice;
    Ok(Nombres {
        ouverts: nombres.ouverts,
        notices_sans_dossier: nombres.notices_sans_dossier,
        a_completer: if completer { nombres.a_completer } else { 0 },
        ..Nombres::default()
    })
}
