use std::collections::BTreeSet;

use crate::champ::{Champ, Genre};
use crate::nature::Nature;
use crate::synonymes;

use super::Options;
use super::refus::{Cause, EnteteInconnu, RefusFichier};

/// Un tableau reconnu dans un fichier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Nom de la feuille, pour un classeur.
    pub feuille: Option<String>,
    /// Ligne des en-têtes ; 0 pour un JSON, qui n'en a pas.
    pub ligne_entete: u64,
    /// Les en-têtes, de gauche à droite. Ceux qui n'ont pas de champ sont ignorés.
    pub entetes: Vec<Entete>,
    /// Nature des notices ; `None` quand chaque ligne dit la sienne.
    pub nature: Option<Nature>,
}

/// Un en-tête et ce qu'on en comprend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entete {
    /// L'en-tête tel que le fichier l'écrit.
    pub texte: String,
    /// Le champ qu'il désigne.
    pub champ: Option<Champ>,
    /// À défaut, les champs les plus ressemblants.
    pub proches: Vec<Champ>,
    /// La première valeur de la colonne, telle qu'on la lirait ; vide si aucune n'est près du haut.
    pub exemple: String,
}

/// Ce qu'il faut pour lire les lignes d'un tableau.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Rang et champ des colonnes utiles, dans l'ordre des champs : l'ordre du fichier ne compte pas.
    pub(super) colonnes: Vec<(usize, Champ)>,
    /// Textes des en-têtes, pour reconnaître une répétition.
    pub(super) textes: Vec<String>,
    pub(super) nature: Option<Nature>,
}

impl Plan {
    pub(super) fn champ(&self, rang: usize) -> Option<Champ> {
        self.colonnes.iter().find(|(colonne, _)| *colonne == rang).map(|(_, champ)| *champ)
    }
}

/// Une ligne du haut d'un tableau, ses cellules de texte.
pub(super) struct Haut {
    pub(super) ligne: u64,
    pub(super) cellules: Vec<String>,
    /// Toutes ses cellules, nombres et jours compris, quand elles diffèrent : pour donner un exemple.
    pub(super) dites: Option<Vec<String>>,
}

/// D'où viennent les indices de nature qui ne sont pas des en-têtes.
pub(super) struct Provenance<'a> {
    pub(super) fichier: &'a str,
    pub(super) feuille: Option<&'a str>,
    /// Nature dite par l'enveloppe d'un JSON.
    pub(super) dite: Option<&'a str>,
}

/// Au moins trois en-têtes reconnus font un tableau.
const RECONNUS_AU_MOINS: usize = 3;

/// Cherche la ligne d'en-têtes parmi les premières et dresse le plan de lecture.
pub(super) fn reconnaitre(
    hauts: &[Haut],
    provenance: &Provenance<'_>,
    options: &Options,
) -> Result<(Table, Plan, Vec<String>), RefusFichier> {
    let meilleure = (0..hauts.len())
        .map(|rang| (champs(hauts, rang, options), rang))
        .max_by_key(|(champs, rang)| (distincts(champs), std::cmp::Reverse(*rang)));
    let (mut champs, rang) = match meilleure {
        Some((champs, rang)) if distincts(&champs) >= RECONNUS_AU_MOINS => (champs, rang),
        _ => return Err(meconnue(hauts, options)),
    };
    let haut = &hauts[rang];
    let titres = hauts[..rang].iter().flat_map(|haut| haut.cellules.iter().map(String::as_str));
    let nature = nature(haut, titres, provenance, options);
    if let Some(nature) = nature {
        preciser(&mut champs, nature);
    }
    let entetes = entetes(haut, hauts, &champs, options);
    let manquants = manquants(&champs, nature);
    if manquants.len() >= 2 {
        return Err(inutilisable(haut.ligne, &entetes, &manquants));
    }
    if nature.is_none() && !champs.contains(&Some(Champ::Nature)) {
        return Err(sans_nature(haut.ligne));
    }
    let avertissements = avertissements(&entetes, &manquants);
    let table = Table {
        feuille: provenance.feuille.map(str::to_owned),
        ligne_entete: haut.ligne,
        entetes,
        nature,
    };
    let plan = Plan { colonnes: colonnes(&champs), textes: haut.cellules.clone(), nature };
    Ok((table, plan, avertissements))
}

fn colonnes(champs: &[Option<Champ>]) -> Vec<(usize, Champ)> {
    let mut colonnes: Vec<(usize, Champ)> =
        champs.iter().enumerate().filter_map(|(rang, champ)| champ.map(|c| (rang, c))).collect();
    colonnes.sort_by_key(|(rang, champ)| (*champ, *rang));
    colonnes
}

fn distincts(champs: &[Option<Champ>]) -> usize {
    champs.iter().flatten().collect::<BTreeSet<_>>().len()
}

/// Le champ de chaque cellule d'une ligne, prise pour une ligne d'en-têtes.
fn champs(hauts: &[Haut], rang: usize, options: &Options) -> Vec<Option<Champ>> {
    let haut = &hauts[rang];
    let groupes = rang
        .checked_sub(1)
        .and_then(|dessus| hauts.get(dessus))
        .filter(|dessus| dessus.ligne + 1 == haut.ligne && remplies(&dessus.cellules) >= 2);
    let mut groupe = "";
    haut.cellules
        .iter()
        .enumerate()
        .map(|(colonne, texte)| {
            if let Some(dessus) =
                groupes.and_then(|g| g.cellules.get(colonne)).filter(|t| !t.trim().is_empty())
            {
                groupe = dessus;
            }
            champ(texte, groupe, options)
        })
        .collect()
}

fn champ(texte: &str, groupe: &str, options: &Options) -> Option<Champ> {
    // Au-delà, c'est une phrase : l'aplatir coûterait pour rien.
    if texte.trim().is_empty() || texte.len() > 200 {
        return None;
    }
    if let Some(dit) = options.correspondance.as_ref().and_then(|c| c.champ(texte)) {
        return dit;
    }
    let groupe = if groupe.is_empty() || groupe.len() > 200 { None } else { Some(groupe) };
    groupe
        .and_then(|groupe| synonymes::champ_dans_groupe(groupe, texte))
        .or_else(|| synonymes::champ(texte))
}

fn remplies(cellules: &[String]) -> usize {
    cellules.iter().filter(|cellule| !cellule.trim().is_empty()).count()
}

/// L'expéditeur, puis les en-têtes, puis les titres, puis les noms de feuille et de fichier.
fn nature<'a>(
    haut: &'a Haut,
    titres: impl Iterator<Item = &'a str>,
    provenance: &Provenance<'a>,
    options: &Options,
) -> Option<Nature> {
    options
        .nature
        .or_else(|| {
            provenance
                .dite
                .and_then(|dite| Nature::de_nom(dite).or_else(|| synonymes::nature_du_titre(dite)))
        })
        .or_else(|| synonymes::nature_des_entetes(haut.cellules.iter().map(String::as_str)))
        .or_else(|| {
            // Une colonne qui dit la nature de chaque ligne vaut mieux qu'un titre.
            let par_ligne =
                haut.cellules.iter().any(|t| synonymes::champ(t) == Some(Champ::Nature));
            if par_ligne {
                return None;
            }
            titres
                .chain(provenance.feuille)
                // Le nom seul : un dossier « cdp » ne dit rien des fichiers qu'il range.
                .chain(provenance.fichier.rsplit(['/', '\\']).next())
                .find_map(synonymes::nature_du_titre)
        })
}

/// « Date » et « dette » disent celles de l'acte : on leur donne le nom qu'elles ont pour cette nature.
fn preciser(champs: &mut [Option<Champ>], nature: Nature) {
    for (generique, cible) in nature.precisions() {
        if champs.contains(&Some(cible)) {
            continue;
        }
        for champ in champs.iter_mut().filter(|champ| **champ == Some(generique)) {
            *champ = Some(cible);
        }
    }
}

/// Ce sans quoi aucune ligne ne peut aboutir : qui, où, quand.
fn manquants(champs: &[Option<Champ>], nature: Option<Nature>) -> Vec<Champ> {
    let a = |champ: Champ| champs.contains(&Some(champ));
    let mut manquants = vec![];
    if !a(Champ::LocataireNom) {
        manquants.push(Champ::LocataireNom);
    }
    if !a(Champ::Commune) && !a(Champ::CodePostal) {
        manquants.push(Champ::Commune);
    }
    let date = nature.map_or(Champ::Date, Nature::champ_date);
    let datee = nature.is_some() && a(date)
        || nature.is_none() && champs.iter().flatten().any(|champ| champ.genre() == Genre::Date);
    if !datee {
        manquants.push(date);
    }
    manquants
}

/// Un exemple se lit d'un coup d'œil.
const EXEMPLE_MAX: usize = 60;

/// La première valeur de cette colonne sous les en-têtes.
fn exemple(haut: &Haut, hauts: &[Haut], colonne: usize) -> String {
    let dessous = hauts.iter().filter(|autre| autre.ligne > haut.ligne);
    let mut valeurs = dessous
        .filter_map(|autre| autre.dites.as_ref().unwrap_or(&autre.cellules).get(colonne))
        .map(|valeur| valeur.trim())
        .filter(|valeur| !valeur.is_empty());
    let Some(valeur) = valeurs.next() else { return String::new() };
    if valeur.chars().count() <= EXEMPLE_MAX {
        return valeur.to_owned();
    }
    format!("{}…", valeur.chars().take(EXEMPLE_MAX - 1).collect::<String>().trim_end())
}

fn entetes(
    haut: &Haut,
    hauts: &[Haut],
    champs: &[Option<Champ>],
    options: &Options,
) -> Vec<Entete> {
    haut.cellules
        .iter()
        .zip(champs)
        .enumerate()
        .map(|(colonne, (texte, champ))| {
            let ignore =
                options.correspondance.as_ref().is_some_and(|c| c.champ(texte) == Some(None));
            let proches =
                if champ.is_some() || ignore { vec![] } else { synonymes::proches(texte) };
            let exemple = exemple(haut, hauts, colonne);
            Entete { texte: texte.trim().to_owned(), champ: *champ, proches, exemple }
        })
        .collect()
}

fn avertissements(entetes: &[Entete], manquants: &[Champ]) -> Vec<String> {
    let mut avertissements: Vec<String> = manquants
        .iter()
        .map(|champ| {
            format!(
                "Aucune colonne « {} » n'est reconnue : les lignes seront incomplètes. \
                 Si elle porte un autre nom, donnez la correspondance.",
                champ.libelle()
            )
        })
        .collect();
    let mut vus = BTreeSet::new();
    for entete in entetes {
        if let Some(champ) = entete.champ.filter(|champ| !vus.insert(*champ)) {
            avertissements.push(format!(
                "Plusieurs colonnes disent « {} » ; la première remplie est gardée, et toute différence est signalée à sa ligne.",
                champ.libelle()
            ));
        }
    }
    avertissements
}

/// Aucune ligne ne ressemble à des en-têtes connus : on montre celle qui y ressemble le plus.
fn meconnue(hauts: &[Haut], options: &Options) -> RefusFichier {
    let Some(haut) = hauts
        .iter()
        .max_by_key(|haut| (remplies_de_mots(&haut.cellules), std::cmp::Reverse(haut.ligne)))
    else {
        return RefusFichier::nouveau(
            "",
            Cause::Vide,
            "Il n'y a aucune ligne remplie. Vérifiez que le bon fichier a été envoyé.",
        );
    };
    if remplies(&haut.cellules) < RECONNUS_AU_MOINS {
        return RefusFichier::nouveau(
            format!("ligne {}", haut.ligne),
            Cause::EntetesInconnus(vec![]),
            "Aucun tableau n'est reconnu : aucune des premières lignes n'a trois cellules de texte. \
             Vérifiez que le bon fichier a été envoyé et que ses colonnes sont séparées par « ; », « , » ou des tabulations.",
        );
    }
    let champs: Vec<Option<Champ>> =
        haut.cellules.iter().map(|texte| champ(texte, "", options)).collect();
    let entetes = entetes(haut, hauts, &champs, options);
    let mut refus = inutilisable(haut.ligne, &entetes, &[]);
    let reconnus = distincts(&champs);
    refus.motif = format!(
        "Aucune ligne d'en-têtes n'est reconnue dans les premières lignes ({reconnus} en-tête(s) connu(s), il en faut au \
         moins {RECONNUS_AU_MOINS}). {}",
        refus.motif
    );
    refus
}

fn remplies_de_mots(cellules: &[String]) -> usize {
    cellules
        .iter()
        .filter(|c| c.len() <= 200 && c.contains(|lettre: char| lettre.is_alphabetic()))
        .count()
}

fn inutilisable(ligne: u64, entetes: &[Entete], manquants: &[Champ]) -> RefusFichier {
    let inconnus: Vec<EnteteInconnu> = entetes
        .iter()
        .filter(|entete| entete.champ.is_none() && !entete.texte.is_empty())
        .map(|entete| EnteteInconnu {
            texte: entete.texte.clone(),
            proches: entete.proches.clone(),
            exemple: entete.exemple.clone(),
        })
        .collect();
    let mut motif = String::new();
    if !manquants.is_empty() {
        let noms: Vec<&str> = manquants.iter().map(|champ| champ.libelle()).collect();
        motif = format!("Il manque les colonnes : {}. ", noms.join(", "));
    }
    let liste: Vec<String> = inconnus
        .iter()
        .take(40)
        .map(|inconnu| {
            let proches: Vec<&str> = inconnu.proches.iter().map(|champ| champ.nom()).collect();
            let texte: String = inconnu.texte.chars().take(60).collect();
            if proches.is_empty() {
                format!("« {texte} »")
            } else {
                format!("« {texte} » (proche de {})", proches.join(", "))
            }
        })
        .collect();
    if !liste.is_empty() {
        motif.push_str(&format!("En-têtes non reconnus : {}. ", liste.join(" ; ")));
    }
    motif.push_str("Donnez la correspondance de ces en-têtes avec nos champs, ou renommez-les, puis renvoyez le fichier.");
    RefusFichier::nouveau(format!("ligne {ligne}"), Cause::EntetesInconnus(inconnus), motif)
}

fn sans_nature(ligne: u64) -> RefusFichier {
    RefusFichier::nouveau(
        format!("ligne {ligne}"),
        Cause::NatureInconnue,
        "Le tableau se lit, mais ni ses en-têtes, ni ses titres, ni son nom ne disent de quels actes il s'agit. \
         Choisissez la nature (cdp, assignation, cql…), puis renvoyez-le.",
    )
}
