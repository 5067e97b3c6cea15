//! La réponse à une ligne, telle que l'examen la donne.

use ccapex::procedure::lettres::lettres;
use ccapex::signalement::examen::Examen;

use super::{Cadre, Rejoint};
use crate::reception::preparer::Preparee;
use crate::reception::resultat::{Reponse, fin_de_delai};

pub(super) fn repond(cadre: &Cadre<'_>, preparee: &Preparee, examen: &Examen) -> Reponse {
    Reponse {
        fichier: cadre.fichier.to_owned(),
        feuille: (!preparee.feuille.is_empty()).then(|| preparee.feuille.clone()),
        ligne: preparee.ligne,
        reference: preparee.notice.reference.clone(),
        nature: preparee.notice.nature.code(),
        statut: examen.statut,
        motif: examen.motif.map(str::to_owned),
        explication: examen.explication.clone(),
        commune: examen.commune.map(|c| c.code.to_owned()),
        sous_commission: examen.sous_commission.clone(),
        service: examen.service.clone(),
        service_provisoire: examen.service_provisoire,
        fin_delai: fin_de_delai(examen),
        dossier: None,
        rapprochement: None,
        candidats: Vec::new(),
        anomalies: Vec::new(),
        a_completer: examen.a_completer.iter().map(|c| (*c).to_owned()).collect(),
    }
}

pub(super) fn raisons(rejoint: &Rejoint) -> Vec<String> {
    match rejoint {
        Rejoint::Certain(_, motifs) => motifs.iter().map(|m| (*m).to_owned()).collect(),
        Rejoint::Nouveau | Rejoint::AConfirmer(_) => Vec::new(),
    }
}

pub(super) fn noms_des_lettres(
    preparee: &Preparee,
    examen: &Examen,
    cadre: &Cadre<'_>,
) -> Vec<String> {
    lettres(preparee.notice.nature, examen, cadre.profil).into_iter().map(str::to_owned).collect()
}

pub(super) fn rapprochement_ecrit(mot: &str) -> Option<&'static str> {
    ["nouveau", "certain", "a_confirmer"].into_iter().find(|connu| *connu == mot)
}
