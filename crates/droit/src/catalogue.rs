//! Toutes les règles, par leur nom : leur histoire, et de quoi les appliquer.

use std::fmt::{self, Display};

use jiff::civil::Date;
use serde::Serialize;

use crate::delai::Delai;
use crate::demande::{Demande, Entree, Refus};
use crate::parametre::{DEBUT_NON_DATE, Lacune, Parametre, SansVersion, Version};
use crate::regles;
use crate::reponse::Reponse;
use crate::resultat::{self, Article642, Resultat};
use crate::source::Source;

/// Une règle : ce qu'elle régit, son histoire, ce qu'elle demande, et comment elle s'applique.
pub struct Regle {
    /// Son nom dans l'étude juridique.
    pub nom: &'static str,
    /// Son titre, en français.
    pub titre: &'static str,
    /// Ce qu'elle régit.
    pub regit: &'static str,
    /// La date qui choisit sa version.
    pub rattachement: &'static str,
    /// Les faits qu'elle utilise.
    pub faits: &'static [&'static str],
    /// Les options qui peuvent changer sa réponse.
    pub options: &'static [&'static str],
    /// Les arguments d'un appel qui aboutit.
    pub exemple: &'static str,
    variantes: &'static [(&'static str, &'static dyn Histoire)],
    calcul: Calcul,
}

/// Une version, prête à lire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VersionLue {
    /// Premier jour ; absent quand l'étude ne le date pas.
    pub du: Option<Date>,
    /// Dernier jour ; absent tant que la version est en vigueur.
    pub au: Option<Date>,
    /// La valeur, en français.
    pub valeur: String,
    /// Le texte.
    pub source: Source,
}

/// L'histoire de la règle sous une autre lecture que celle par défaut.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AutreLecture {
    /// La lecture, comme on la choisit : « dalo=6_mois ».
    pub option: &'static str,
    /// Ses versions.
    pub versions: Vec<VersionLue>,
    /// Ses périodes inconnues.
    pub lacunes: &'static [Lacune],
}

impl<T: ToString> From<&Version<T>> for VersionLue {
    fn from(version: &Version<T>) -> Self {
        Self {
            du: Some(version.du).filter(|du| *du != DEBUT_NON_DATE),
            au: version.au,
            valeur: version.valeur.to_string(),
            source: version.source.clone(),
        }
    }
}

/// L'histoire d'une règle, quelle que soit la nature de sa valeur.
pub(crate) trait Histoire: Sync {
    fn verifie_le(&self) -> Date;
    fn versions(&self) -> Vec<VersionLue>;
    fn lacunes(&self) -> &'static [Lacune];
    fn le(&self, jour: Date) -> Result<VersionLue, SansVersion>;
}

impl<T: Display + Sync> Histoire for Parametre<T> {
    fn verifie_le(&self) -> Date {
        self.verifie_le
    }

    fn versions(&self) -> Vec<VersionLue> {
        self.versions.iter().map(VersionLue::from).collect()
    }

    fn lacunes(&self) -> &'static [Lacune] {
        self.lacunes
    }

    fn le(&self, jour: Date) -> Result<VersionLue, SansVersion> {
        self.en_vigueur(jour).map(VersionLue::from)
    }
}

/// Ce qu'un texte énonce quand il ne donne ni date ni montant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Enonce {
    reponse: Reponse,
    texte: &'static str,
    liste: &'static [&'static str],
}

impl Enonce {
    /// La règle joue.
    pub(crate) const fn oui(texte: &'static str) -> Self {
        Self { reponse: Reponse::Oui, texte, liste: &[] }
    }

    /// La règle ne joue pas.
    pub(crate) const fn non(texte: &'static str) -> Self {
        Self { reponse: Reponse::Non, texte, liste: &[] }
    }

    /// Le texte renvoie à ce qu'on ne connaît pas ici.
    pub(crate) const fn inconnu(texte: &'static str) -> Self {
        Self { reponse: Reponse::Inconnue, texte, liste: &[] }
    }

    /// Les éléments que le texte énumère.
    pub(crate) const fn avec(self, liste: &'static [&'static str]) -> Self {
        Self { liste, ..self }
    }
}

impl Display for Enonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.texte)?;
        for (rang, element) in self.liste.iter().enumerate() {
            f.write_str(if rang == 0 { " : " } else { " ; " })?;
            f.write_str(element)?;
        }
        Ok(())
    }
}

/// Comment une règle s'applique.
enum Calcul {
    Enonce(&'static Parametre<Enonce>),
    Delai(&'static Parametre<Delai>, Article642),
    Propre(&'static dyn Histoire, fn(&Demande<'_>) -> Result<Resultat, Refus>),
}

impl Regle {
    const fn nouvelle(nom: &'static str, calcul: Calcul) -> Self {
        Self {
            nom,
            titre: "",
            regit: "",
            rattachement: "la date de l'acte",
            faits: &[],
            options: &[],
            exemple: "",
            variantes: &[],
            calcul,
        }
    }

    /// Une règle qui énonce sans calculer.
    pub(crate) const fn enonce(histoire: &'static Parametre<Enonce>) -> Self {
        Self {
            rattachement: "le jour examiné",
            ..Self::nouvelle(histoire.nom, Calcul::Enonce(histoire))
        }
    }

    /// Un délai qui court à compter d'un acte.
    pub(crate) const fn delai(histoire: &'static Parametre<Delai>, article: Article642) -> Self {
        Self {
            options: &["report_642"],
            exemple: "--depuis 2026-03-02",
            ..Self::nouvelle(histoire.nom, Calcul::Delai(histoire, article))
        }
    }

    /// Une règle qui a son propre calcul.
    pub(crate) const fn propre<T: Display + Sync>(
        histoire: &'static Parametre<T>,
        applique: fn(&Demande<'_>) -> Result<Resultat, Refus>,
    ) -> Self {
        Self::nouvelle(histoire.nom, Calcul::Propre(histoire, applique))
    }

    pub(crate) const fn titre(self, titre: &'static str, regit: &'static str) -> Self {
        Self { titre, regit, ..self }
    }

    pub(crate) const fn rattachee_a(self, rattachement: &'static str) -> Self {
        Self { rattachement, ..self }
    }

    pub(crate) const fn faits(self, faits: &'static [&'static str]) -> Self {
        Self { faits, ..self }
    }

    pub(crate) const fn options(self, options: &'static [&'static str]) -> Self {
        Self { options, ..self }
    }

    pub(crate) const fn exemple(self, exemple: &'static str) -> Self {
        Self { exemple, ..self }
    }

    pub(crate) const fn variantes(
        self,
        variantes: &'static [(&'static str, &'static dyn Histoire)],
    ) -> Self {
        Self { variantes, ..self }
    }

    fn histoire(&self) -> &'static dyn Histoire {
        match self.calcul {
            Calcul::Enonce(histoire) => histoire,
            Calcul::Delai(histoire, _) => histoire,
            Calcul::Propre(histoire, _) => histoire,
        }
    }

    /// Toutes ses versions, de la plus ancienne à la plus récente.
    pub fn versions(&self) -> Vec<VersionLue> {
        self.histoire().versions()
    }

    /// Les histoires que d'autres lectures choisissent.
    pub fn autres_lectures(&self) -> impl Iterator<Item = AutreLecture> {
        self.variantes.iter().map(|(option, histoire)| AutreLecture {
            option,
            versions: histoire.versions(),
            lacunes: histoire.lacunes(),
        })
    }

    /// Les périodes où l'on sait qu'on ne sait pas.
    pub fn lacunes(&self) -> &'static [Lacune] {
        self.histoire().lacunes()
    }

    /// Dernier jour où une personne a relu ses textes.
    pub fn verifie_le(&self) -> Date {
        self.histoire().verifie_le()
    }

    /// Sa version ce jour-là.
    ///
    /// # Erreurs
    ///
    /// [`SansVersion`], avec la raison, hors de la période connue.
    pub fn le(&self, jour: Date) -> Result<VersionLue, SansVersion> {
        self.histoire().le(jour)
    }

    fn appliquer(&self, entree: &Entree) -> Result<Resultat, Refus> {
        let demande = Demande { regle: self.nom, exemple: self.exemple, entree }.verifiee()?;
        match self.calcul {
            Calcul::Enonce(histoire) => Ok(self.enoncer(histoire, &demande)),
            Calcul::Delai(histoire, article) => {
                let depuis = demande.depuis()?;
                Ok(match histoire.en_vigueur(depuis) {
                    Err(sans_version) => Resultat::inconnu(&demande, &sans_version),
                    Ok(version) => resultat::courir(
                        Resultat::selon(&demande, version)
                            .motif(format!("{} : {}", self.titre, version.valeur), &version.source),
                        &demande,
                        (depuis, version.valeur),
                        article,
                    ),
                })
            }
            Calcul::Propre(_, applique) => applique(&demande),
        }
    }

    fn enoncer(&self, histoire: &'static Parametre<Enonce>, demande: &Demande<'_>) -> Resultat {
        let date_du_fait = self.faits.iter().find_map(|fait| demande.date(fait));
        match histoire.en_vigueur(date_du_fait.unwrap_or_else(|| demande.jour())) {
            Err(sans_version) => Resultat::inconnu(demande, &sans_version),
            Ok(version) => {
                let mut resultat = Resultat::selon(demande, version)
                    .conclut(version.valeur.reponse)
                    .motif(version.valeur.texte, &version.source);
                resultat.motifs.extend(version.valeur.liste.iter().map(|e| (*e).to_owned()));
                resultat
            }
        }
    }
}

/// Toutes les règles, dans l'ordre de la procédure.
pub fn regles() -> impl Iterator<Item = &'static Regle> {
    regles::FAMILLES.iter().copied().flatten()
}

/// La règle de ce nom.
pub fn regle(nom: &str) -> Option<&'static Regle> {
    regles().find(|regle| regle.nom == nom)
}

/// Les règles qui ont une valeur connue ce jour-là, avec cette valeur.
///
/// ```
/// use droit::catalogue::en_vigueur;
/// use jiff::civil::date;
///
/// let en_2014 = en_vigueur(date(2014, 1, 1));
/// let (_, treve) = en_2014.iter().find(|(regle, _)| regle.nom == "treve_hivernale").unwrap();
/// assert_eq!(treve.au, Some(date(2014, 3, 26)));
/// ```
pub fn en_vigueur(jour: Date) -> Vec<(&'static Regle, VersionLue)> {
    regles().filter_map(|regle| regle.le(jour).ok().map(|version| (regle, version))).collect()
}

/// Applique une règle, et explique.
///
/// Hors de la période connue, la réponse est `inconnu` avec sa raison : ce n'est pas une erreur.
///
/// # Erreurs
///
/// [`Refus`] quand la règle n'existe pas, qu'il manque un fait, qu'une date ne se lit pas ou qu'une
/// option n'a pas cette lecture. Le message dit quoi corriger et donne un exemple.
///
/// ```
/// use droit::catalogue::appliquer;
/// use droit::demande::Entree;
/// use jiff::civil::date;
///
/// let mut entree = Entree::le(date(2026, 11, 21));
/// entree.depuis = Some(date(2026, 1, 15));
/// entree.faits.insert("date_bail".into(), "2024-05-01".into());
/// let resultat = appliquer("delai_commandement_de_payer", &entree).unwrap();
/// assert_eq!(resultat.retenue, Some(date(2026, 2, 26)));
/// assert_eq!(resultat.confiance, "B");
/// ```
pub fn appliquer(nom: &str, entree: &Entree) -> Result<Resultat, Refus> {
    regle(nom)
        .ok_or_else(|| Refus::RegleInconnue { nom: nom.to_owned(), proches: noms_proches(nom) })?
        .appliquer(entree)
}

/// Au plus trois noms qui partagent un mot avec celui-ci, ceux qui en partagent le plus d'abord.
fn noms_proches(nom: &str) -> Vec<&'static str> {
    let mots: Vec<String> = nom.split(['_', ' ', '-']).map(str::to_lowercase).collect();
    let communs = |autre: &str| {
        autre.split('_').filter(|mot| mot.len() > 2 && mots.iter().any(|m| m == mot)).count()
    };
    let mut proches: Vec<_> = regles()
        .map(|regle| (communs(regle.nom), regle.nom))
        .filter(|(communs, _)| *communs > 0)
        .collect();
    proches.sort_by_key(|(communs, nom)| (std::cmp::Reverse(*communs), *nom));
    proches.into_iter().take(3).map(|(_, nom)| nom).collect()
}
