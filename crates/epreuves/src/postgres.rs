//! Une grappe PostgreSQL jetable par processus de tests, une base vide par appel.

use std::{
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::gardien::Gardien;

struct Grappe {
    _gardien: Gardien,
    port: String,
    psql: String,
}

static GRAPPE: OnceLock<Grappe> = OnceLock::new();
static SUIVANTE: AtomicU32 = AtomicU32::new(1);

/// L'adresse d'une base neuve et vide : `postgres://essais@127.0.0.1:…/nom_1`.
///
/// Le premier appel d'un processus démarre la grappe (deux secondes) ; les suivants, même
/// parallèles, la partagent. Deux appels donnent deux bases, même sous un même nom.
///
/// # Panics
///
/// Quand PostgreSQL manque : lancez `scripts/essais`.
#[must_use]
pub fn base(nom: &str) -> String {
    let grappe = GRAPPE.get_or_init(Grappe::demarrer);
    let base = format!("{nom}_{}", SUIVANTE.fetch_add(1, Ordering::Relaxed));
    grappe.executer(&format!("CREATE DATABASE \"{base}\""));
    format!("postgres://essais@127.0.0.1:{}/{base}", grappe.port)
}

impl Grappe {
    fn demarrer() -> Self {
        let (gardien, ligne) = Gardien::lancer("PostgreSQL", include_str!("postgres.sh"));
        let Some((port, psql)) = ligne.split_once(' ') else {
            panic!("PostgreSQL n'a pas dit son port : {ligne}");
        };
        Self { port: port.to_owned(), psql: psql.to_owned(), _gardien: gardien }
    }

    fn executer(&self, sql: &str) {
        let sortie = Command::new(&self.psql)
            .args(["-h", "127.0.0.1", "-p", &self.port, "-U", "essais", "-d", "postgres"])
            .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql])
            .output();
        match sortie {
            Ok(sortie) if sortie.status.success() => {}
            Ok(sortie) => panic!("« {sql} » : {}", String::from_utf8_lossy(&sortie.stderr)),
            Err(cause) => panic!("psql ne se lance pas ({cause}) : lancez scripts/essais."),
        }
    }
}
