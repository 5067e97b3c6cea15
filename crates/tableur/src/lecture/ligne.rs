use crate::champ::{Champ, Genre};
use crate::nature::Nature;
use crate::texte::aplatir;
use crate::valeur::{self, Brute, Valeur};

use super::entete::Plan;

/// Une ligne du fichier, comprise champ par champ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// Nom de la feuille, pour un classeur.
    pub feuille: Option<String>,
    /// Ligne du fichier (CSV), de la feuille (XLSX, ODS), ou rang à partir de 1 (JSON).
    pub ligne: u64,
    /// Nature de la notice ; `None` si la ligne devait la dire et ne la dit pas lisiblement.
    pub nature: Option<Nature>,
    /// Les champs remplis, dans l'ordre du contrat quel que soit celui du fichier.
    pub champs: Vec<(Champ, Valeur)>,
    /// Ce que la forme de la ligne a d'anormal, en phrases.
    pub defauts: Vec<String>,
}

impl Ligne {
    /// La valeur d'un champ, si la cellule est remplie.
    pub fn valeur(&self, champ: Champ) -> Option<&Valeur> {
        self.champs.iter().find(|(c, _)| *c == champ).map(|(_, valeur)| valeur)
    }
}

/// Une ligne du tableau qui n'est pas une notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LignePassee {
    /// Nom de la feuille, pour un classeur.
    pub feuille: Option<String>,
    /// Ligne du fichier ou de la feuille.
    pub ligne: u64,
    /// Pourquoi elle n'en est pas une.
    pub sorte: Sorte,
}

/// Ce qu'est une ligne du tableau.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorte {
    /// Une notice, complète ou non.
    Notice,
    /// Rien.
    Blanche,
    /// Les en-têtes, répétés en haut d'une page.
    EnteteRepetee,
    /// Un total, un compte, une somme sans libellé.
    Total,
    /// Un titre de section, une mention d'édition.
    Titre,
}

/// Compose une notice à partir de ses cellules.
pub(super) fn composer<'a>(
    plan: &Plan,
    ligne: u64,
    cellule: impl Fn(usize, Champ) -> Brute<'a>,
) -> Ligne {
    let mut champs: Vec<(Champ, Valeur)> = Vec::with_capacity(plan.colonnes.len());
    let mut defauts = vec![];
    for (rang, champ) in &plan.colonnes {
        let Some(lue) = valeur::lire(*champ, cellule(*rang, *champ), &mut defauts) else {
            continue;
        };
        match champs.last() {
            Some((deja, garde)) if deja == champ => {
                if *garde != lue {
                    defauts.push(format!(
                        "Deux colonnes disent « {} » et diffèrent : la première est gardée.",
                        champ.libelle()
                    ));
                }
            }
            _ => champs.push((*champ, lue)),
        }
    }
    let nature = nature(&champs).or(plan.nature);
    if let (None, Some(nature)) = (plan.nature, nature) {
        preciser(&mut champs, nature);
    }
    Ligne { feuille: None, ligne, nature, champs, defauts }
}

fn nature(champs: &[(Champ, Valeur)]) -> Option<Nature> {
    match champs.first() {
        Some((Champ::Nature, Valeur::Texte(code))) => Nature::de_nom(code),
        _ => None,
    }
}

/// Dans un tableau de natures mêlées, « date » et « dette » prennent le nom de celles de la ligne.
fn preciser(champs: &mut [(Champ, Valeur)], nature: Nature) {
    for (generique, cible) in nature.precisions() {
        if champs.iter().any(|(champ, _)| *champ == cible) {
            continue;
        }
        if let Some((champ, _)) = champs.iter_mut().find(|(champ, _)| *champ == generique) {
            *champ = cible;
        }
    }
    champs.sort_by_key(|(champ, _)| *champ);
}

/// Dit si une ligne est une notice. Une notice incomplète en reste une ; un total n'en est pas une.
pub(super) fn classer<'a>(
    plan: &Plan,
    cellules: impl Iterator<Item = (usize, Brute<'a>)>,
) -> Sorte {
    let (mut remplies, mut premieres) = (0_usize, vec![]);
    // La moitié des colonnes suffit à voir qu'une ligne n'est ni un titre ni un total.
    let assez = (plan.colonnes.len() / 2).max(2);
    for (rang, brute) in cellules {
        if !brute.est_vide() {
            remplies += 1;
            if premieres.is_empty() && repete_l_entete(plan, rang, brute) {
                return Sorte::EnteteRepetee;
            }
            if remplies > assez {
                return Sorte::Notice;
            }
            premieres.push((rang, brute));
        }
    }
    match premieres.as_slice() {
        [] => Sorte::Blanche,
        [(premier, brute), reste @ ..] => peu_remplie(plan, *premier, *brute, reste),
    }
}

/// La première cellule redit son en-tête : aucune notice ne commence ainsi.
fn repete_l_entete(plan: &Plan, rang: usize, brute: Brute<'_>) -> bool {
    match (brute, plan.textes.get(rang)) {
        (Brute::Texte(texte), Some(entete)) => texte.trim().eq_ignore_ascii_case(entete.trim()),
        _ => false,
    }
}

fn peu_remplie(plan: &Plan, rang: usize, brute: Brute<'_>, reste: &[(usize, Brute<'_>)]) -> Sorte {
    let toutes = || std::iter::once((rang, brute)).chain(reste.iter().copied());
    let identifie =
        toutes().any(|(rang, brute)| plan.champ(rang).is_some_and(|champ| identifie(champ, brute)));
    if identifie {
        return Sorte::Notice;
    }
    let texte = match brute {
        Brute::Texte(texte) => texte.trim(),
        Brute::Vide
        | Brute::Nombre(_)
        | Brute::Entier(_)
        | Brute::Decimal(_)
        | Brute::Jour(_)
        | Brute::Booleen(_)
        | Brute::Inattendue { .. }
        | Brute::SansValeur => "",
    };
    let plat = aplatir(texte.get(..texte.len().min(200)).unwrap_or_default());
    if annonce_un_total(&plat) {
        return Sorte::Total;
    }
    let (mut sommes, mut autres) = (0, 0);
    for (rang, _) in toutes() {
        match plan.champ(rang).map(Champ::genre) {
            Some(Genre::Montant | Genre::Entier) => sommes += 1,
            Some(_) => autres += 1,
            None => {}
        }
    }
    if sommes > 0 && autres == 0 {
        return Sorte::Total;
    }
    let mention = [
        "edite le",
        "edition du",
        "imprime le",
        "genere le",
        "document genere",
        "page ",
        "fin de ",
    ];
    if mention.iter().any(|debut| plat.starts_with(debut))
        || (reste.len() == 1 && texte.ends_with(':'))
    {
        return Sorte::Titre;
    }
    if reste.is_empty() && est_un_titre(plan, rang, texte) { Sorte::Titre } else { Sorte::Notice }
}

/// Une date, un code postal ou un prénom : quelqu'un ou quelque chose est désigné.
fn identifie(champ: Champ, brute: Brute<'_>) -> bool {
    let decisif = match champ.genre() {
        Genre::Date | Genre::DateNaissance | Genre::CodePostal => true,
        Genre::Texte => champ == Champ::LocatairePrenom,
        Genre::Montant | Genre::Entier | Genre::OuiNon | Genre::Code(_) => false,
    };
    decisif
        && !matches!(valeur::lire(champ, brute, &mut vec![]), None | Some(Valeur::Illisible { .. }))
}

fn annonce_un_total(plat: &str) -> bool {
    [
        "total",
        "totaux",
        "sous total",
        "cumul",
        "somme",
        "moyenne",
        "nombre d",
        "nombre de",
        "nb d",
        "nb de",
    ]
    .iter()
    .any(|mot| plat == *mot || plat.strip_prefix(mot).is_some_and(|suite| suite.starts_with(' ')))
}

/// Une seule cellule remplie : une référence ou un nom font une notice à compléter, le reste un titre.
fn est_un_titre(plan: &Plan, rang: usize, texte: &str) -> bool {
    let mots = texte.split_whitespace().count();
    let a_un_chiffre = texte.bytes().any(|b| b.is_ascii_digit());
    match plan.champ(rang) {
        None => true,
        Some(Champ::ReferenceActe) => texte.is_empty() || mots > 2 || !a_un_chiffre,
        Some(Champ::LocataireNom) => mots > 3 || a_un_chiffre || texte.contains(':'),
        Some(_) => plan.colonnes.iter().all(|(colonne, _)| rang <= *colonne),
    }
}
