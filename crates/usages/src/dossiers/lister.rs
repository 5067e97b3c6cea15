//! Chercher des dossiers.

use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Perimetre, Portee, Vue};
use ccapex::texte::cle;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::{Compte, Filtre, Page};

use crate::dossiers::part;
use crate::echec::Echec;
use crate::maison::Maison;

/// Une page de dossiers et leur nombre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Liste {
    /// La page.
    pub page: Page,
    /// Combien de dossiers le filtre retient.
    pub compte: Compte,
}

/// Les dossiers que le filtre retient, dans le périmètre de la personne, et leur nombre.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn lister(
    maison: &Maison,
    agent: &Agent,
    filtre: &Filtre,
    aujourd_hui: Date,
) -> Result<Liste, Echec> {
    let page = page(maison, agent, filtre, aujourd_hui).await?;
    let (perimetre, filtre) = permis(agent, filtre);
    let compte = maison.stockage.compter(&perimetre, &filtre).await?;
    Ok(Liste { page, compte })
}

/// Une page de ces dossiers, sans les compter.
pub(crate) async fn page(
    maison: &Maison,
    agent: &Agent,
    filtre: &Filtre,
    aujourd_hui: Date,
) -> Result<Page, Echec> {
    let (perimetre, filtre) = permis(agent, filtre);
    let mut page = maison.stockage.liste(&perimetre, &filtre).await?;
    for dossier in &mut page.lignes {
        dossier.stade = stade_du_jour(dossier, aujourd_hui).to_owned();
        if perimetre.portee(&dossier.situation()) != Some(Portee::Entier) {
            part::reduire(dossier, agent);
        }
    }
    Ok(page)
}

/// Le périmètre où ce filtre ne fait rien deviner, et le filtre tel que la base le lit.
fn permis(agent: &Agent, filtre: &Filtre) -> (Perimetre, Filtre) {
    let mut perimetre = agent.perimetre();
    let mut filtre = filtre.clone();
    if *perimetre.vue() == Vue::Parties {
        part::sans_ce_qui_ne_se_montre_pas(&mut filtre, agent);
    } else if part::regarde_ce_qui_ne_se_montre_pas(&filtre) {
        perimetre = perimetre.en_entier();
    }
    filtre.texte = filtre.texte.as_deref().map(cherche).filter(|texte| !texte.is_empty());
    (perimetre, filtre)
}

/// Le stade d'un dossier rangé : le temps passé depuis a pu faire expirer le délai.
#[must_use]
pub fn stade_du_jour(dossier: &VueDossier, aujourd_hui: Date) -> &str {
    stade_au(&dossier.stade, dossier.fin_delai, aujourd_hui)
}

/// Un stade rangé, tel qu'il est ce jour-là.
#[must_use]
pub fn stade_au(stade: &str, fin_delai: Option<Date>, jour: Date) -> &str {
    let expire = fin_delai.is_some_and(|fin| fin < jour);
    if stade == "cdp_signifie" && expire { "clause_acquise" } else { stade }
}

/// Ce qui est saisi, tel que la base le cherche : une référence garde ses tirets.
fn cherche(saisi: &str) -> String {
    let saisi = saisi.trim();
    let reference =
        saisi.contains('-') && saisi.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if reference && saisi.starts_with(|c: char| c.is_ascii_digit()) {
        saisi.to_ascii_lowercase()
    } else {
        cle(saisi)
    }
}
