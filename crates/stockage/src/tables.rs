//! Les tables et leurs colonnes, pour l'insertion par lots et la sauvegarde.
//!
//! Un test compare cette liste au schéma obtenu par les migrations.

/// Ce que contient une colonne.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Genre {
    Entier,
    Texte,
    Octets,
}

use Genre::{Entier as E, Octets as O, Texte as T};

/// Une table, dans l'ordre de ses colonnes.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) nom: &'static str,
    pub(crate) colonnes: &'static [(&'static str, Genre)],
    /// Ce que fait l'insertion d'une clé déjà présente.
    pub(crate) deja: Deja,
    /// L'ordre de lecture d'une sauvegarde : les colonnes de la clé.
    pub(crate) cle: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deja {
    /// L'insertion échoue : la clé prouve qu'on n'écrit pas deux fois.
    Echoue,
    /// La ligne d'avant est gardée.
    Garde,
    /// La ligne est remplacée, colonne par colonne.
    Remplace,
    /// Le nombre `n` s'ajoute à celui d'avant.
    Ajoute,
}

impl Table {
    /// Où sont les colonnes de la clé.
    pub(crate) fn places_de_la_cle(&self) -> Vec<usize> {
        let place = |nom| self.colonnes.iter().position(|(colonne, _)| *colonne == nom);
        self.cle.split(", ").filter_map(place).collect()
    }
}

macro_rules! table {
    ($nom:ident, $deja:ident, $cle:literal, [$($colonne:ident $genre:ident),* $(,)?]) => {
        Table {
            nom: stringify!($nom),
            colonnes: &[$((stringify!($colonne), $genre)),*],
            deja: Deja::$deja,
            cle: $cle,
        }
    };
}

pub(crate) const COMPTEUR: Table = table!(compteur, Remplace, "nom", [nom T, valeur E]);
pub(crate) const PIECE: Table = table!(piece, Echoue, "id", [
    id E, profil T, empreinte T, nom T, emetteur T, nature T, taille E, recu_le T, deposant E,
    etat T, endroit T, motif T, traitees E, total E, cle T,
]);
pub(crate) const PIECE_OCTETS: Table =
    table!(piece_octets, Echoue, "piece, morceau", [piece E, morceau E, octets O]);
pub(crate) const NOTICE: Table = table!(notice, Echoue, "id", [
    id E, piece E, ordre E, ligne E, feuille T, profil T, emetteur T, nature T, reference T,
    empreinte O, empreinte_reference O, sous_commission T, statut T, motif T, dossier E, rapprochement T, contenu T, recu_le T,
]);
pub(crate) const NOTICE_DOUBLON: Table = table!(notice_doublon, Garde, "piece, ordre", [
    piece E, ordre E, ligne E, feuille T, notice E,
]);
pub(crate) const COFFRE: Table = table!(coffre, Echoue, "cle", [cle E, contenu T, efface_le T]);
pub(crate) const JOURNAL: Table = table!(journal, Echoue, "dossier, rang", [
    dossier E, rang E, fait T, acte T, jour T, contenu T, agent E, ecrit_le T, pour E,
]);
pub(crate) const VUE_DOSSIER: Table = table!(vue_dossier, Remplace, "id", [
    id E, reference T, profil T, sous_commission T, service T, service_provisoire E, commune T,
    stade T, statut T, motif T, file T, etape_quoi T, etape_qui T, etape_avant_le T,
    etape_regle T, fin_delai T, nom T, adresse T, dette E, ouvert_le T, maj_le T, clos_le T,
    questions E, courriers E, parties T, mots T, cles T, fiche T, rang E, a_orienter E,
    sans_etape E, depuis T, issue T, etats T, listes T, change_le T, termes T, audience_le T, nommes T,
]);
/// Ce que le temps change d'un dossier : les seules colonnes que la veille réécrit.
pub(crate) const VUE_DOSSIER_DU_JOUR: Table = table!(vue_dossier, Remplace, "id", [
    id E, service T, service_provisoire E, stade T, file T, etape_quoi T, etape_qui T,
    etape_avant_le T, etape_regle T, clos_le T, a_orienter E, sans_etape E, depuis T, issue T,
    etats T, listes T, change_le T, parties T, audience_le T,
]);
pub(crate) const VUE_TERME: Table =
    table!(vue_terme, Garde, "terme, commune, dossier", [terme T, commune T, dossier E]);
pub(crate) const VUE_MOT: Table = table!(vue_mot, Ajoute, "terme", [terme T, n E]);
pub(crate) const VUE_CLE: Table = table!(vue_cle, Garde, "cle, dossier", [cle E, dossier E]);
pub(crate) const VUE_PARTIE: Table =
    table!(vue_partie, Remplace, "partie, dossier", [partie T, dossier E, pourquoi T]);
pub(crate) const VUE_COURRIER: Table = table!(vue_courrier, Remplace, "id", [
    id E, dossier E, notice E, modele T, destinataire T, canal T, etat T, prepare_le T,
    change_le T, detail T,
]);
pub(crate) const VUE_QUESTION: Table = table!(vue_question, Remplace, "id", [
    id E, dossier E, candidat E, rang E, motifs T, etat T, creee_le T,
]);
pub(crate) const VUE_COMPTE: Table = table!(vue_compte, Ajoute, "profil, compteur, jour, sous_commission, service", [
    profil T, compteur T, jour T, sous_commission T, service T, n E,
]);
pub(crate) const VEILLE: Table = table!(veille, Remplace, "profil", [profil T, jour T]);
pub(crate) const COMPTE: Table = table!(compte, Echoue, "id", [
    id E, identifiant T, nom T, organisme T, role T, profil T, sous_commission T, service T,
    secret T, actif E, cree_le T, echecs E, dernier_echec T, communes T, fin T,
    responsable E,
]);
pub(crate) const SESSION: Table = table!(session, Echoue, "empreinte", [
    empreinte T, compte E, etape T, moyen T, appareil T, cree_le T, vu_le T, expire_le T, fin_le T,
    jeton_csrf T, preuve T,
]);
pub(crate) const SECOND_FACTEUR: Table = table!(second_facteur, Echoue, "compte", [
    compte E, secret T, actif_le T, dernier_pas E,
]);
pub(crate) const CODE_DE_SECOURS: Table =
    table!(code_de_secours, Echoue, "compte, empreinte", [compte E, empreinte T]);
pub(crate) const APPAREIL: Table = table!(appareil, Echoue, "empreinte", [
    empreinte T, compte E, nom T, cree_le T, expire_le T,
]);
pub(crate) const ESSAI: Table = table!(essai, Echoue, "cle", [cle T, echecs E, dernier T]);
pub(crate) const COURRIEL_DE_COMPTE: Table =
    table!(courriel_de_compte, Echoue, "compte", [compte E, courriel T]);
pub(crate) const INVITATION: Table = table!(invitation, Echoue, "id", [
    id E, compte E, empreinte T, par E, etat T, jours E, cree_le T, expire_le T, depart E,
]);
pub(crate) const IDENTITE_FOURNIE: Table = table!(identite_fournie, Echoue, "emetteur, sujet", [
    emetteur T, sujet T, compte E, liee_le T,
]);
pub(crate) const GESTE_DE_COMPTE: Table = table!(geste_de_compte, Echoue, "id", [
    id E, compte E, geste T, par E, appareil T, quand T,
]);
pub(crate) const SUPPLEANCE: Table = table!(suppleance, Echoue, "id", [
    id E, absent E, suppleant E, du T, au T, motif T, par E, cree_le T, finie_le T, finie_par E,
]);
pub(crate) const REVUE_DE_COMPTE: Table = table!(revue_de_compte, Echoue, "id", [
    id E, compte E, decision T, par E, quand T, le T, revoir_le T,
]);
pub(crate) const SAISIE_EN_ATTENTE: Table = table!(saisie_en_attente, Echoue, "empreinte", [
    empreinte T, compte E, contenu T, expire_le T,
]);
pub(crate) const CORRESPONDANCE: Table = table!(correspondance, Remplace, "profil, emetteur, nature", [
    profil T, emetteur T, nature T, contenu T,
]);
pub(crate) const BROUILLON: Table = table!(brouillon, Echoue, "id", [
    id E, profil T, compte E, nature T, contenu T, maj_le T,
]);
pub(crate) const VUE_DE_LISTE: Table = table!(vue_de_liste, Remplace, "compte, nom", [
    compte E, nom T, demande T, par_defaut E,
]);
pub(crate) const ACCES: Table = table!(acces, Echoue, "id", [
    id E, quand T, agent E, organisme T, role T, profil T, finalite T, motif T, geste T, objet T,
    dossier E, dossiers T, notices T, empreinte O,
]);
pub(crate) const ACCES_EXCEPTIONNEL: Table = table!(acces_exceptionnel, Echoue, "id", [
    id E, profil T, compte E, organisme T, role T, reference T, dossier E, dossiers T, motif T, coffre E,
    debut T, prevue T, fin T, finie_par E, examinee_le T, examinee_par E, avis T,
]);
pub(crate) const NOTE_RESERVEE: Table = table!(note_reservee, Echoue, "id", [
    id E, dossier E, organisme T, agent E, coffre E, ecrite_le T,
]);
pub(crate) const CONSERVATION: Table = table!(conservation, Garde, "id", [
    id E, profil T, sujet T, numero E, depuis T, geste T, jour T, echeance T, motif T, agent E, quand T,
]);
pub(crate) const DEMANDE: Table = table!(demande, Echoue, "id", [
    id E, notice E, par E, le T, a T, objet T, corps T, avant_le T, depart E,
]);
pub(crate) const DEPART: Table = table!(depart, Echoue, "id", [
    id E, courrier E, a T, objet T, corps T, etat T, essais E, erreur T, cree_le T, change_le T,
]);
pub(crate) const CLE_API: Table = table!(cle_api, Echoue, "id", [
    id E, compte E, nom T, empreinte T, indice T, portee T, cree_le T, cree_par E, expire_le T,
    vue_le T, revoquee_le T,
]);
pub(crate) const ENVOI: Table = table!(envoi, Echoue, "compte, jeton", [
    compte E, jeton T, empreinte T, statut E, genre T, reponse O, recu_le T,
]);
pub(crate) const CHANGEMENT: Table =
    table!(changement, Echoue, "numero", [numero E, dossier E, rang E]);

pub(crate) const ABONNEMENT: Table =
    table!(abonnement, Remplace, "compte", [compte E, empreinte T, cree_le T, vu_le T]);
pub(crate) const NOTIFICATION_LUE: Table =
    table!(notification_lue, Remplace, "compte, dossier", [compte E, dossier E, jusqu_a T]);
pub(crate) const NOTIFICATION_REGLAGE: Table = table!(notification_reglage, Remplace, "compte", [
    compte E, courriel T, resume E, envoye_le T,
]);

/// Toutes les tables, dans l'ordre où une restauration les remplit.
pub(crate) const TOUTES: [&Table; 44] = [
    &COMPTEUR,
    &PIECE,
    &PIECE_OCTETS,
    &NOTICE,
    &NOTICE_DOUBLON,
    &COFFRE,
    &JOURNAL,
    &VUE_DOSSIER,
    &VUE_TERME,
    &VUE_MOT,
    &VUE_CLE,
    &VUE_PARTIE,
    &VUE_COURRIER,
    &VUE_QUESTION,
    &VUE_COMPTE,
    &VEILLE,
    &COMPTE,
    &SESSION,
    &SECOND_FACTEUR,
    &CODE_DE_SECOURS,
    &APPAREIL,
    &ESSAI,
    &COURRIEL_DE_COMPTE,
    &INVITATION,
    &IDENTITE_FOURNIE,
    &GESTE_DE_COMPTE,
    &SUPPLEANCE,
    &REVUE_DE_COMPTE,
    &SAISIE_EN_ATTENTE,
    &CORRESPONDANCE,
    &BROUILLON,
    &VUE_DE_LISTE,
    &ACCES,
    &ACCES_EXCEPTIONNEL,
    &NOTE_RESERVEE,
    &CONSERVATION,
    &DEMANDE,
    &DEPART,
    &ABONNEMENT,
    &NOTIFICATION_LUE,
    &NOTIFICATION_REGLAGE,
    &CLE_API,
    &ENVOI,
    &CHANGEMENT,
];

/// Celles que le journal permet de refaire.
pub(crate) const VUES: [&Table; 8] = [
    &VUE_DOSSIER,
    &VUE_TERME,
    &VUE_MOT,
    &VUE_CLE,
    &VUE_PARTIE,
    &VUE_COURRIER,
    &VUE_QUESTION,
    &VUE_COMPTE,
];

#[cfg(test)]
mod tests {
    use super::TOUTES;
    use crate::base::ligne::{DepuisLigne, Ligne};
    use crate::base::valeur::valeurs;
    use crate::base::{Moteur, Sql, Stockage};
    use crate::echec::Echec;

    struct Nom(String);

    impl DepuisLigne for Nom {
        fn depuis(l: &Ligne) -> Result<Self, Echec> {
            Ok(Self(l.texte("nom")?))
        }
    }

    async fn noms(stockage: &Stockage, sql: &'static str, table: &str) -> Vec<String> {
        let valeurs = if table.is_empty() { vec![] } else { valeurs![table] };
        let noms: Vec<Nom> = stockage.base.lire(Sql::Portable(sql), valeurs).await.unwrap();
        noms.into_iter().map(|n| n.0).collect()
    }

    #[tokio::test]
    async fn la_liste_des_tables_est_celle_du_schema() {
        let url = epreuves::postgres::base("tables").parse().unwrap();
        let bases = [Stockage::ephemere().await.unwrap(), Stockage::ouvrir(&url).await.unwrap()];
        for stockage in bases {
            let (tables, colonnes) = match stockage.moteur() {
                Moteur::Sqlite => (
                    "SELECT name AS nom FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                    "SELECT name AS nom FROM pragma_table_info($1) ORDER BY cid",
                ),
                Moteur::Postgres => (
                    "SELECT table_name::text COLLATE \"C\" AS nom FROM information_schema.tables
                     WHERE table_schema = 'public' ORDER BY 1",
                    "SELECT column_name::text AS nom FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position",
                ),
            };
            let mut connues: Vec<&str> =
                TOUTES.iter().map(|t| t.nom).chain(["migration"]).collect();
            connues.sort_unstable();
            assert_eq!(noms(&stockage, tables, "").await, connues);
            for table in TOUTES {
                let connues: Vec<&str> = table.colonnes.iter().map(|(nom, _)| *nom).collect();
                assert_eq!(noms(&stockage, colonnes, table.nom).await, connues, "{}", table.nom);
            }
        }
    }
}
