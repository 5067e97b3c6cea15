//! L'accueil : ce qui attend cette personne, compté.

use ccapex::dossier::Dossier;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, Vue};
use ccapex::procedure::situation::situation;
use jiff::ToSpan as _;
use jiff::civil::Date;
use stockage::compteurs::Nombres;
use stockage::dossier::VueDossier;
use stockage::liste::Filtre;
use stockage::liste::ordre::Tri;

use crate::dossiers::lister::page;
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue;

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
    let mut premieres = Vec::new();
    // Un nom à la fois : chacun a ses premières lignes dans l'index, tous ensemble se trieraient en entier.
    for nom in agent.noms() {
        let filtre = Filtre {
            qui: vec![nom.to_owned()],
            echeance_avant: Some(fin_de_semaine(aujourd_hui).saturating_add(1.day())),
            limite: combien,
            ..tout(Tri::Echeance)
        };
        premieres.extend(page(maison, agent, &filtre, aujourd_hui).await?.lignes);
    }
    premieres.sort_by_key(|dossier| (dossier.etape_avant_le, dossier.id));
    premieres.truncate(usize::try_from(combien).unwrap_or_default());
    Ok(premieres)
}

/// Pourquoi chacun de ces dossiers attend son étape, dans les mots de la règle qui la demande ; vide pour
/// qui n'en a qu'une part.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn raisons(
    maison: &Maison,
    agent: &Agent,
    dossiers: &[VueDossier],
    aujourd_hui: Date,
) -> Result<Vec<String>, Echec> {
    let mut raisons = Vec::with_capacity(dossiers.len());
    for vue in dossiers {
        let lecture = agent.peut_lire(&vue.situation())?;
        if lecture.portee() == Portee::SaPart {
            raisons.push(String::new());
            continue;
        }
        let mut dossier =
            Dossier::relire(&vue::relire(&maison.stockage.journal_d_une_liste(&lecture).await?)?);
        for joint in dossier.joints.clone() {
            let suivi_ici = lecture.du_joint(joint);
            let faits = vue::relire(&maison.stockage.journal_d_une_liste(&suivi_ici).await?)?;
            dossier.absorbe(Dossier::relire(&faits));
        }
        let profil = maison.profil(&vue.profil)?;
        let etapes = situation(&dossier, &profil, aujourd_hui).etapes;
        let etape = etapes.iter().find(|etape| etape.regle == vue.etape_regle);
        raisons.push(etape.and_then(|e| e.motifs.first()).cloned().unwrap_or_default());
    }
    Ok(raisons)
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
    // À qui n'a que sa part, un compteur ne dit pas ce que la liste ne montre pas : la notice d'un autre, dans
    // un dossier commun.
    let a_completer = if agent.complete_ses_notices() {
        maison.stockage.combien_a_completer(&perimetre).await?
    } else {
        0
    };
    Ok(Nombres { ouverts: nombres.ouverts, a_completer, ..Nombres::default() })
}
