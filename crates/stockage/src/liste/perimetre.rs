//! Le périmètre, écrit dans la requête elle-même : aucune liste ne se filtre après coup.

use ccapex::partenaires::habilitation::{Perimetre, Vue};

use crate::base::requete::Requete;

/// `debut`, restreint aux dossiers (`d`) du périmètre.
pub(crate) fn des_dossiers(du: &Perimetre, debut: &str) -> Requete {
    let mut requete = Requete::default();
    requete.texte(debut).texte(" WHERE d.profil = ").valeur(du.profil());
    match du.vue() {
        Vue::Profil => {}
        Vue::SousCommission(code) => {
            requete.texte(" AND d.sous_commission = ").valeur(code.as_str());
        }
        Vue::Service(code) => {
            requete.texte(" AND d.service = ").valeur(code.as_str());
        }
        Vue::Emetteur(nom) => {
            requete.texte(" AND d.id IN (SELECT e.dossier FROM vue_emetteur e WHERE e.emetteur = ");
            requete.valeur(nom.as_str()).texte(")");
        }
        Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
    requete
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
        Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
    requete
}
