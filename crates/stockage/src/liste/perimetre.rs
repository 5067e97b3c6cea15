//! Le périmètre, écrit dans la requête elle-même : aucune liste ne se filtre après coup.

use std::borrow::Cow;

use ccapex::partenaires::habilitation::{Perimetre, Vue, liste_des_alertes};

use super::litteral;
use crate::base::requete::Requete;

/// Par où une liste se parcourt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chemin {
    /// Le moteur choisit son index.
    Libre,
    /// Par l'index des communes, plus étroit que celui d'une sous-commission ou d'un service.
    ParCommune,
}

/// Une colonne à comparer ; hors du chemin choisi, sous une forme qu'aucun index ne sert.
pub(crate) fn colonne(nom: &'static str, chemin: Chemin) -> Cow<'static, str> {
    match chemin {
        Chemin::Libre => nom.into(),
        Chemin::ParCommune => format!("({nom} || '')").into(),
    }
}

/// `selection` (« SELECT … »), sur les dossiers (`d`) du périmètre.
///
/// `entree`, une sélection de dossiers (`id`), se parcourt la première : les deux moteurs gardent
/// l'ordre d'une jointure croisée ou trouvent mieux, sans quoi SQLite lirait tout le profil.
pub(crate) fn des_dossiers(
    du: &Perimetre,
    selection: &str,
    entree: Option<Requete>,
    chemin: Chemin,
) -> Requete {
    let (mut requete, entree_par_nom) = match entree {
        Some(entree) => {
            let debut = format!("{selection} FROM ({}) s CROSS JOIN", entree.sql);
            (Requete { sql: debut, valeurs: entree.valeurs }, true)
        }
        None => (Requete { sql: format!("{selection} FROM"), valeurs: vec![] }, false),
    };
    let emetteur = match du.vue() {
        Vue::Emetteur(nom) => Some(nom.as_str()),
        Vue::Profil | Vue::SousCommission(_) | Vue::Service(_) | Vue::Alerte(_) | Vue::Chiffres => {
            None
        }
    };
    if emetteur.is_some() {
        requete.texte(" vue_emetteur e CROSS JOIN");
    }
    requete.texte(" vue_dossier d WHERE d.profil = ").valeur(du.profil());
    if entree_par_nom {
        requete.texte(" AND d.id = s.id");
    }
    if let Some(nom) = emetteur {
        requete.texte(" AND e.emetteur = ").valeur(nom).texte(" AND d.id = e.dossier");
        if entree_par_nom {
            requete.texte(" AND e.dossier = s.id");
        }
    }
    restreindre(du, &mut requete, chemin);
    requete
}

/// `debut` (« SELECT … FROM … JOIN vue_dossier d »), restreint aux dossiers (`d`) du périmètre.
pub(crate) fn avec_les_dossiers(du: &Perimetre, debut: &str) -> Requete {
    let mut requete = Requete::default();
    requete.texte(debut).texte(" WHERE d.profil = ").valeur(du.profil());
    if let Vue::Emetteur(nom) = du.vue() {
        requete.texte(" AND d.id IN (SELECT e.dossier FROM vue_emetteur e WHERE e.emetteur = ");
        requete.valeur(nom.as_str()).texte(")");
    }
    restreindre(du, &mut requete, Chemin::Libre);
    requete
}

fn restreindre(du: &Perimetre, requete: &mut Requete, chemin: Chemin) {
    match du.vue() {
        Vue::Profil | Vue::Emetteur(_) => {}
        Vue::SousCommission(code) => {
            requete.texte(" AND ").texte(&colonne("d.sous_commission", chemin));
            requete.texte(" = ").valeur(code.as_str());
        }
        Vue::Service(code) => {
            requete.texte(" AND ").texte(&colonne("d.service", chemin));
            requete.texte(" = ").valeur(code.as_str());
        }
        Vue::Alerte(code) => en_liste(requete, &liste_des_alertes(code)),
        Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
}

/// Les dossiers (`d`) d'une liste de suivi, par l'index des listes.
pub(crate) fn en_liste(requete: &mut Requete, code: &str) {
    requete.texte(" AND d.listes <> '' AND d.listes LIKE ");
    requete.valeur(format!("% {} %", litteral(code))).texte(" ESCAPE '\\'");
}

/// `debut`, restreint aux notices (`n`) du périmètre.
pub(crate) fn des_notices(du: &Perimetre, debut: &str) -> Requete {
    let mut requete = Requete::default();
    requete.texte(debut).texte(" WHERE n.profil = ").valeur(du.profil());
    match du.vue() {
        Vue::Profil => {}
        Vue::SousCommission(code) => {
            requete.texte(" AND n.sous_commission = ").valeur(code.as_str());
        }
        Vue::Service(code) => {
            requete.texte(" AND EXISTS (SELECT 1 FROM vue_dossier d WHERE d.id = n.dossier");
            requete.texte(" AND d.service = ").valeur(code.as_str()).texte(")");
        }
        Vue::Emetteur(nom) => {
            requete.texte(" AND n.emetteur = ").valeur(nom.as_str());
        }
        // Une alerte montre son objet, jamais les notices.
        Vue::Alerte(_) | Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
    requete
}
