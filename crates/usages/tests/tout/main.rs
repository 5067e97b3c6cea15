//! Les essais des cas d'usage, chacun sur les deux moteurs, chacun suivi d'une vérification entière.

#![expect(clippy::unwrap_used, clippy::panic, reason = "un essai dont l'appui échoue échoue")]

/// Joue chaque scénario sur une base neuve de chaque moteur, puis vérifie et reconstruit la base.
macro_rules! sur_les_deux_moteurs {
    ($($nom:ident),+ $(,)?) => {
        $(mod $nom {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sur_sqlite() {
                crate::appareil::jouer(stockage::base::Moteur::Sqlite, super::$nom).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sur_postgresql() {
                crate::appareil::jouer(stockage::base::Moteur::Postgres, super::$nom).await;
            }
        })+
    };
}

mod a_completer;
mod actes;
mod actes_parcours;
mod appareil;
mod attendu;
mod brut;
mod cas_travailles;
mod comptes_a_revoir;
mod conservation;
mod coordination;
mod courriers;
mod deux_fois;
mod diagnostics;
mod entrees;
mod exports;
mod hasard;
mod notices;
mod parts;
mod perimetres;
mod rapprochements;
mod recherche;
mod restreints;
mod secret;
mod suppleances;
mod veille;
mod vues;
