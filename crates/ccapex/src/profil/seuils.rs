//! Les seuils de signalement : la loi, ou l'arrêté du lieu et du jour, ou l'aveu qu'on ne sait pas.

use std::fmt;

use droit::calendrier::Territoire;
use droit::delai::veille;
use droit::jour::Jour;
use droit::parametre::{ETUDE_DU, Version};
use droit::regles::signalement::{Bornes, Seuils, bornes, duree_maximale_arrete, seuils_nationaux};
use droit::source::Source;
use jiff::civil::Date;
use territoire::Commune;

use super::Profil;
use super::champs::{Champs, Racine};
use super::perimetre::Perimetre;

/// Un arrêté préfectoral de seuils, avec le dernier jour où il a pu s'appliquer.
#[derive(Clone, Debug, PartialEq)]
pub struct ArreteDeSeuils {
    /// « arrêté préfectoral du 16 mars 2016 ».
    pub nom: String,
    /// La valeur et sa période ; `au` est toujours donné, limité à la durée que la loi permet.
    pub version: Version<Seuils>,
    /// Où il s'applique ; vide, tout le département.
    pub perimetre: Perimetre,
    /// Le texte qui limite sa durée.
    pub duree: Source,
}

/// Aucun seuil connu pour ce lieu et ce jour : une question pour le secrétariat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeuilsInconnus {
    /// Le jour de l'acte.
    pub jour: Date,
    /// Le nom de la commune.
    pub commune: String,
    /// Pourquoi on ne sait pas.
    pub raison: String,
}

impl fmt::Display for SeuilsInconnus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Aucun seuil de signalement n'est connu à {} le {} : {}. Le secrétariat vérifie quel arrêté s'appliquait ce jour-là et l'ajoute au profil.",
            self.commune,
            Jour(self.jour),
            self.raison
        )
    }
}

impl std::error::Error for SeuilsInconnus {}

impl Profil {
    /// Les seuils qui s'appliquent à un commandement signifié ce jour-là dans cette commune.
    ///
    /// Depuis le 29 juillet 2023, ceux de la loi. Avant, ceux de l'arrêté du lieu, pendant la plus
    /// longue durée que la loi lui permettait ; au-delà, personne ne sait.
    pub fn seuils(&self, jour: Date, commune: &Commune) -> Result<Version<Seuils>, SeuilsInconnus> {
        if let Some(nationaux) = seuils_nationaux(jour) {
            return Ok(nationaux);
        }
        let d_ici: Vec<&ArreteDeSeuils> =
            self.arretes.iter().filter(|a| self.s_applique(a, commune)).collect();
        if let Some(arrete) = d_ici.iter().find(|a| a.version.couvre(jour)) {
            return Ok(arrete.version.clone());
        }
        let expire =
            d_ici.iter().rev().find_map(|a| a.version.au.filter(|au| *au < jour).map(|au| (a, au)));
        let raison = match expire {
            Some((arrete, au)) => {
                format!("l'{} a cessé de s'appliquer après le {} ({})", arrete.nom, Jour(au), arrete.duree)
            }
            None => "aucun arrêté connu ne couvre ce jour, et la loi ne les fixe que depuis le 29 juillet 2023".to_owned(),
        };
        Err(SeuilsInconnus { jour, commune: commune.nom.to_owned(), raison })
    }

    fn s_applique(&self, arrete: &ArreteDeSeuils, commune: &Commune) -> bool {
        let Perimetre { arrondissements, communes } = &arrete.perimetre;
        commune.departement == self.departement
            && (arrete.perimetre.est_vide()
                || communes.iter().any(|c| c == commune.code)
                || commune.arrondissement.is_some_and(|a| arrondissements.iter().any(|b| b == a)))
    }
}

pub(super) fn lire(racine: &Racine<'_>, departement: &str) -> Vec<ArreteDeSeuils> {
    let champs = racine.liste("arrete_seuils", None);
    let mut lus: Vec<(usize, ArreteDeSeuils)> =
        (0..).zip(&champs).filter_map(|(rang, c)| Some((rang, un(c, departement)?))).collect();
    lus.sort_by_key(|(_, arrete)| arrete.version.du);
    for (place, (rang, arrete)) in lus.iter().enumerate() {
        for (_, autre) in &lus[..place] {
            let ensemble = autre.version.au.is_none_or(|au| arrete.version.du <= au);
            if ensemble && se_recoupent(arrete, autre, departement) {
                champs[*rang].refuser(
                    "du",
                    format!(
                        "l'{} s'applique en même temps et au même endroit que l'{}",
                        arrete.nom, autre.nom
                    ),
                    "Donnez au premier un dernier jour (« au »), ou des périmètres distincts.",
                );
            }
        }
    }
    lus.into_iter().map(|(_, arrete)| arrete).collect()
}

fn un(champs: &Champs<'_>, departement: &str) -> Option<ArreteDeSeuils> {
    let nom = champs.texte("nom");
    let valeur = Seuils {
        mois_impayes: champs.petit_entier("mois_impayes"),
        fois_le_loyer: champs.petit_entier("fois_le_loyer"),
    };
    let perimetre = Perimetre::lire(champs, departement);
    let source = champs.source();
    let au = champs.jour_option("au");
    let du = champs.jour("du")?;

    let (Some(permises), Some(duree)) = (bornes(du), duree_maximale_arrete(du)) else {
        champs.refuser(
            "du",
            format!("aucun arrêté de seuils ne pouvait être pris le {}", Jour(du)),
            "Le décret du 30 octobre 2015 les permet du 1er novembre 2015 au 28 juillet 2023 ; depuis, la loi fixe les seuils : retirez cet arrêté ou corrigez sa date.",
        );
        return None;
    };
    let Bornes { minimum, maximum } = permises.valeur;
    for (cle, seuil) in
        [("mois_impayes", valeur.mois_impayes), ("fois_le_loyer", valeur.fois_le_loyer)]
    {
        if !(minimum..=maximum).contains(&seuil) {
            champs.refuser(
                cle,
                format!("un seuil de {seuil} contredit la loi, qui le veut de {minimum} à {maximum} le {} ({})", Jour(du), permises.source),
                "Relisez l'arrêté et corrigez la valeur ou la date.",
            );
        }
    }
    let fin = veille(duree.valeur.terme(du, &Territoire::Metropole));
    if let Some(au) = au
        && (au < du || au > fin)
    {
        champs.refuser(
            "au",
            format!("un arrêté du {} ne peut pas s'appliquer jusqu'au {} : il dure {} au plus, donc jusqu'au {} ({})", Jour(du), Jour(au), duree.valeur, Jour(fin), duree.source),
            "Corrigez la date, ou retirez « au » : la durée maximale sera appliquée.",
        );
    }
    let dernier_jour_des_arretes = premier_jour_de_la_loi().map_or(fin, veille);
    let au = au.unwrap_or(fin).min(fin).min(dernier_jour_des_arretes);
    Some(ArreteDeSeuils {
        nom,
        version: Version::entre(du, au, valeur, source),
        perimetre,
        duree: duree.source,
    })
}

/// Le jour où la loi remplace les arrêtés, d'après ce que `droit` dit d'aujourd'hui.
pub(super) fn premier_jour_de_la_loi() -> Option<Date> {
    seuils_nationaux(ETUDE_DU).map(|version| version.du)
}

fn se_recoupent(un: &ArreteDeSeuils, autre: &ArreteDeSeuils, departement: &str) -> bool {
    !un.perimetre
        .codes_ou_departement(departement)
        .is_disjoint(&autre.perimetre.codes_ou_departement(departement))
}
