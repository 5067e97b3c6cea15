//! Un dossier ouvert, et ce qui s'en déduit aujourd'hui : son cours, et ce que chaque fait porte.

use std::collections::BTreeMap;

use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::habilitation::Portee;
use ccapex::signalement::anomalies::Anomalie;
use jiff::civil::Date;
use usages::dossiers::ouvrir::DossierOuvert;

use crate::noms::Noms;

pub(crate) struct Vu<'a> {
    pub(crate) ouvert: &'a DossierOuvert,
    pub(crate) noms: &'a Noms,
    pub(crate) jour: Date,
    pub(crate) horloge: Horloge,
    pub(crate) cours: Cours<'a>,
}

impl<'a> Vu<'a> {
    pub(crate) fn nouveau(ouvert: &'a DossierOuvert, noms: &'a Noms, jour: Date) -> Self {
        let horloge = Horloge::au(jour);
        let profil = &noms.0;
        let cours = Cours::de(&ouvert.dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
        Self { ouvert, noms, jour, horloge, cours }
    }

    /// Tout le dossier est montré, ou seulement ce que l'émetteur a envoyé.
    pub(crate) fn entier(&self) -> bool {
        self.ouvert.portee == Portee::Entier
    }

    /// La personne peut écrire ici, et c'est ici que le dossier se suit.
    pub(crate) fn peut_agir(&self) -> bool {
        self.ouvert.peut_ecrire && self.ouvert.joint_a.is_none()
    }

    /// Les irrégularités d'un fait.
    pub(crate) fn irregularites(&self, fait: &str) -> &'a [Anomalie] {
        self.ouvert.anomalies.get(fait).map_or(&[], Vec::as_slice)
    }

    /// Les textes libres d'un fait, tels que le coffre les garde.
    pub(crate) fn textes(&self, fait: &str) -> Option<&'a BTreeMap<String, String>> {
        self.ouvert.textes.get(fait)
    }
}
