//! Ce qui vient ensuite : l'étape la plus pressée, les autres, et ce qu'un acte vient de changer.

use ccapex::procedure::etape::Etape;
use droit::jour::Jour;
use jiff::civil::Date;
use usages::dossiers::ouvrir::DossierOuvert;

use super::{Echeance, Prochaine, Suites};
use crate::actes::annonce::{Annonce, Irregularite, lien_de_regle};
use crate::actes::dire;
use crate::composants::{Badge, Lien, Ton};
use crate::dossiers::vu::Vu;
use crate::mots;
use crate::noms::Noms;

pub(super) fn en_prochaine(etape: &Etape, noms: &Noms, jour: Date) -> Prochaine {
    let en_retard = etape.avant_le < jour;
    let ton = if en_retard { Ton::Erreur } else { Ton::Attention };
    let distance = mots::distance(etape.avant_le, jour);
    let quand = if en_retard { format!("en retard {distance}") } else { distance };
    let mut motifs = etape.motifs.iter().map(|m| mots::capitale(m));
    Prochaine {
        quoi: mots::capitale(&etape.quoi),
        qui: format!(
            "{}, au plus tard le {}",
            noms.service(&etape.qui),
            jour_entier(etape.avant_le)
        ),
        quand: Badge::nouveau(ton, quand),
        en_retard,
        car: motifs.next().unwrap_or_default(),
        motifs: motifs.collect(),
        regle: lien_de_regle(etape.regle),
        vers: (etape.regle == "envoyer_les_lettres")
            .then(|| Lien::nouveau("Voir les lettres", "#lettres")),
    }
}

pub(super) fn en_echeance(etape: &Etape, noms: &Noms, jour: Date) -> Echeance {
    Echeance {
        jour: mots::capitale(&jour_entier(etape.avant_le)),
        distance: mots::distance(etape.avant_le, jour),
        en_retard: etape.avant_le < jour,
        quoi: mots::capitale(&etape.quoi),
        qui: noms.service(&etape.qui),
        motifs: etape.motifs.iter().map(|m| mots::capitale(m)).collect(),
        regle: lien_de_regle(etape.regle),
    }
}

pub(crate) fn jour_entier(jour: Date) -> String {
    format!("{} {}", Jour(jour).de_la_semaine(), Jour(jour))
}

/// Ce que l'adresse dit d'un acte consigné ou corrigé : ses irrégularités, et ce qui vient.
pub(crate) fn annonce(vu: &Vu<'_>, suites: &Suites) -> Option<Annonce> {
    let (fait, verbe) = [
        (&suites.consigne, "consigné"),
        (&suites.deja, "était déjà consigné : rien n'a changé"),
        (&suites.corrige, "annulé : il reste lisible, et ne compte plus"),
    ]
    .into_iter()
    .find(|(fait, _)| !fait.is_empty())?;
    let acte = vu.ouvert.journal.iter().find(|f| f.id == *fait)?;
    let titre = format!("{} du {}", dire::fait(&acte.acte), mots::jour(acte.acte.jour()));
    let compte = suites.corrige.is_empty();
    let irregularites = if compte { vu.irregularites(fait) } else { &[] };
    Some(Annonce {
        titre: format!("{titre} : {verbe}"),
        irregularites: irregularites.iter().map(Irregularite::de).collect(),
        stade: vu.cours.stade.libelle(),
        prochaine: prochaine_en_une_phrase(vu.ouvert, vu.noms, vu.jour),
    })
}

fn prochaine_en_une_phrase(ouvert: &DossierOuvert, noms: &Noms, jour: Date) -> String {
    match (ouvert.situation.etapes.first(), &ouvert.situation.clos) {
        (_, Some(clos)) => format!("Le dossier est clos : {}.", clos.issue.libelle()),
        (Some(etape), None) => format!(
            "{}. {}, au plus tard le {} ({}).",
            mots::capitale(&etape.quoi),
            noms.service(&etape.qui),
            jour_entier(etape.avant_le),
            mots::distance(etape.avant_le, jour)
        ),
        (None, None) => String::new(),
    }
}
