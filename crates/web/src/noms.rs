//! Les noms d'un profil : service et sous-commission, d'après leur code ; stade et réponse, en badge.

use std::sync::Arc;

use ccapex::procedure::stade::stade_en_mots;
use ccapex::profil::Profil;
use ccapex::signalement::statut::Statut;

use crate::app::App;
use crate::composants::{Badge, Ton};
use crate::erreur::ErreurWeb;
use crate::mots::capitale;

/// Les noms d'un profil.
pub(crate) struct Noms(pub(crate) Arc<Profil>);

impl Noms {
    pub(crate) fn du(app: &App, profil: &str) -> Result<Self, ErreurWeb> {
        Ok(Self(app.maison.profil(profil)?))
    }

    pub(crate) fn service(&self, code: &str) -> String {
        let connu = self.0.services.iter().find(|s| s.code == code);
        connu.map_or_else(|| capitale(&code.replace('_', " ")), |s| s.nom.clone())
    }

    /// Le nom, sans la précision qu'il porte entre parenthèses : pour une colonne.
    pub(crate) fn service_court(&self, code: &str) -> String {
        let nom = self.service(code);
        nom.split_once(" (").map_or_else(|| nom.clone(), |(court, _)| court.to_owned())
    }

    pub(crate) fn sous_commission(&self, code: &str) -> String {
        let connue = self.0.sous_commissions.iter().find(|s| s.code == code);
        connue.map_or_else(|| capitale(code), |s| s.nom.clone())
    }
}

/// Le stade, coloré selon ce qu'il presse.
pub(crate) fn stade(code: &str) -> Badge {
    let ton = match code {
        "cdp_signifie" | "impaye_constitue_aide" => Ton::Info,
        "clause_acquise" | "assignation_delivree" | "audience" => Ton::Attention,
        "resiliation_expulsion_ordonnee" | "cql_signifie" | "cfp_demande" => Ton::Erreur,
        "delais_accordes_clause_suspendue" | "rejet_demande" => Ton::Succes,
        _ => Ton::Neutre,
    };
    Badge::nouveau(ton, stade_en_mots(code))
}

/// La réponse donnée à une notice.
pub(crate) fn statut(statut: Statut) -> Badge {
    let ton = match statut {
        Statut::Eligible => Ton::Succes,
        Statut::Incomplet => Ton::Attention,
        Statut::Doublon | Statut::Recu => Ton::Info,
        Statut::HorsChamp | Statut::NonEligible => Ton::Neutre,
    };
    Badge::nouveau(ton, statut.libelle())
}

/// La réponse, d'après son code.
pub(crate) fn statut_de(code: &str) -> Badge {
    Statut::de_code(code).map_or_else(|| Badge::nouveau(Ton::Neutre, code), statut)
}
