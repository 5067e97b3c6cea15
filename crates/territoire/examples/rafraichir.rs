//! Réécrit `donnees/decoupage.deflate` à partir de deux dossiers décompressés du paquet npm
//! `@etalab/decoupage-administratif`. Mode d'emploi dans `LISEZMOI.md`.
//!
//! Mêmes dossiers, mêmes octets.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::Value;

type Resultat<T> = Result<T, Box<dyn Error>>;

fn main() -> Resultat<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [annee, actuel, historique] = arguments.as_slice() else {
        return Err("usage : rafraichir ANNÉE DOSSIER-ACTUEL DOSSIER-0.7.0".into());
    };
    let annee: u16 = annee.parse()?;
    let texte =
        ecrire(annee, &Path::new(actuel).join("data"), &Path::new(historique).join("data"))?;

    let mut compresse = DeflateEncoder::new(Vec::new(), Compression::best());
    compresse.write_all(texte.as_bytes())?;
    let octets = compresse.finish()?;
    let cible = Path::new(env!("CARGO_MANIFEST_DIR")).join("donnees/decoupage.deflate");
    std::fs::write(&cible, &octets)?;
    eprintln!("{} : {} octets, {} décompressés", cible.display(), octets.len(), texte.len());
    Ok(())
}

fn ecrire(annee: u16, actuel: &Path, historique: &Path) -> Resultat<String> {
    let communes = lire(actuel, "communes.json")?;
    let mut texte = format!(
        "S\t{annee}\tDécoupage administratif d'Etalab, d'après le code officiel géographique de \
         l'Insee, la DGCL et La Poste\tLicence Ouverte 2.0\n"
    );
    for d in tries(lire(actuel, "departements.json")?) {
        writeln!(texte, "D\t{}\t{}", champ(&d, "code")?, champ(&d, "nom")?)?;
    }
    for a in tries(lire(actuel, "arrondissements.json")?) {
        let (code, departement) = (champ(&a, "code")?, champ(&a, "departement")?);
        writeln!(texte, "A\t{code}\t{departement}\t{}", champ(&a, "nom")?)?;
    }
    let mut epci_de = BTreeMap::new();
    for e in tries(lire(actuel, "epci.json")?) {
        let code = champ(&e, "code")?.to_owned();
        writeln!(texte, "E\t{code}\t{}\t{}", champ(&e, "type")?, champ(&e, "nom")?)?;
        for membre in e["membres"].as_array().ok_or("epci sans membres")? {
            epci_de.insert(champ(membre, "code")?.to_owned(), code.clone());
        }
    }

    let mut actuelles = BTreeMap::new();
    let mut anciens_codes = BTreeMap::new();
    let mut noms = BTreeSet::new();
    for c in &communes {
        let (code, nom) = (champ(c, "code")?, champ(c, "nom")?);
        match champ(c, "type")? {
            "commune-actuelle" | "arrondissement-municipal" => {
                actuelles.insert(code.to_owned(), c);
                for ancien in c["anciensCodes"].as_array().into_iter().flatten() {
                    let ancien = ancien.as_str().ok_or("ancien code illisible")?;
                    anciens_codes.insert(ancien.to_owned(), code.to_owned());
                }
            }
            nature => {
                let nature = match nature {
                    "commune-deleguee" => "deleguee",
                    "commune-associee" => "associee",
                    autre => return Err(format!("nature inconnue : {autre}").into()),
                };
                let chef_lieu = champ(c, "chefLieu")?;
                anciens_codes.insert(code.to_owned(), chef_lieu.to_owned());
                noms.insert((chef_lieu.to_owned(), nom.to_owned(), nature));
            }
        }
    }
    anciens_codes.retain(|ancien, _| !actuelles.contains_key(ancien));

    for (code, c) in &actuelles {
        let ville = c["commune"].as_str();
        let nature = if ville.is_some() { "M" } else { "C" };
        let epci = epci_de.get(ville.unwrap_or(code)).map_or("", String::as_str);
        let codes_postaux: Vec<&str> =
            c["codesPostaux"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        write!(
            texte,
            "{nature}\t{code}\t{}\t{}\t{}\t{epci}\t{}",
            champ(c, "nom")?,
            champ(c, "departement")?,
            c["arrondissement"].as_str().unwrap_or(""),
            codes_postaux.join(" "),
        )?;
        ville.map_or(Ok(()), |ville| write!(texte, "\t{ville}"))?;
        texte.push('\n');
    }

    // Un nom disparu répond pour la commune d'aujourd'hui qui porte ou a repris son code.
    for h in lire(historique, "historique-communes.json")? {
        let (code, nom) = (champ(&h, "code")?, champ(&h, "nom")?);
        let actuelle = match actuelles.contains_key(code) {
            true => code,
            false => match anciens_codes.get(code) {
                Some(actuelle) => actuelle,
                None => continue,
            },
        };
        let deja = actuelles[actuelle]["nom"].as_str() == Some(nom)
            || ["deleguee", "associee"]
                .iter()
                .any(|nature| noms.contains(&(actuelle.to_owned(), nom.to_owned(), *nature)));
        if !deja {
            noms.insert((actuelle.to_owned(), nom.to_owned(), "disparue"));
        }
    }
    for (actuelle, nom, nature) in &noms {
        writeln!(texte, "N\t{nature}\t{actuelle}\t{nom}")?;
    }
    for (ancien, actuelle) in &anciens_codes {
        writeln!(texte, "O\t{ancien}\t{actuelle}")?;
    }
    Ok(texte)
}

fn lire(dossier: &Path, nom: &str) -> Resultat<Vec<Value>> {
    let chemin = dossier.join(nom);
    let fichier = File::open(&chemin).map_err(|e| format!("{} : {e}", chemin.display()))?;
    Ok(serde_json::from_reader(BufReader::new(fichier))?)
}

fn tries(mut objets: Vec<Value>) -> Vec<Value> {
    objets.sort_by(|a, b| a["code"].as_str().cmp(&b["code"].as_str()));
    objets
}

fn champ<'a>(objet: &'a Value, nom: &str) -> Resultat<&'a str> {
    objet[nom].as_str().ok_or_else(|| format!("champ « {nom} » absent de {objet}").into())
}
