//! Montre comment un fichier est lu : `cargo run -p tableur --example montrer -- FICHIER… `.
#![expect(clippy::print_stdout, reason = "un exemple parle au terminal")]

use tableur::lecture::{Options, ouvrir};

fn main() -> std::io::Result<()> {
    for chemin in std::env::args().skip(1) {
        println!("— {chemin}");
        match ouvrir(&chemin, std::fs::read(&chemin)?, &Options::default()) {
            Err(refus) => println!("  refusé : {refus}"),
            Ok(classeur) => {
                println!("  {} {:?} {:?}", classeur.format, classeur.encodage, classeur.separateur);
                for table in &classeur.tables {
                    println!("  {:?}, en-têtes ligne {}", table.nature, table.ligne_entete);
                }
                classeur.avertissements.iter().for_each(|a| println!("  attention : {a}"));
                classeur.ignorees.iter().for_each(|r| println!("  ignorée : {r}"));
                let mut lignes = classeur.lignes();
                let lues = lignes.by_ref().inspect(|ligne| println!("  {ligne:?}")).count();
                println!("  {lues} notice(s), passées : {:?}", lignes.passees());
            }
        }
    }
    Ok(())
}
