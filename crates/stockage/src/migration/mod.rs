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

const MIGRATIONS: &[Migration] = &[
    Migration::propre(
        1,
        "socle",
        include_str!("../../migrations/0001_socle.sql"),
        include_str!("../../migrations/0001_socle.sqlite.sql"),
        include_str!("../../migrations/0001_socle.postgres.sql"),
    ),
    Migration::commune(2, "parties", include_str!("../../migrations/0002_parties.sql")),
    Migration::propre(
        3,
        "registre",
        include_str!("../../migrations/0003_registre.sql"),
        include_str!("../../migrations/0003_registre.sqlite.sql"),
        include_str!("../../migrations/0003_registre.postgres.sql"),
    ),
    Migration::commune(4, "recherche", include_str!("../../migrations/0004_recherche.sql")),
    Migration::propre(
        5,
        "connexion",
        include_str!("../../migrations/0005_connexion.sql"),
        include_str!("../../migrations/0005_connexion.sqlite.sql"),
        include_str!("../../migrations/0005_connexion.postgres.sql"),
    ),
    Migration::commune(6, "interface", include_str!("../../migrations/0006_interface.sql")),
    Migration::commune(7, "calendrier", include_str!("../../migrations/0007_calendrier.sql")),
    Migration::commune(8, "restrictions", include_str!("../../migrations/0008_restrictions.sql")),
    Migration::commune(
        9,
        "pieces_chiffrees",
        include_str!("../../migrations/0009_pieces_chiffrees.sql"),
    ),
    Migration::commune(10, "brouillons", include_str!("../../migrations/0010_brouillons.sql")),
    Migration::commune(12, "suppleances", include_str!("../../migrations/0012_suppleances.sql")),
    Migration::commune(13, "demandes", include_str!("../../migrations/0013_demandes.sql")),
    Migration::propre(
        14,
        "acces",
        include_str!("../../migrations/0014_acces.sql"),
        include_str!("../../migrations/0014_acces.sqlite.sql"),
        include_str!("../../migrations/0014_acces.postgres.sql"),
    ),
    Migration::commune(
        16,
        "etapes_de_chacun",
        include_str!("../../migrations/0016_etapes_de_chacun.sql"),
    ),
    Migration::commune(17, "places", include_str!("../../migrations/0017_places.sql")),
    Migration::commune(18, "mots_ranges", include_str!("../../migrations/0018_mots_ranges.sql")),
    Migration::commune(19, "mots", include_str!("../../migrations/0019_mots.sql")),
];

/// La version de schéma que ce programme sait lire et écrire.
pub(crate) const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

pub(crate) async fn migrer(base: &Base) -> Result<(), Echec> {
    migrer_jusqu_a(base, VERSION).await
}

async fn migrer_jusqu_a(base: &Base, cible: i64) -> Result<(), Echec> {
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
    for migration in MIGRATIONS.iter().filter(|m| faite < m.version && m.version <= cible) {
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
    /// La même pour les deux moteurs.
    const fn commune(version: i64, nom: &'static str, commun: &'static str) -> Self {
        Self::propre(version, nom, commun, "", "")
    }

    /// Commune, puis ce qui n'a pas la même langue sur les deux moteurs.
    const fn propre(
        version: i64,
        nom: &'static str,
        commun: &'static str,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> Self {
        Self { version, nom, commun, sqlite, postgres }
    }

    fn texte(&self, moteur: Moteur) -> String {
        let (mots, propre) = match moteur {
            Moteur::Sqlite => (
                [
                    ("{cle}", "INTEGER PRIMARY KEY"),
                    ("{texte}", "TEXT"),
                    ("{octets}", "BLOB"),
                    ("{rien}", "x''"),
                    ("{etroite}", "WITHOUT ROWID"),
                ],
                self.sqlite,
            ),
            Moteur::Postgres => (
                [
                    ("{cle}", "BIGINT PRIMARY KEY"),
                    ("{texte}", "TEXT COLLATE \"C\""),
                    ("{octets}", "BYTEA"),
                    ("{rien}", "''::bytea"),
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

#[cfg(test)]
mod tests {
    use ccapex::partenaires::agent::Agent;

    use super::*;
    use crate::acces::Auteur;
    use crate::acces::inscrire::Inscription;
    use crate::base::{Stockage, postgres, sqlite};

    /// Ce qu'une version d'avant le registre en chaîne laissait.
    const D_AVANT: &str = "INSERT INTO acces (id, agent, dossier, geste, quand) VALUES
        (1, 0, 7, 'lire', '2026-01-02T03:04:05.000Z'), (2, 0, 8, 'consigner', '2026-01-02T03:04:06.000Z');
        INSERT INTO compteur (nom, valeur) VALUES ('acces', 2)";

    fn lecture() -> Inscription {
        Inscription {
            auteur: Auteur::de(&Agent::programme("62")),
            geste: "ouvrir".to_owned(),
            objet: String::new(),
            dossiers: [7].into(),
            notices: [].into(),
            quand: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    async fn bases() -> Vec<(Base, epreuves::Dossier)> {
        let dossier = epreuves::Dossier::neuf("migrations");
        let chemin = dossier.chemin().join("seuil.db");
        let fichier = sqlite::ouvrir(&chemin, sqlite::Duree::Ephemere).await.unwrap();
        let serveur = postgres::ouvrir(&epreuves::postgres::base("migrations")).await.unwrap();
        vec![(fichier, dossier), (serveur, epreuves::Dossier::neuf("migrations"))]
    }

    #[tokio::test]
    async fn les_lignes_d_avant_la_chaine_se_gardent_et_la_chaine_les_continue() {
        for (base, _dossier) in bases().await {
            migrer_jusqu_a(&base, 1).await.unwrap();
            let mut connexion = base.ecrire().await.unwrap();
            connexion.executer_texte(D_AVANT.to_owned()).await.unwrap();
            connexion.valider().await.unwrap();
            migrer(&base).await.unwrap();
            let stockage = Stockage::sur(base);
            let chaine = stockage.chaine_des_acces().await.unwrap();
            assert_eq!((chaine.lignes, chaine.ruptures.as_slice()), (2, [].as_slice()));
            stockage.inscrire(vec![lecture()]).await.unwrap();
            stockage.inscrire(vec![lecture()]).await.unwrap();
            let chaine = stockage.chaine_des_acces().await.unwrap();
            assert_eq!((chaine.lignes, chaine.ruptures.as_slice()), (4, [].as_slice()));
            let sans_garde = match stockage.moteur() {
                Moteur::Sqlite => "DROP TRIGGER acces_sans_modification",
                Moteur::Postgres => "DROP TRIGGER acces_sans_modification ON acces",
            };
            let blanchir = "UPDATE acces SET empreinte = SUBSTR(empreinte, 1, 0) WHERE id = 3";
            let mut connexion = stockage.base.ecrire().await.unwrap();
            connexion.executer_texte(format!("{sans_garde}; {blanchir}")).await.unwrap();
            connexion.valider().await.unwrap();
            let ruptures = stockage.chaine_des_acces().await.unwrap().ruptures;
            assert!(ruptures[0].contains("la ligne 4 "), "{ruptures:?}");
        }
    }
}
