//! Ce qui peut empêcher de lire ou d'écrire, et ce qu'il faut faire.

use std::error::Error;

/// Pourquoi la base n'a pas répondu.
#[derive(Debug, thiserror::Error)]
pub enum Echec {
    /// Rien sous cet identifiant.
    #[error("Introuvable : rien n'est enregistré sous cet identifiant. Vérifiez-le.")]
    Introuvable,

    /// Quelqu'un a écrit entre la lecture et l'écriture.
    #[error(
        "Quelqu'un a modifié ce dossier pendant votre saisie. Rien n'a été enregistré : relisez-le, puis recommencez."
    )]
    Conflit,

    /// Le disque de la base est plein.
    #[error(
        "Le disque de la base est plein. Rien n'a été enregistré à moitié : libérez de la place, puis recommencez."
    )]
    DisquePlein,

    /// Un autre programme tient la base trop longtemps.
    #[error(
        "La base est occupée par un autre programme. Rien n'a été enregistré : attendez qu'il finisse, puis recommencez."
    )]
    Occupee,

    /// Ce qui est demandé ne se fait pas ; le texte dit pourquoi et quoi faire.
    #[error("{0}")]
    Refus(String),

    /// Rien à faire pour la personne. Le détail va au journal technique, jamais à l'écran.
    #[error(
        "La base n'a pas répondu comme prévu. Rien n'a été enregistré à moitié ; réessayez dans un instant."
    )]
    Panne(#[source] Box<dyn Error + Send + Sync>),
}

impl Echec {
    /// Une panne, d'après sa cause.
    pub(crate) fn panne(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Panne(cause.into())
    }
}

impl From<sqlx::Error> for Echec {
    fn from(erreur: sqlx::Error) -> Self {
        if let sqlx::Error::PoolTimedOut = erreur {
            return Self::Occupee;
        }
        let code = erreur.as_database_error().and_then(|e| e.code().map(|c| c.into_owned()));
        match code.as_deref() {
            // SQLITE_FULL, SQLITE_IOERR_WRITE ; disk_full de PostgreSQL.
            Some("13" | "778" | "53100") => Self::DisquePlein,
            // SQLITE_BUSY et ses variantes ; lock_not_available.
            Some("5" | "261" | "517" | "773" | "55P03") => Self::Occupee,
            _ => Self::panne(erreur),
        }
    }
}

impl From<jiff::Error> for Echec {
    fn from(erreur: jiff::Error) -> Self {
        Self::panne(erreur)
    }
}

impl From<serde_json::Error> for Echec {
    fn from(erreur: serde_json::Error) -> Self {
        Self::panne(erreur)
    }
}

impl From<std::io::Error> for Echec {
    fn from(erreur: std::io::Error) -> Self {
        if erreur.kind() == std::io::ErrorKind::StorageFull {
            return Self::DisquePlein;
        }
        Self::panne(erreur)
    }
}

#[cfg(test)]
mod tests {
    use super::Echec;
    use crate::base::valeur::valeurs;
    use crate::base::{Sql, Stockage};

    #[tokio::test]
    async fn un_disque_plein_se_reconnait_et_ne_laisse_rien_a_moitie() {
        let stockage = Stockage::ephemere().await.unwrap();
        let pages = Sql::Portable("PRAGMA max_page_count = 200");
        stockage.base.executer(pages, vec![]).await.unwrap();
        let inserer = "INSERT INTO piece_octets (piece, morceau, octets) VALUES ($1, $2, $3)";
        let mut connexion = stockage.base.ecrire().await.unwrap();
        let petit = valeurs![1, 0, vec![0_u8; 1_000]];
        connexion.executer(Sql::Portable(inserer), petit).await.unwrap();
        let gros = valeurs![1, 1, vec![0_u8; 2_000_000]];
        let echec = connexion.executer(Sql::Portable(inserer), gros).await.unwrap_err();
        assert!(matches!(echec, Echec::DisquePlein), "{echec:?}");
        drop(connexion);
        let compter = Sql::Portable("SELECT COUNT(*) AS n FROM piece_octets");
        assert_eq!(stockage.base.lire_une::<i64>(compter, vec![]).await.unwrap(), Some(0));
    }
}
