//! Écrire un export : CSV, XLSX ou ODS, ligne après ligne, sans rien qui s'exécute à l'ouverture.
//!
//! Les deux classeurs sont écrits au fil de l'eau dans leur archive : ce qui est écrit peut partir
//! aussitôt, et les mêmes lignes donnent toujours les mêmes octets.

use jiff::civil::Date;

mod archive;
mod csv;
mod ods;
mod xlsx;

/// Forme d'un export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Texte séparé par « ; », marque UTF-8, fins de ligne Windows : ce qu'un tableur français ouvre d'un clic.
    Csv,
    /// Classeur Office Open XML.
    Xlsx,
    /// Classeur OpenDocument.
    Ods,
}

impl Format {
    /// Extension du fichier.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
        }
    }

    /// Type de contenu, pour un téléchargement.
    pub const fn type_mime(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Ods => ods::TYPE_MIME,
        }
    }
}

/// Une colonne d'export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colonne {
    /// Titre, en première ligne.
    pub titre: String,
    /// Ce que la colonne contient ; décide de sa largeur.
    pub genre: GenreColonne,
}

impl Colonne {
    /// Une colonne.
    pub fn nouvelle(titre: impl Into<String>, genre: GenreColonne) -> Self {
        Self { titre: titre.into(), genre }
    }
}

/// Ce qu'une colonne contient le plus souvent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenreColonne {
    /// Texte.
    Texte,
    /// Dates.
    Date,
    /// Sommes.
    Montant,
    /// Nombres entiers.
    Entier,
}

/// Une cellule d'export. Un texte reste un texte, quoi qu'il contienne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cellule {
    /// Rien.
    Vide,
    /// Texte, jamais formule.
    Texte(String),
    /// Date.
    Date(Date),
    /// Somme en centimes, écrite en euros.
    Montant(i64),
    /// Nombre entier.
    Entier(i64),
    /// « oui » ou « non ».
    OuiNon(bool),
}

/// Un export impossible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EchecEcriture {
    /// Plus de lignes qu'une feuille n'en porte.
    #[error(
        "L'export dépasse {max} lignes, le plus qu'une feuille de tableur sache montrer. Filtrez la liste, ou choisissez le format CSV."
    )]
    TropDeLignes {
        /// Lignes permises, titre compris.
        max: u64,
    },
    /// Une ligne a plus de cellules que l'export n'a de colonnes.
    #[error(
        "Une ligne de l'export a {cellules} cellules pour {colonnes} colonnes : c'est une erreur du logiciel, signalez-la."
    )]
    TropDeCellules {
        /// Cellules de la ligne.
        cellules: usize,
        /// Colonnes annoncées.
        colonnes: usize,
    },
    /// L'archive d'un classeur n'a pas pu être écrite.
    #[error("Le classeur n'a pas pu être composé : {0}. Réessayez, ou choisissez le format CSV.")]
    Archive(String),
}

/// Un export en cours.
pub struct Ecrivain {
    colonnes: usize,
    lignes: u64,
    feuille: Feuille,
}

enum Feuille {
    Csv(csv::Feuille),
    Xlsx(Box<xlsx::Feuille>),
    Ods(Box<ods::Feuille>),
}

/// Lignes d'une feuille de tableur, titre compris.
const LIGNES_MAX: u64 = 1_048_576;

impl Ecrivain {
    /// Commence un export ; `titre` nomme la feuille.
    ///
    /// # Erreurs
    ///
    /// [`EchecEcriture::Archive`] si le classeur ne peut pas être commencé.
    pub fn nouveau(
        format: Format,
        titre: &str,
        colonnes: &[Colonne],
    ) -> Result<Self, EchecEcriture> {
        let feuille = match format {
            Format::Csv => Feuille::Csv(csv::Feuille::nouvelle(colonnes)),
            Format::Xlsx => Feuille::Xlsx(Box::new(xlsx::Feuille::nouvelle(titre, colonnes)?)),
            Format::Ods => Feuille::Ods(Box::new(ods::Feuille::nouvelle(titre, colonnes)?)),
        };
        Ok(Self { colonnes: colonnes.len(), lignes: 1, feuille })
    }

    /// Ajoute une ligne ; les cellules absentes à droite sont vides.
    ///
    /// # Erreurs
    ///
    /// [`EchecEcriture::TropDeLignes`] pour un classeur plein, [`EchecEcriture::TropDeCellules`] pour
    /// une ligne plus large que l'export.
    pub fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), EchecEcriture> {
        if cellules.len() > self.colonnes {
            return Err(EchecEcriture::TropDeCellules {
                cellules: cellules.len(),
                colonnes: self.colonnes,
            });
        }
        self.lignes += 1;
        if self.lignes > LIGNES_MAX && !matches!(self.feuille, Feuille::Csv(_)) {
            return Err(EchecEcriture::TropDeLignes { max: LIGNES_MAX });
        }
        match &mut self.feuille {
            Feuille::Csv(feuille) => {
                feuille.ligne(cellules);
                Ok(())
            }
            Feuille::Xlsx(feuille) => feuille.ligne(self.lignes, cellules),
            Feuille::Ods(feuille) => feuille.ligne(cellules),
        }
    }

    /// Les octets déjà écrits, à envoyer sans attendre la fin : la mémoire d'un export reste bornée.
    #[must_use]
    pub fn prendre(&mut self) -> Vec<u8> {
        match &mut self.feuille {
            Feuille::Csv(feuille) => feuille.prendre(),
            Feuille::Xlsx(feuille) => feuille.prendre(),
            Feuille::Ods(feuille) => feuille.prendre(),
        }
    }

    /// Termine l'export et rend ses octets, ou ce qui en reste après [`Ecrivain::prendre`].
    ///
    /// # Erreurs
    ///
    /// [`EchecEcriture::Archive`] si le classeur ne peut pas être fermé.
    pub fn terminer(self) -> Result<Vec<u8>, EchecEcriture> {
        match self.feuille {
            Feuille::Csv(feuille) => Ok(feuille.terminer()),
            Feuille::Xlsx(feuille) => feuille.terminer(self.lignes, self.colonnes),
            Feuille::Ods(feuille) => feuille.terminer(),
        }
    }
}

/// « 1234,56 » ou « 1234.56 », selon la virgule demandée.
fn en_euros(centimes: i64, virgule: char) -> String {
    let signe = if centimes < 0 { "-" } else { "" };
    let absolu = centimes.unsigned_abs();
    format!("{signe}{}{virgule}{:02}", absolu / 100, absolu % 100)
}

fn oui_non(oui: bool) -> &'static str {
    if oui { "oui" } else { "non" }
}

/// Nom de feuille admis partout : ni vide, ni trop long, sans les signes que les tableurs refusent.
fn nom_de_feuille(titre: &str) -> String {
    let permis: String = titre
        .chars()
        .map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c })
        .take(31)
        .collect();
    let permis = permis.trim();
    if permis.is_empty() { "Export".to_owned() } else { permis.to_owned() }
}

#[cfg(test)]
mod tests;
