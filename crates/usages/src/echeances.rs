//! Ce qui est dû, le retard d'abord.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use stockage::dossier::VueDossier;
use stockage::liste::ordre::{Curseur, Sens, Tri};
use stockage::liste::{Etendue, Filtre};

use crate::dossiers::lister::{Liste, lister};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::veille::regarder;

/// Les dossiers dont la prochaine étape est due ce jour-là au plus tard, compris.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn echeances(
    maison: &Maison,
    agent: &Agent,
    jusqu_au: Date,
    service: Option<String>,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<Liste, Echec> {
    let filtre = Filtre {
        service: service.into_iter().collect(),
        echeance_avant: Some(jusqu_au.saturating_add(1.day())),
        apres,
        ..tout(Tri::Echeance)
    };
    lister(maison, agent, &filtre, aujourd_hui).await
}

/// Tout ce qui est dû à cette date, tel qu'il le sera ce jour-là, que quelqu'un ait veillé ou non.
///
/// Ce que le temps aura changé se déduit sans s'écrire : regarder un jour à venir n'y mène pas la base.
///
/// # Erreurs
///
/// [`Echec`] de la base, ou celle de `voir`.
pub async fn echeances_au<E: From<Echec>>(
    maison: &Maison,
    profil: &str,
    jour: Date,
    jusqu_au: Date,
    service: Option<String>,
    mut voir: impl FnMut(&VueDossier) -> Result<(), E>,
) -> Result<(), E> {
    let profil = maison.profil(profil)?;
    let mut filtre = Filtre {
        service: service.into_iter().collect(),
        echeance_avant: Some(jusqu_au.saturating_add(1.day())),
        limite: 1_000,
        ..tout(Tri::Echeance)
    };
    let du = |vue: &VueDossier| {
        vue.clos_le.is_none()
            && (filtre.service.is_empty() || filtre.service.contains(&vue.service))
            && vue.etape_avant_le.is_some_and(|le| le <= jusqu_au)
    };
    let mut relus: BTreeSet<DossierId> = BTreeSet::new();
    let mut dus: BTreeMap<(Option<Date>, DossierId), VueDossier> = BTreeMap::new();
    regarder(maison, &profil, jour, |vue| {
        relus.insert(vue.id);
        if du(&vue) {
            dus.insert((vue.etape_avant_le, vue.id), vue);
        }
    })
    .await?;
    let perimetre = Agent::programme(&profil.code).perimetre();
    loop {
        let page = maison.stockage.liste(&perimetre, &filtre).await.map_err(Echec::from)?;
        for vue in page.lignes.iter().filter(|vue| !relus.contains(&vue.id)) {
            let apres = dus.split_off(&(vue.etape_avant_le, vue.id));
            dus.values().try_for_each(&mut voir)?;
            dus = apres;
            voir(vue)?;
        }
        match page.suivant {
            Some(suivant) => filtre.apres = Some(suivant),
            None => return dus.values().try_for_each(voir),
        }
    }
}

/// L'étape due d'un dossier, dans les mots du contrat.
#[must_use]
pub fn en_json(d: &VueDossier, aujourd_hui: Date) -> Value {
    json!({
        "dossier": d.reference,
        "sous_commission": d.sous_commission,
        "service": d.service,
        "quoi": d.etape_quoi,
        "qui": d.etape_qui,
        "avant_le": d.etape_avant_le,
        "regle": d.etape_regle,
        "en_retard": d.etape_avant_le.is_some_and(|le| le < aujourd_hui),
    })
}

/// Un filtre qui retient tous les dossiers ouverts.
#[must_use]
pub fn tout(tri: Tri) -> Filtre {
    Filtre {
        etendue: Etendue::Ouverts,
        file: None,
        sous_commission: vec![],
        service: vec![],
        statut: vec![],
        stade: vec![],
        etat: None,
        liste: None,
        commune: vec![],
        texte: None,
        echeance_avant: None,
        echeance_apres: None,
        qui: vec![],
        a_repondre: false,
        references: vec![],
        tri,
        sens: Sens::Naturel,
        apres: None,
        limite: 50,
    }
}
