//! Refaire les tables de lecture à partir du journal et du coffre.

use std::collections::BTreeMap;

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Fait};
use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::base::Stockage;
use stockage::transaction::Lot;
use stockage::vues::Relecture;

use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::{self, Charge, Vues};

/// Les dossiers lus à la fois.
const PAGE: i64 = 1_000;

/// Refait les tables de lecture. Rend le nombre de dossiers.
///
/// Une base veillée au-delà de `au_plus_tard` y revient : un jour écrit par erreur ne la fige pas dans
/// l'avenir.
///
/// # Erreurs
///
/// [`Echec`] de la base : rien n'est alors changé.
pub async fn reconstruire(maison: &Maison, au_plus_tard: Option<Date>) -> Result<u64, Echec> {
    reconstruire_en_suivant(maison, au_plus_tard, |_| ()).await
}

/// Comme [`reconstruire`], en disant après chaque page combien de dossiers sont refaits.
///
/// # Erreurs
///
/// Comme [`reconstruire`].
pub async fn reconstruire_en_suivant(
    maison: &Maison,
    au_plus_tard: Option<Date>,
    avance: impl FnMut(u64),
) -> Result<u64, Echec> {
    refaire(maison, &maison.stockage, au_plus_tard, avance).await
}

/// Refait, dans `vers`, les tables de lecture du journal de la maison.
pub(crate) async fn refaire(
    maison: &Maison,
    vers: &Stockage,
    au_plus_tard: Option<Date>,
    mut avance: impl FnMut(u64),
) -> Result<u64, Echec> {
    let mut relecture = maison.stockage.relecture().await?;
    let depot = Agent::programme("").peut_deposer()?;
    let mut transaction = vers.ecriture(&depot).await?;
    transaction.vider_vues().await?;
    let mut veilles = relecture.veilles().await?;
    if let Some(jour) = au_plus_tard {
        veilles.values_mut().for_each(|veille| *veille = jour.min(*veille));
        transaction.ramener_les_veilles(jour).await?;
    }
    let mut apres = None;
    let mut nombre = 0;
    loop {
        let page = charges(&mut relecture, &veilles, apres).await?;
        let Some(dernier) = page.last() else { break };
        apres = Some(dernier.1.id);
        let mut lot = Lot::default();
        for (profil, charge) in &page {
            if let Some(Vues { dossier, courriers, questions, .. }) =
                vue::vues(charge, maison.profil(profil)?.as_ref())
            {
                lot.dossiers.push((dossier, None));
                lot.courriers.extend(courriers);
                lot.questions.extend(questions);
                nombre += 1;
            }
        }
        transaction.inserer(lot).await?;
        avance(nombre);
    }
    transaction.valider().await?;
    Ok(nombre)
}

/// Une page de dossiers, avec leur profil.
pub(crate) async fn charges(
    relecture: &mut Relecture,
    veilles: &BTreeMap<String, Date>,
    apres: Option<DossierId>,
) -> Result<Vec<(String, Charge)>, Echec> {
    let relus = relecture.page(apres, PAGE).await?;
    let mut page = Vec::with_capacity(relus.len());
    for relu in relus {
        let faits = vue::relire(&relu.faits)?;
        let profil = relu.notices.first().map(|n| n.profil.clone()).unwrap_or_default();
        let reference = reference(&faits);
        let mut charge = Charge {
            id: relu.dossier,
            reference,
            faits,
            joints: BTreeMap::new(),
            identites: BTreeMap::new(),
            veille: veilles.get(&profil).copied(),
        };
        for joint in Dossier::relire(&charge.faits).joints {
            let journal: Vec<Fait> = vue::relire(&relecture.journal(joint).await?)?;
            charge.joints.insert(joint, journal);
        }
        let cles = vue::cles_du_coffre(&charge);
        let toutes = if cles.iter().all(|cle| relu.identites.contains_key(cle)) {
            relu.identites
        } else {
            relecture.identites(&cles).await?
        };
        charge.identites = toutes
            .into_iter()
            .map(|(cle, contenu)| (NoticeId(cle), vue::identite(&contenu)))
            .collect();
        page.push((profil, charge));
    }
    Ok(page)
}

/// La référence est écrite dans le fait qui ouvre le dossier.
fn reference(faits: &[Fait]) -> String {
    faits
        .iter()
        .find_map(|fait| match &fait.acte {
            Acte::NoticeRecue(recue) => recue.ouvre.clone(),
            Acte::Complement(_)
            | Acte::Rapprochement(_)
            | Acte::Courrier(_)
            | Acte::SituationConfirmee(_)
            | Acte::Consigne(_)
            | Acte::Rectification(_) => None,
        })
        .unwrap_or_default()
}
