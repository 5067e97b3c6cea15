//! La frise : les actes, les dates à venir et ce qui suspend, dessinés sur une même échelle.

mod echelle;

use ccapex::cours::frise::{Jalon, Sorte};
use jiff::civil::Date;

use self::echelle::{Echelle, hauteurs, pour_cent, ranger};
use super::etapes::jour_entier;
use crate::actes::annonce::lien_de_regle;
use crate::composants::Lien;
use crate::dossiers::vu::Vu;
use crate::mots;

/// La frise d'un dossier. Les `y` sont des pixels, de haut en bas.
pub struct Frise {
    pub debut: String,
    pub fin: String,
    pub hauteur: usize,
    /// La ligne du temps.
    pub ligne: usize,
    /// Aujourd'hui, en pour cent de la largeur.
    pub aujourd_hui: String,
    pub etiquettes: Vec<Etiquette>,
    pub points: Vec<Point>,
    pub bandes: Vec<Bande>,
    pub a_venir: Vec<DateAVenir>,
}

/// Les dates qui se lisent d'emblée : la première, la dernière, aujourd'hui, la prochaine.
pub struct Etiquette {
    pub x: String,
    /// La ligne du texte, puis le haut et le bas du trait qui la relie à son point.
    pub y: usize,
    pub haut: usize,
    pub bas: usize,
    /// Le texte part vers la gauche : il ne sort pas du dessin.
    pub a_gauche: bool,
    pub jour: String,
    pub titre: String,
}

/// Une date sur l'échelle, qui mène à ce qu'on en dit plus bas.
pub struct Point {
    pub x: String,
    pub y: usize,
    pub sorte: &'static str,
    pub dit: String,
    pub vers: String,
}

/// Ce qui suspend, sur l'échelle.
pub struct Bande {
    pub titre: &'static str,
    pub dates: String,
    pub en_cours: bool,
    pub x: String,
    pub largeur: String,
    /// Sa place sous la ligne du temps.
    pub y: usize,
    pub motif: String,
    pub regle: Option<Lien>,
}

/// Une date qui n'est pas encore là, et ses motifs.
pub struct DateAVenir {
    pub ancre: String,
    pub jour: String,
    pub distance: String,
    pub titre: String,
    pub sorte: &'static str,
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
}

/// La hauteur d'une étiquette, d'un point, d'une suspension, en pixels.
const ETIQUETTE: usize = 18;
const POINT: usize = 24;
const BANDE: usize = 12;

/// Une étiquette se lit d'un coup d'œil : le titre entier est dans la liste.
const LETTRES: usize = 32;

/// Rien à dessiner sans deux dates.
pub(super) fn frise(vu: &Vu<'_>) -> Option<Frise> {
    let jalons = &vu.ouvert.frise.jalons;
    let suspensions = &vu.ouvert.frise.suspensions;
    let bornes = suspensions.iter().flat_map(|s| [Some(s.du), s.au]).flatten();
    let echelle = Echelle::de(jalons.iter().map(|j| j.jour).chain(bornes).chain([vu.jour]))?;
    let places: Vec<i64> = jalons.iter().map(|j| echelle.place(j.jour)).collect();
    let hauteurs = hauteurs(&places);
    let etiquettes = a_lire(jalons, vu.jour);
    let haut = etiquettes.len() * ETIQUETTE + POINT / 2;
    let etages = hauteurs.iter().max().copied().unwrap_or_default();
    let ligne = haut + etages * POINT;
    let points: Vec<Point> = (0..)
        .zip(jalons)
        .zip(places.iter().zip(&hauteurs))
        .map(|((rang, jalon), (place, hauteur))| Point {
            x: pour_cent(*place),
            y: ligne - hauteur * POINT,
            sorte: jalon.sorte.code(),
            dit: format!(
                "{} : {} ({})",
                mots::jour(jalon.jour),
                mots::capitale(&jalon.titre),
                jalon.sorte.libelle()
            ),
            vers: format!("#{}", ancre(rang, jalon, vu.jour)),
        })
        .collect();
    let sous_la_ligne = ligne + POINT / 2;
    let periodes =
        || suspensions.iter().map(|s| (s, echelle.place(s.du), s.au.unwrap_or(echelle.fin)));
    let rangees: Vec<usize> =
        ranger(periodes().map(|(s, x, au)| (x, x + echelle.largeur(s.du, au))));
    let bandes: Vec<Bande> = periodes()
        .zip(&rangees)
        .map(|((s, x, au), rangee)| Bande {
            titre: s.quoi.libelle(),
            dates: match s.au {
                Some(au) => format!("du {} au {}", mots::jour(s.du), mots::jour(au)),
                None => format!("depuis le {}", mots::jour(s.du)),
            },
            en_cours: s.du <= vu.jour && au >= vu.jour,
            x: pour_cent(x),
            largeur: pour_cent(echelle.largeur(s.du, au)),
            y: sous_la_ligne + rangee * BANDE,
            motif: mots::capitale(&s.motif),
            regle: lien_de_regle(s.regle),
        })
        .collect();
    let rangs = rangees.iter().max().map_or(0, |derniere| derniere + 1);
    Some(Frise {
        debut: mots::jour(echelle.debut),
        fin: mots::jour(echelle.fin),
        hauteur: sous_la_ligne + rangs * BANDE,
        ligne,
        aujourd_hui: pour_cent(echelle.place(vu.jour)),
        etiquettes: ranger_les_etiquettes(&etiquettes, &echelle, &points, ligne),
        points,
        bandes,
        a_venir: (0..)
            .zip(jalons)
            .filter(|(_, j)| j.jour > vu.jour)
            .map(|(rang, j)| a_venir(ancre(rang, j, vu.jour), j, vu.jour))
            .collect(),
    })
}

/// L'endroit de la page qui dit tout d'une date : un acte passé, une date comptée, une date à venir.
pub(super) fn ancre(rang: usize, jalon: &Jalon, aujourd_hui: Date) -> String {
    match &jalon.fait {
        _ if jalon.jour > aujourd_hui => format!("venir-{rang}"),
        Some(fait) => ancre_d_un_acte(fait),
        None => format!("comptee-{rang}"),
    }
}

/// L'endroit de la page où un acte se lit.
pub(super) fn ancre_d_un_acte(fait: &str) -> String {
    format!("acte-{fait}")
}

/// Ce qui se lit d'emblée, dans l'ordre des dates : un point par son rang, ou aujourd'hui.
fn a_lire(jalons: &[Jalon], aujourd_hui: Date) -> Vec<(Date, Option<usize>, String)> {
    let passe = |j: &Jalon| j.jour <= aujourd_hui && j.sorte == Sorte::Passe;
    let premier = jalons.iter().position(|j| j.jour <= aujourd_hui);
    let dernier = jalons.iter().rposition(passe);
    let prochain = jalons.iter().position(|j| j.jour > aujourd_hui);
    let ultime = jalons.len().checked_sub(1);
    let mut rangs: Vec<usize> =
        [premier, dernier, prochain, ultime].into_iter().flatten().collect();
    rangs.sort_unstable();
    rangs.dedup();
    let mut lues: Vec<(Date, Option<usize>, String)> = rangs
        .into_iter()
        .filter_map(|rang| Some((rang, jalons.get(rang)?)))
        .map(|(rang, jalon)| (jalon.jour, Some(rang), abrege(&mots::capitale(&jalon.titre))))
        .collect();
    lues.push((aujourd_hui, None, "Aujourd'hui".to_owned()));
    lues.sort_by_key(|(jour, rang, _)| (*jour, rang.is_none()));
    lues
}

/// Une ligne par étiquette : aucune n'en couvre une autre, et les traits ne traversent pas les textes.
fn ranger_les_etiquettes(
    lues: &[(Date, Option<usize>, String)],
    echelle: &Echelle,
    points: &[Point],
    ligne: usize,
) -> Vec<Etiquette> {
    let (gauche, droite): (Vec<_>, Vec<_>) =
        lues.iter().partition(|(jour, ..)| echelle.place(*jour) <= 500);
    gauche
        .into_iter()
        .chain(droite.into_iter().rev())
        .enumerate()
        .map(|(rang, (jour, point, titre))| {
            let y = (rang + 1) * ETIQUETTE - 5;
            Etiquette {
                x: pour_cent(echelle.place(*jour)),
                y,
                haut: y + 4,
                bas: point.and_then(|p| points.get(p)).map_or(ligne, |p| p.y),
                a_gauche: echelle.place(*jour) > 500,
                jour: mots::jour(*jour),
                titre: titre.clone(),
            }
        })
        .collect()
}

fn abrege(titre: &str) -> String {
    if titre.chars().count() <= LETTRES {
        return titre.to_owned();
    }
    let debut: String = titre.chars().take(LETTRES - 1).collect();
    format!("{}…", debut.trim_end())
}

fn a_venir(ancre: String, jalon: &Jalon, aujourd_hui: Date) -> DateAVenir {
    DateAVenir {
        ancre,
        jour: mots::capitale(&jour_entier(jalon.jour)),
        distance: mots::distance(jalon.jour, aujourd_hui),
        titre: mots::capitale(&jalon.titre),
        sorte: match jalon.sorte {
            Sorte::Passe | Sorte::Annonce => "annoncé",
            Sorte::Calcule => "calculé",
        },
        motifs: jalon.motifs.iter().map(|m| mots::capitale(m)).collect(),
        regle: jalon.regle.and_then(lien_de_regle),
    }
}
