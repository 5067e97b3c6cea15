//! Écrit la table des droits : `cargo run -p ccapex --example droits > docs/droits.md`.

#[path = "../tests/tout/droits/table.rs"]
mod table;

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(table::page().as_bytes())
}
