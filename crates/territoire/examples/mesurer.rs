//! Mesure la lecture des données et la recherche : `cargo run --release -p territoire --example mesurer`.

use std::time::Instant;

use territoire::recherche::trouver;

fn main() {
    let depart = Instant::now();
    let communes = territoire::communes().count();
    eprintln!("lecture de {communes} communes : {:.1?}", depart.elapsed());

    let exemples: Vec<[&str; 3]> = include_str!("../tests/cas/exemples.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').collect::<Vec<_>>().try_into().ok())
        .collect();
    mesurer("exemples", exemples.iter().map(|[nom, code, _]| (*nom, Some(*code))));
    mesurer("sans code postal", exemples.iter().map(|[nom, ..]| (*nom, None)));
    mesurer(
        "fautes de frappe",
        exemples.iter().map(|[nom, code, _]| (nom.get(1..).unwrap_or(""), Some(*code))),
    );
}

fn mesurer<'a>(quoi: &str, recherches: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone) {
    const TOURS: u32 = 100;
    let (depart, mut nombre, mut trouvees) = (Instant::now(), 0_u32, 0_u32);
    for (nom, code) in (0..TOURS).flat_map(|_| recherches.clone()) {
        nombre += 1;
        trouvees += u32::from(trouver(nom, code, Some("62")).commune().is_some());
    }
    let chaque = depart.elapsed() / nombre;
    eprintln!("{quoi} : {nombre} recherches, {trouvees} trouvées, {chaque:.2?} chacune");
}
