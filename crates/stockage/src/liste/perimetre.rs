//! Le périmètre, écrit dans la requête elle-même : aucune liste ne se filtre après coup.

use std::borrow::Cow;

use ccapex::partenaires::habilitation::{Perimetre, Vue};

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
    // Un organisme est partie à peu de dossiers : on entre par eux, sauf quand une recherche le fait.
    let Some(entree) = entree else {
        if *du.vue() == Vue::Parties {
            let sql = format!("{selection} FROM vue_dossier d");
            let debut = Requete { sql, valeurs: vec![] };
            let mut requete = de_ses_parties(du, debut);
            dans_sa_sous_commission(du, &mut requete);
            return requete;
        }
        let mut requete = Requete { sql: selection.to_owned(), valeurs: vec![] };
        requete.texte(" FROM vue_dossier d WHERE d.profil = ").valeur(du.profil());
        restreindre(du, &mut requete, chemin);
        return requete;
    };
    let debut = format!("{selection} FROM ({}) s CROSS JOIN vue_dossier d WHERE ", entree.sql);
    let mut requete = Requete { sql: debut, valeurs: entree.valeurs };
    requete.texte("d.profil = ").valeur(du.profil()).texte(" AND d.id = s.id");
    restreindre(du, &mut requete, chemin);
    requete
}

/// `debut` (« SELECT … FROM … JOIN vue_dossier d »), restreint aux dossiers (`d`) que le périmètre ouvre
/// en entier : une lettre ou une question ne se montre pas à qui n'a qu'une part.
pub(crate) fn avec_les_dossiers(du: &Perimetre, debut: &str) -> Requete {
    let mut requete = Requete::default();
    requete.texte(debut).texte(" WHERE d.profil = ").valeur(du.profil());
    restreindre(&du.clone().en_entier(), &mut requete, Chemin::Libre);
    requete
}

fn restreindre(du: &Perimetre, requete: &mut Requete, chemin: Chemin) {
    sans_les_restreints(du, requete, "d.id");
    match du.vue() {
        Vue::Profil => {}
        Vue::SousCommission(code) => {
            requete.texte(" AND ").texte(&colonne("d.sous_commission", chemin));
            requete.texte(" = ").valeur(code.as_str());
        }
        Vue::Service(code) => {
            requete.texte(" AND (").texte(&colonne("d.service", chemin));
            requete.texte(" = ").valeur(code.as_str());
            if !du.parties().is_empty() {
                requete.texte(" OR ");
                est_partie(du, requete, "d.id");
            }
            requete.texte(")");
        }
        Vue::Parties => {
            requete.texte(" AND ");
            est_partie(du, requete, "d.id");
            dans_sa_sous_commission(du, requete);
        }
        Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
}

/// Les dossiers restreints à d'autres n'existent pas ici. Ils sont rares : leur index se lit en entier, et
/// les autres n'ont pas à se lire.
fn sans_les_restreints(du: &Perimetre, requete: &mut Requete, dossier: &str) {
    if du.nommes().is_some() {
        requete.texte(" AND ").texte(dossier).texte(" NOT IN (");
        restreints_a_d_autres(du, requete);
        requete.texte(")");
    }
}

/// Les dossiers restreints qui ne nomment pas cette personne.
pub(crate) fn restreints_a_d_autres(du: &Perimetre, requete: &mut Requete) {
    requete.texte("SELECT r.id FROM vue_dossier r WHERE r.nommes <> ''");
    let Some(siens) = du.nommes() else {
        requete.texte(" AND 1 = 0");
        return;
    };
    for nom in siens {
        requete.texte(" AND r.nommes NOT LIKE ").valeur(format!("%|{}|%", litteral(nom)));
        requete.texte(" ESCAPE '\\'");
    }
}

/// Les dossiers (`d`) du périmètre dont l'accès est restreint, et qui nomment la personne : les compteurs
/// tenus ne les comptent pas.
pub(crate) fn des_restreints(du: &Perimetre, selection: &str) -> Requete {
    let entree = Requete {
        sql: "SELECT r.id FROM vue_dossier r WHERE r.nommes <> ''".to_owned(),
        valeurs: vec![],
    };
    des_dossiers(du, selection, Some(entree), Chemin::Libre)
}

/// Le dossier de cette colonne a une partie que ce périmètre représente.
pub(crate) fn est_partie(du: &Perimetre, requete: &mut Requete, dossier: &str) {
    requete
        .texte("EXISTS (SELECT 1 FROM vue_partie p WHERE p.dossier = ")
        .texte(dossier)
        .texte(" AND ");
    une_de_ses_cles(du, requete);
    requete.texte(")");
}

fn une_de_ses_cles(du: &Perimetre, requete: &mut Requete) {
    requete.texte("p.partie IN (");
    for (place, cle) in du.parties().iter().enumerate() {
        requete.texte(if place == 0 { "" } else { ", " }).valeur(cle.as_str());
    }
    // Sans clé, aucune partie ne convient.
    requete.texte(if du.parties().is_empty() { "NULL)" } else { ")" });
}

pub(crate) fn dans_sa_sous_commission(du: &Perimetre, requete: &mut Requete) {
    if let Some(code) = du.sous_commission() {
        requete.texte(" AND d.sous_commission = ").valeur(code);
    }
}

/// Les dossiers (`d`) où une réponse est attendue de l'organisme.
pub(crate) fn ou_repondre(du: &Perimetre, requete: &mut Requete) {
    requete.texte(" AND EXISTS (SELECT 1 FROM vue_partie p WHERE p.dossier = d.id AND ");
    une_de_ses_cles(du, requete);
    requete.texte(" AND p.pourquoi LIKE '% a_repondre %')");
}

/// Les dossiers (`d`) dont l'organisme est mandaté pour le diagnostic.
pub(crate) fn ou_mandate(du: &Perimetre, requete: &mut Requete) {
    requete.texte(" AND EXISTS (SELECT 1 FROM vue_partie p WHERE p.dossier = d.id AND ");
    une_de_ses_cles(du, requete);
    requete.texte(" AND p.pourquoi LIKE '% mandat %')");
}

/// Les dossiers (`d`) d'une liste de suivi, par l'index des listes.
pub(crate) fn en_liste(requete: &mut Requete, code: &str) {
    requete.texte(" AND d.listes <> '' AND d.listes LIKE ");
    requete.valeur(format!("% {} %", litteral(code))).texte(" ESCAPE '\\'");
}

/// `debut` (« SELECT … FROM vue_dossier d »), restreint aux dossiers où l'organisme est partie.
pub(crate) fn de_ses_parties(du: &Perimetre, debut: Requete) -> Requete {
    let mut requete = debut;
    requete.texte(" WHERE d.id IN (SELECT p.dossier FROM vue_partie p WHERE ");
    une_de_ses_cles(du, &mut requete);
    // Par les numéros, jamais par l'index du profil, qui le lirait en entier.
    requete.texte(") AND (d.profil || '') = ").valeur(du.profil());
    sans_les_restreints(du, &mut requete, "d.id");
    requete
}

/// `debut`, restreint aux notices (`n`) du périmètre.
pub(crate) fn des_notices(du: &Perimetre, debut: &str) -> Requete {
    let mut requete = Requete::default();
    requete.texte(debut).texte(" WHERE n.profil = ").valeur(du.profil());
    sans_les_restreints(du, &mut requete, "COALESCE(n.dossier, 0)");
    match du.vue() {
        Vue::Profil => {}
        Vue::SousCommission(code) => {
            requete.texte(" AND n.sous_commission = ").valeur(code.as_str());
        }
        Vue::Service(code) => {
            requete.texte(" AND EXISTS (SELECT 1 FROM vue_dossier d WHERE d.id = n.dossier");
            requete.texte(" AND d.service = ").valeur(code.as_str()).texte(")");
        }
        Vue::Parties => ses_notices(du, &mut requete),
        Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
    requete
}

/// Les notices (`n`) que l'organisme a lui-même envoyées.
pub(crate) fn ses_notices(du: &Perimetre, requete: &mut Requete) {
    match du.emetteur() {
        Some(nom) => requete.texte(" AND n.emetteur = ").valeur(nom),
        None => requete.texte(" AND 1 = 0"),
    };
}
