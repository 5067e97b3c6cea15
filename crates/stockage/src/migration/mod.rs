//! Les migrations : en avant seulement, exécutées à l'ouverture.
//!
//! Un fichier publié ne change plus. Plusieurs programmes peuvent ouvrir la base en même temps :
//! le premier migre, les autres attendent et n'ont plus rien à faire.

use crate::base::valeur::valeurs;
use crate::base::{Base, Moteur, sql};
use crate::echec::Echec;

/// Une migration : un texte commun, puis ce qui n'a pas la même langue sur les deux moteurs.
struct Migration {
    version: i64,
    nom: &'static str,
    commun: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: [Migration; 2] = [
    Migration {
        version: 1,
        nom: "socle",
        commun: include_str!("../../migrations/0001_socle.sql"),
        sqlite: include_str!("../../migrations/0001_socle.sqlite.sql"),
        postgres: include_str!("../../migrations/0001_socle.postgres.sql"),
    },
    Migration {
        version: 2,
        nom: "parties",
        commun: include_str!("../../migrations/0002_parties.sql"),
        sqlite: "",
        postgres: "",
    },
];

/// La version de schéma que ce programme sait lire et écrire.
pub(crate) const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

pub(crate) async fn migrer(base: &Base) -> Result<(), Echec> {
    if version(base).await == Some(VERSION) {
        return Ok(());
    }
    let mut connexion = base.ecrire().await?;
    connexion.executer(sql!("table.sql"), vec![]).await?;
    let faite: i64 = connexion.lire_une(sql!("version.sql"), vec![]).await?.unwrap_or_default();
    if faite > VERSION {
        return Err(Echec::Refus(format!(
            "Cette base a été écrite par une version plus récente du programme (schéma {faite}, connu {VERSION}). \
             Mettez le programme à jour."
        )));
    }
    for migration in MIGRATIONS.iter().filter(|m| m.version > faite) {
        connexion.executer_texte(migration.texte(base.moteur())).await?;
        connexion.executer(sql!("noter.sql"), valeurs![migration.version, migration.nom]).await?;
    }
    connexion.valider().await
}

/// Un programme a déjà ouvert cette base.
pub(crate) async fn a_servi(base: &Base) -> bool {
    version(base).await.is_some()
}

/// La version de la base, ou rien si elle n'a jamais été migrée.
async fn version(base: &Base) -> Option<i64> {
    // Sur une base neuve la table manque : c'est la réponse attendue, pas une panne.
    base.lire_une(sql!("version.sql"), vec![]).await.ok().flatten()
}

impl Migration {
    fn texte(&self, moteur: Moteur) -> String {
        let (mots, propre) = match moteur {
            Moteur::Sqlite => (
                [
                    ("{cle}", "INTEGER PRIMARY KEY"),
                    ("{texte}", "TEXT"),
                    ("{octets}", "BLOB"),
                    ("{etroite}", "WITHOUT ROWID"),
                ],
                self.sqlite,
            ),
            Moteur::Postgres => (
                [
                    ("{cle}", "BIGINT PRIMARY KEY"),
                    ("{texte}", "TEXT COLLATE \"C\""),
                    ("{octets}", "BYTEA"),
                    ("{etroite}", ""),
                ],
                self.postgres,
            ),
        };
        let commun = self.commun.lines().filter(|l| !l.trim_start().starts_with("--"));
        let commun = commun.collect::<Vec<_>>().join("\n");
        let commun = mots.iter().fold(commun, |texte, (mot, par)| texte.replace(mot, par));
        commun + "\n" + propre
    }
}
