//! Consigner un acte : reconnaître sa sorte, l'écrire, et recommencer si quelqu'un écrit en même temps.

use std::sync::Arc;

use ccapex::acte::lire::Refus;
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::cours::irregularites::irregularites_du_fait;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::Profil;
use ccapex::signalement::anomalies::Anomalie;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actes::demande::{Demande, Reponse, refus};
use crate::actes::{complement, courrier, droits, notice, propre, rapprochement, rectifier};
use crate::dossiers::charger::Lu;
use crate::echec::{self, Echec};
use crate::maison::Maison;

/// Qui consigne, où et quand.
#[derive(Clone, Copy)]
pub(super) struct Guichet<'a> {
    pub(super) maison: &'a Maison,
    pub(super) agent: &'a Agent,
    pub(super) aujourd_hui: Date,
    pub(super) maintenant: Timestamp,
}

/// Pourquoi rien n'est consigné : la demande, ou la base.
pub(super) enum Arret {
    Refus(Vec<Refus>),
    Echec(Echec),
}

impl From<Refus> for Arret {
    fn from(refus: Refus) -> Self {
        Self::Refus(vec![refus])
    }
}

impl<E: Into<Echec>> From<E> for Arret {
    fn from(echec: E) -> Self {
        Self::Echec(echec.into())
    }
}

/// Quelqu'un écrit dans le même dossier : on relit et on recommence, pas sans fin.
const ESSAIS: usize = 8;

/// Consigne un acte, dans un dossier ou pour un ménage.
///
/// Ce qui est à corriger est dans la réponse, avec le statut `refuse` : rien n'est alors écrit. Un
/// acte irrégulier n'est jamais refusé, ses irrégularités sont dites.
///
/// # Erreurs
///
/// [`Echec::Base`] quand la base est en panne, pleine ou occupée.
pub async fn consigner(
    maison: &Maison,
    agent: &Agent,
    demande: &Demande,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Reponse, Echec> {
    let guichet = Guichet { maison, agent, aujourd_hui, maintenant };
    let mut essais = 1;
    loop {
        match aiguiller(&guichet, demande).await {
            Ok(reponse) => return Ok(reponse),
            Err(Arret::Refus(refus)) => return Ok(Reponse::refuse(refus)),
            Err(Arret::Echec(echec)) => match echec.nature() {
                echec::Nature::Conflit if essais < ESSAIS => essais += 1,
                echec::Nature::Panne => return Err(echec),
                echec::Nature::Introuvable => {
                    return Ok(Reponse::refuse(vec![introuvable(demande)]));
                }
                echec::Nature::Conflit | echec::Nature::HorsMission | echec::Nature::Refus => {
                    return Ok(Reponse::refuse(vec![refus("", echec.to_string())]));
                }
            },
        }
    }
}

fn introuvable(demande: &Demande) -> Refus {
    let reference = demande.dossier.as_deref().unwrap_or_default();
    refus(
        "dossier",
        format!(
            "Le dossier « {reference} » n'existe pas, ou vous n'y avez pas accès. Vérifiez la référence, ou donnez le ménage avec « menage »."
        ),
    )
}

async fn aiguiller(guichet: &Guichet<'_>, demande: &Demande) -> Result<Reponse, Arret> {
    droits::verifier(guichet.agent, &demande.acte)?;
    match demande.acte.as_str() {
        "complement" => complement::consigner(guichet, demande).await,
        "courrier" => courrier::consigner(guichet, demande).await,
        "rapprochement" => rapprochement::consigner(guichet, demande).await,
        "rectification" => rectifier::consigner(guichet, demande).await,
        // L'alerte de la charte a un code ; sans code, c'est la notice d'un partenaire.
        "alerte" if demande.champs.contains_key("code") => {
            propre::consigner(guichet, demande).await
        }
        acte => match Nature::de_code(acte) {
            Some(nature) => notice::consigner(guichet, demande, nature).await,
            None => propre::consigner(guichet, demande).await,
        },
    }
}

impl Guichet<'_> {
    pub(super) fn profil(&self) -> Result<Arc<Profil>, Echec> {
        self.maison.profil(&self.agent.profil)
    }

    /// Les irrégularités d'un fait de ce dossier.
    pub(super) fn anomalies(&self, lu: &Lu, fait: &str) -> Result<Vec<Anomalie>, Echec> {
        let profil = self.maison.profil(&lu.vue.profil)?;
        let horloge = Horloge::au(self.aujourd_hui);
        let dossier = lu.charge.dossier();
        let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
        Ok(irregularites_du_fait(fait, &dossier, &cours, &profil, &horloge))
    }
}
