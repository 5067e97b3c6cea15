//! Une règle : son histoire, ses options, un exemple calculé sur place.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use droit::catalogue::{Regle, VersionLue, appliquer, regle};
use droit::demande::{Entree, FAITS, Fait, Forme, OPTIONS, Refus, lire_jour};
use droit::jour::Jour;
use droit::parametre::DEBUT_NON_DATE;
use jiff::civil::Date;

use super::confiance;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Champ, Choix, Genre};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "regles/regle.html")]
pub struct PageRegle {
    pub cadre: Cadre,
    pub nom: String,
    pub objet: String,
    pub ici: String,
    pub versions: Vec<LigneVersion>,
    pub autres: Vec<AutreLecture>,
    pub notes: Vec<String>,
    pub options: Vec<String>,
    pub champs: Vec<Champ>,
    pub erreur: String,
    pub resultat: Option<Resultat>,
}

/// Une version de la règle et sa période.
pub struct LigneVersion {
    pub periode: String,
    pub en_vigueur: bool,
    pub valeur: String,
    pub source: String,
    pub confiance: Badge,
}

/// L'histoire qu'une autre lecture choisirait.
pub struct AutreLecture {
    pub titre: String,
    pub versions: Vec<LigneVersion>,
}

/// L'exemple calculé.
pub struct Resultat {
    pub principal: String,
    pub lignes: Vec<(String, String)>,
    pub motifs: Vec<String>,
}

/// Ce que l'adresse demande, paire par paire.
type Saisie = Vec<(String, String)>;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(nom): Path<String>,
    Query(saisie): Query<Saisie>,
) -> Result<Html<String>, ErreurWeb> {
    let regle = regle(&nom).ok_or_else(ErreurWeb::introuvable)?;
    let jour = valeur(&saisie, "au")
        .and_then(|au| lire_jour("la date", au).ok())
        .unwrap_or_else(|| app.aujourd_hui());
    let calcule = valeur(&saisie, "calculer").is_some();
    let (mut erreur, mut resultat) = (String::new(), None);
    if calcule {
        match entree(regle, &saisie, app.aujourd_hui()).and_then(|e| appliquer(regle.nom, &e)) {
            Ok(calcul) => resultat = Some(en_mots(&calcul)),
            Err(refus) => erreur = refus_en_mots(&refus),
        }
    }
    let exemple = exemple(regle);
    let montre =
        |champ: &str| if calcule { valeur(&saisie, champ) } else { valeur(&exemple, champ) };
    page(&PageRegle {
        cadre: connecte.cadre(&app, Section::Regles, regle.titre).dans_sa_section(),
        nom: regle.nom.to_owned(),
        objet: format!("{}.", mots::capitale(regle.regit.trim_end_matches('.'))),
        ici: urls::regle(regle.nom),
        versions: lignes(&regle.versions(), jour),
        autres: regle
            .autres_lectures()
            .map(|autre| AutreLecture {
                titre: autre.option.replace('_', " ").replace('=', " : "),
                versions: lignes(&autre.versions, jour),
            })
            .collect(),
        notes: notes(regle),
        options: options(regle),
        champs: champs(regle, montre),
        erreur,
        resultat,
    })
}

fn valeur<'a>(saisie: &'a Saisie, nom: &str) -> Option<&'a str> {
    saisie.iter().find(|(n, _)| n == nom).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
}

/// Les versions, la plus récente d'abord.
fn lignes(versions: &[VersionLue], jour: Date) -> Vec<LigneVersion> {
    versions
        .iter()
        .rev()
        .map(|v| LigneVersion {
            periode: periode(v.du, v.au),
            en_vigueur: v.du.is_none_or(|du| du <= jour) && v.au.is_none_or(|au| jour <= au),
            valeur: v.valeur.clone(),
            source: v.source.to_string(),
            confiance: confiance(v.source.certitude),
        })
        .collect()
}

fn periode(du: Option<Date>, au: Option<Date>) -> String {
    match (du.map(mots::jour), au.map(mots::jour)) {
        (Some(du), Some(au)) => format!("du {du} au {au}"),
        (Some(du), None) => format!("depuis le {du}"),
        (None, Some(au)) => format!("jusqu'au {au}"),
        (None, None) => "sans date connue de début".to_owned(),
    }
}

fn notes(regle: &Regle) -> Vec<String> {
    let mut notes = vec![
        format!("Ce qui choisit la version : {}.", regle.rattachement),
        format!("Textes relus le {}.", Jour(regle.verifie_le())),
    ];
    notes.extend(regle.lacunes().iter().map(|l| {
        format!(
            "Inconnu {} : {}",
            periode(Some(l.du).filter(|du| *du != DEBUT_NON_DATE), l.au),
            l.raison
        )
    }));
    notes
}

fn options(regle: &Regle) -> Vec<String> {
    OPTIONS
        .iter()
        .filter(|choix| regle.options.contains(&choix.nom))
        .map(|choix| {
            let lectures: Vec<String> = choix.lectures.iter().map(|l| lecture_en_mots(l)).collect();
            let (retenue, autres) =
                lectures.split_first().map_or(("", &[][..]), |(r, a)| (r.as_str(), a));
            format!(
                "{} : « {retenue} » est retenu ; l'autre lecture : {}.",
                mots::capitale(choix.question),
                autres.join(", ")
            )
        })
        .collect()
}

fn lecture_en_mots(lecture: &str) -> String {
    if lecture == "regle" { "comme la règle le dit".to_owned() } else { lecture.replace('_', " ") }
}

/// L'exemple de la règle, sous la forme d'une saisie.
fn exemple(regle: &Regle) -> Saisie {
    let mut saisie = Vec::new();
    let mut mots = regle.exemple.split_whitespace();
    while let (Some(cle), Some(dit)) = (mots.next(), mots.next()) {
        match (cle, dit.split_once('=')) {
            ("--depuis" | "--audience" | "--commune", _) => {
                saisie.push((cle.trim_start_matches('-').to_owned(), dit.to_owned()));
            }
            ("--fait", Some((nom, valeur))) => {
                let centimes = fait(nom).is_some_and(|f| f.forme == Forme::Centimes);
                let valeur = if centimes { en_euros(valeur) } else { valeur.to_owned() };
                saisie.push((nom.to_owned(), valeur));
            }
            ("--option", Some((nom, valeur))) => saisie.push((nom.to_owned(), valeur.to_owned())),
            _ => {}
        }
    }
    saisie
}

fn fait(nom: &str) -> Option<&'static Fait> {
    FAITS.iter().find(|f| f.nom == nom)
}

fn champs<'a>(regle: &Regle, montre: impl Fn(&str) -> Option<&'a str>) -> Vec<Champ> {
    let demande = |argument: &str| regle.exemple.contains(argument);
    let mut champs = Vec::new();
    if demande("--depuis") {
        champs.push(
            Champ::nouveau("depuis", "Date de l'acte", Genre::Date)
                .aide("L'acte qui fait courir le délai."),
        );
    }
    if demande("--audience") {
        champs.push(Champ::nouveau("audience", "Date de l'audience", Genre::Date));
    }
    for fait in regle.faits.iter().filter_map(|nom| fait(nom)) {
        let sens = mots::capitale(fait.sens.trim_end_matches(", en centimes"));
        champs.push(match fait.forme {
            Forme::Date => Champ::nouveau(fait.nom, sens, Genre::Date),
            Forme::Centimes => {
                Champ::nouveau(fait.nom, sens, Genre::Montant).aide("En euros : 1 234,56")
            }
            Forme::Nombre => Champ::nouveau(fait.nom, sens, Genre::Nombre),
            Forme::Mot([]) => Champ::nouveau(fait.nom, sens, Genre::Texte),
            Forme::Mot(mots) => {
                let mut choix = vec![Choix::nouveau("", "Ne sait pas")];
                choix.extend(mots.iter().map(|m| Choix::nouveau(*m, m.replace('_', " "))));
                Champ::nouveau(fait.nom, sens, Genre::Choix(choix))
            }
        });
    }
    for option in OPTIONS.iter().filter(|o| regle.options.contains(&o.nom)) {
        let choix = option.lectures.iter().enumerate().map(|(rang, lecture)| {
            let retenue = if rang == 0 { " (retenu)" } else { "" };
            Choix::nouveau(*lecture, format!("{}{retenue}", lecture_en_mots(lecture)))
        });
        champs.push(Champ::nouveau(
            option.nom,
            mots::capitale(option.question),
            Genre::Choix(choix.collect()),
        ));
    }
    if demande("--commune") {
        champs.push(
            Champ::nouveau("commune", "Commune", Genre::Texte)
                .aide("Son code INSEE, par exemple 62041."),
        );
    }
    for champ in &mut champs {
        if let Some(valeur) = montre(&champ.nom) {
            *champ = champ.clone().rempli(valeur);
        }
    }
    champs
}

/// Ce qu'on demande à la règle, d'après la saisie.
fn entree(regle: &Regle, saisie: &Saisie, aujourd_hui: Date) -> Result<Entree, Refus> {
    let mut entree = Entree::le(aujourd_hui);
    let jour = |nom: &str, libelle| valeur(saisie, nom).map(|v| lire_jour(libelle, v)).transpose();
    entree.depuis = jour("depuis", "la date de l'acte")?;
    entree.audience = jour("audience", "la date de l'audience")?;
    entree.commune = valeur(saisie, "commune").map(str::to_owned);
    for nom in regle.faits {
        if let (Some(dit), Some(fait)) = (valeur(saisie, nom), fait(nom)) {
            let dit = if fait.forme == Forme::Centimes { en_centimes(dit) } else { dit.to_owned() };
            entree.faits.insert((*nom).to_owned(), dit);
        }
    }
    for nom in regle.options {
        if let Some(lecture) = valeur(saisie, nom) {
            entree.options.insert((*nom).to_owned(), lecture.to_owned());
        }
    }
    Ok(entree)
}

/// « 1 234,5 » devient « 123450 » ; ce qui n'est pas un montant reste tel quel, et sera refusé.
fn en_centimes(euros: &str) -> String {
    let compact: String = euros.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (entier, reste) = compact.split_once([',', '.']).unwrap_or((&compact, ""));
    let chiffres = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if entier.is_empty() || !chiffres(entier) || !chiffres(reste) || reste.len() > 2 {
        return euros.to_owned();
    }
    let centimes = format!("{entier}{reste:0<2}");
    let sans_zeros = centimes.trim_start_matches('0');
    if sans_zeros.is_empty() { "0".to_owned() } else { sans_zeros.to_owned() }
}

/// « 123450 » devient « 1234,50 ».
fn en_euros(centimes: &str) -> String {
    let plein = format!("{centimes:0>3}");
    plein
        .split_at_checked(plein.len() - 2)
        .map_or_else(|| plein.clone(), |(euros, reste)| format!("{euros},{reste}"))
}

fn refus_en_mots(refus: &Refus) -> String {
    match refus {
        Refus::Manque { sens, .. } => {
            format!(
                "Cette règle ne se calcule pas encore : il manque une information ({sens}). Remplissez-la, puis recommencez."
            )
        }
        Refus::Illisible { nom, valeur, attendu, .. } => {
            let nom = fait(nom).map_or(nom.as_str(), |f| f.sens);
            format!("« {valeur} » ne se lit pas pour : {nom}. Il faut {attendu}.")
        }
        Refus::RegleInconnue { .. }
        | Refus::FaitInconnu { .. }
        | Refus::OptionInconnue { .. }
        | Refus::LectureInconnue { .. } => refus.to_string(),
    }
}

fn en_mots(calcul: &droit::resultat::Resultat) -> Resultat {
    let jour_entier =
        |jour: Date| mots::capitale(&format!("{} {}", Jour(jour).de_la_semaine(), Jour(jour)));
    let principal = calcul
        .retenue
        .or(calcul.dernier_jour_utile)
        .map(jour_entier)
        .or_else(|| calcul.montant.map(|m| m.to_string()))
        .or_else(|| calcul.conclusion.map(|c| mots::capitale(&c.to_string())))
        .or_else(|| {
            calcul.recevable.map(|r| if r { "Recevable" } else { "Irrecevable" }.to_owned())
        })
        .or_else(|| calcul.valeur.clone())
        .unwrap_or_else(|| "Sans réponse".to_owned());
    let dates = [
        ("Dernier jour, sans report", calcul.brute),
        ("Reporté au jour ouvrable", calcul.prorogee),
        ("Premier jour possible ensuite", calcul.premier_jour_possible),
        ("Dernier jour utile", calcul.dernier_jour_utile),
    ];
    let mut lignes: Vec<(String, String)> = dates
        .iter()
        .filter_map(|(titre, jour)| jour.map(|j| ((*titre).to_owned(), mots::jour(j))))
        .collect();
    let mut dire = |titre: &str, texte: Option<String>| {
        lignes.extend(texte.map(|t| (titre.to_owned(), t)));
    };
    dire("Valeur", calcul.valeur.clone());
    dire("Fait à temps", calcul.recevable.map(|r| if r { "oui" } else { "non" }.to_owned()));
    dire("Montant", calcul.montant.map(|m| m.to_string()));
    dire("Texte", calcul.version.as_ref().map(|v| v.source.clone()));
    dire(
        "Confiance",
        Some(if calcul.est_a_verifier() {
            "à vérifier".to_owned()
        } else {
            calcul.confiance.to_owned()
        }),
    );
    Resultat { principal, lignes, motifs: calcul.motifs.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_montant_en_euros_devient_des_centimes() {
        for (euros, centimes) in [
            ("1 234,56", "123456"),
            ("450", "45000"),
            ("0,5", "50"),
            ("12.30 €", "1230"),
            ("0", "0"),
            ("douze", "douze"),
            ("1,234", "1,234"),
        ] {
            assert_eq!(en_centimes(euros), centimes, "{euros}");
        }
        assert_eq!(en_euros("45000"), "450,00");
        assert_eq!(en_euros("5"), "0,05");
    }

    #[test]
    fn l_exemple_de_chaque_regle_se_calcule_depuis_la_page() {
        let aujourd_hui = jiff::civil::date(2026, 11, 21);
        for regle in droit::catalogue::regles() {
            let entree = entree(regle, &exemple(regle), aujourd_hui);
            let calcul = entree.and_then(|e| appliquer(regle.nom, &e));
            assert!(calcul.is_ok(), "{} : {calcul:?}", regle.nom);
        }
    }
}
