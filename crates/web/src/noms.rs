//! Les noms d'un profil : service et sous-commission, d'après leur code ; stade et réponse, en badge.

use std::sync::Arc;

use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::procedure::stade::stade_en_mots;
use ccapex::profil::Profil;
use ccapex::signalement::statut::Statut;
use usages::reception::registre::REMPLACEE;

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
        self.qui(code)
    }

    /// Un service, un contact ou un organisme.
    pub(crate) fn qui(&self, code: &str) -> String {
        capitale(&self.0.nom_de(code).replace('_', " "))
    }

    /// Le nom, sans la précision qu'il porte entre parenthèses : pour une colonne.
    pub(crate) fn service_court(&self, code: &str) -> String {
        usages::dossiers::colonnes::service(&self.0, code)
    }

    pub(crate) fn sous_commission(&self, code: &str) -> String {
        let connue = self.0.sous_commissions.iter().find(|s| s.code == code);
        connue.map_or_else(|| capitale(code), |s| s.nom.clone())
    }
}

/// Le stade, coloré selon ce qu'il presse.
pub(crate) fn stade(code: &str) -> Badge {
    let ton = match Stade::de_code(code) {
        Some(Stade::CdpSignifie | Stade::ImpayeConstitueAide | Stade::ImpayeNaissant) => Ton::Info,
        Some(
            Stade::ClauseAcquise
            | Stade::AssignationDelivree
            | Stade::Audience
            | Stade::CfpRefuse
            | Stade::CongeDepart
            | Stade::DepartVolontaire,
        ) => Ton::Attention,
        Some(
            Stade::ExpulsionOrdonnee
            | Stade::JugementSignifie
            | Stade::CqlSignifie
            | Stade::DelaiCqlExpire
            | Stade::CfpDemande
            | Stade::CfpAccorde
            | Stade::ExpulsionRealisee,
        ) => Ton::Erreur,
        Some(Stade::DelaisAccordes | Stade::RejetDemande) => Ton::Succes,
        Some(Stade::BailEnCours) | None => Ton::Neutre,
    };
    Badge::nouveau(ton, stade_en_mots(code))
}

/// Ce qui court à côté de la procédure : ce qui protège, ce qui presse, ce qui est.
pub(crate) fn etat_parallele(etat: EtatParallele) -> Badge {
    let ton = match etat {
        EtatParallele::TreveActive
        | EtatParallele::PlanApurement
        | EtatParallele::Pcs
        | EtatParallele::DelaiJex
        | EtatParallele::AideMaintenue
        | EtatParallele::NouveauBail
        | EtatParallele::Relogement
        | EtatParallele::HebergementSiao
        | EtatParallele::Renonciation => Ton::Succes,
        EtatParallele::AideSuspendue => Ton::Attention,
        EtatParallele::DsfEnCours
        | EtatParallele::FslMaintien
        | EtatParallele::CcapexSaisie
        | EtatParallele::CcapexAvis
        | EtatParallele::Surendettement
        | EtatParallele::Appel
        | EtatParallele::IndemnisationEtat
        | EtatParallele::Dalo
        | EtatParallele::MesureProtection => Ton::Info,
    };
    Badge::nouveau(ton, etat.libelle())
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
    if code == REMPLACEE {
        return Badge::nouveau(Ton::Neutre, "Remplacée");
    }
    Statut::de_code(code).map_or_else(|| Badge::nouveau(Ton::Neutre, code), statut)
}
