//! Lire les fichiers d'un profil champ par champ, sans s'arrêter au premier défaut.
//!
//! Un champ illisible est noté et remplacé par une valeur neutre : le profil est refusé à la fin,
//! avec tout ce qui est à corriger.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use droit::delai::Delai;
use droit::montant::Montant;
use droit::source::{Certitude, Source};
use jiff::civil::Date;
use toml::{Table, Value};

use super::Choix;
use super::defaut::Defauts;
use super::valeurs::{SOURCE_ATTENDUE, delai, jour, source};

/// Ce qu'on écrit quand aucun texte ne fixe la valeur. Montré tel quel.
pub const CHOIX_DU_PROFIL: &str = "choix du profil, sans source";

/// Les sections de tous les fichiers, chacune avec le fichier qui la porte.
pub(super) struct Racine<'a> {
    sections: BTreeMap<&'a str, (&'a str, &'a Value)>,
    lues: RefCell<BTreeSet<&'a str>>,
    fichiers: Vec<&'a str>,
    defauts: &'a Defauts,
}

impl<'a> Racine<'a> {
    pub(super) fn nouvelle(fichiers: &'a [(String, Table)], defauts: &'a Defauts) -> Self {
        let mut sections: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
        for (fichier, table) in fichiers {
            for (cle, valeur) in table {
                if let Some((autre, _)) = sections.insert(cle, (fichier, valeur)) {
                    defauts.ajouter(
                        fichier,
                        cle,
                        format!("cette section est déjà dans {autre}"),
                        "Gardez-la dans un seul fichier.",
                    );
                }
            }
        }
        let noms = fichiers.iter().map(|(nom, _)| nom.as_str()).collect();
        Racine { sections, lues: RefCell::default(), fichiers: noms, defauts }
    }

    /// Une section obligatoire. Absente, elle est lue vide et chaque champ manquant est dit.
    pub(super) fn section(&self, cle: &'a str) -> Option<Champs<'a>> {
        let trouvee = self.option(cle);
        if trouvee.is_none() && !self.sections.contains_key(cle) {
            let fichier = self.fichiers.first().copied().unwrap_or("profil");
            self.defauts.ajouter(
                fichier,
                cle,
                format!("la section [{cle}] manque"),
                "Ajoutez-la ; le profil du Pas-de-Calais en montre une.",
            );
        }
        trouvee
    }

    /// Une section qui peut manquer.
    pub(super) fn option(&self, cle: &'a str) -> Option<Champs<'a>> {
        self.lues.borrow_mut().insert(cle);
        let (fichier, valeur) = self.sections.get(cle)?;
        let table = valeur.as_table();
        if table.is_none() {
            self.defauts.ajouter(
                fichier,
                cle,
                "une section est attendue",
                format!("Écrivez [{cle}]."),
            );
        }
        table.map(|table| Champs::nouveaux(fichier, cle.to_owned(), table, None, self.defauts))
    }

    /// Une liste de sections, éventuellement vide. `source` vaut pour celles qui n'en disent pas.
    pub(super) fn liste(&self, cle: &'a str, source: Option<Source>) -> Vec<Champs<'a>> {
        self.lues.borrow_mut().insert(cle);
        match self.sections.get(cle) {
            None => vec![],
            Some((fichier, valeur)) => liste(fichier, cle, valeur, source.as_ref(), self.defauts),
        }
    }

    /// À la fin : ce que personne n'a lu est sans doute une faute de frappe.
    pub(super) fn verifier_que_tout_est_lu(&self) {
        for (cle, (fichier, _)) in &self.sections {
            if !self.lues.borrow().contains(cle) {
                self.defauts.ajouter(
                    fichier,
                    cle,
                    "section inconnue",
                    format!(
                        "Retirez-la, ou corrigez son nom. Connues : {}.",
                        enumerer(self.lues.borrow().iter())
                    ),
                );
            }
        }
    }
}

/// Les champs d'une section. À sa fin de vie, les champs que personne n'a lus sont signalés.
pub(super) struct Champs<'a> {
    pub(super) fichier: &'a str,
    pub(super) chemin: String,
    table: &'a Table,
    heritee: Option<Source>,
    lus: RefCell<BTreeSet<String>>,
    defauts: &'a Defauts,
}

impl<'a> Champs<'a> {
    fn nouveaux(
        fichier: &'a str,
        chemin: String,
        table: &'a Table,
        heritee: Option<Source>,
        defauts: &'a Defauts,
    ) -> Self {
        Champs { fichier, chemin, table, heritee, lus: RefCell::default(), defauts }
    }

    /// Refuse la valeur d'un champ.
    pub(super) fn refuser(&self, cle: &str, quoi: impl Into<String>, que_faire: impl Into<String>) {
        let cle =
            if cle.is_empty() { self.chemin.clone() } else { format!("{}.{cle}", self.chemin) };
        self.defauts.ajouter(self.fichier, &cle, quoi, que_faire);
    }

    fn valeur(&self, cle: &str) -> Option<&'a Value> {
        self.lus.borrow_mut().insert(cle.to_owned());
        self.table.get(cle)
    }

    fn obligatoire<T>(&self, cle: &str, attendu: &str, lue: Option<T>) -> Option<T> {
        if lue.is_none() && !self.table.contains_key(cle) {
            self.refuser(cle, "ce champ manque", format!("Écrivez {attendu}."));
        }
        lue
    }

    fn lire<T>(
        &self,
        cle: &str,
        attendu: &str,
        lire: impl Fn(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let valeur = self.valeur(cle)?;
        let lue = lire(valeur);
        if lue.is_none() {
            self.refuser(cle, format!("« {valeur} » ne se lit pas"), format!("Écrivez {attendu}."));
        }
        lue
    }

    pub(super) fn texte_option(&self, cle: &str) -> Option<String> {
        self.lire(cle, "un texte entre guillemets", |v| {
            v.as_str().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
        })
    }

    pub(super) fn texte(&self, cle: &str) -> String {
        self.obligatoire(cle, "un texte entre guillemets", self.texte_option(cle))
            .unwrap_or_default()
    }

    pub(super) fn textes(&self, cle: &str) -> Vec<String> {
        let lire = |v: &Value| {
            v.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        };
        self.lire(cle, "une liste de textes entre crochets", lire).unwrap_or_default()
    }

    pub(super) fn petit_entier(&self, cle: &str) -> u8 {
        let lu = self.lire(cle, "un nombre entier de 1 à 255", |v| {
            v.as_integer().and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0)
        });
        self.obligatoire(cle, "un nombre entier", lu).unwrap_or(1)
    }

    pub(super) fn euros(&self, cle: &str) -> Montant {
        let attendu = "un nombre entier d'euros";
        let lu =
            self.lire(cle, attendu, |v| v.as_integer().filter(|n| (1..=1_000_000).contains(n)));
        self.obligatoire(cle, attendu, lu).map_or_else(Montant::default, Montant::euros)
    }

    pub(super) fn booleen_option(&self, cle: &str) -> Option<bool> {
        self.lire(cle, "true ou false", Value::as_bool)
    }

    pub(super) fn booleen(&self, cle: &str) -> bool {
        self.obligatoire(cle, "true ou false", self.booleen_option(cle)).unwrap_or(false)
    }

    pub(super) fn jour_option(&self, cle: &str) -> Option<Date> {
        self.lire(cle, "une date comme 2026-01-31, sans guillemets", |v| {
            v.as_datetime().and_then(jour)
        })
    }

    pub(super) fn jour(&self, cle: &str) -> Option<Date> {
        self.obligatoire(cle, "une date comme 2026-01-31, sans guillemets", self.jour_option(cle))
    }

    pub(super) fn delai_option(&self, cle: &str) -> Option<Delai> {
        self.lire(cle, "un délai comme « 15 jours », « 6 semaines » ou « 2 mois »", |v| {
            v.as_str().and_then(delai)
        })
    }

    pub(super) fn delai(&self, cle: &str) -> Delai {
        self.obligatoire(cle, "un délai comme « 2 mois »", self.delai_option(cle))
            .unwrap_or(Delai::Jours(1))
    }

    /// La source de la section, ou celle qu'elle hérite. Il en faut une.
    pub(super) fn source(&self) -> Source {
        let dite = self.lire("source", SOURCE_ATTENDUE, source);
        match dite.or_else(|| self.heritee.clone()) {
            Some(source) => source,
            None => {
                if !self.table.contains_key("source") {
                    self.refuser(
                        "source",
                        "rien ne dit d'où vient cette valeur",
                        format!("Écrivez {SOURCE_ATTENDUE}."),
                    );
                }
                Source {
                    texte: CHOIX_DU_PROFIL.into(),
                    article: "".into(),
                    certitude: Certitude::Incertain,
                }
            }
        }
    }

    /// Une valeur et sa source : « champ = valeur », ou « champ = { NOM = valeur, source = … } ».
    pub(super) fn choix<T>(
        &self,
        cle: &str,
        nom: &str,
        lire: impl Fn(&Champs<'a>, &str) -> T,
    ) -> Choix<T> {
        let source = self.source();
        match self.table.get(cle) {
            Some(Value::Table(table)) => {
                self.lus.borrow_mut().insert(cle.to_owned());
                let chemin = format!("{}.{cle}", self.chemin);
                let champs =
                    Champs::nouveaux(self.fichier, chemin, table, Some(source), self.defauts);
                let valeur = lire(&champs, nom);
                Choix { valeur, source: champs.source() }
            }
            _ => Choix { valeur: lire(self, cle), source },
        }
    }

    /// Une sous-section, qui hérite de la source de celle-ci.
    pub(super) fn section(&self, cle: &str) -> Option<Champs<'a>> {
        let table = self.lire(cle, "une section", Value::as_table)?;
        let chemin = format!("{}.{cle}", self.chemin);
        Some(Champs::nouveaux(self.fichier, chemin, table, Some(self.source()), self.defauts))
    }

    /// Une liste de sous-sections.
    pub(super) fn liste(&self, cle: &str) -> Vec<Champs<'a>> {
        match self.valeur(cle) {
            None => vec![],
            Some(valeur) => {
                let chemin = format!("{}.{cle}", self.chemin);
                liste(self.fichier, &chemin, valeur, self.heritee.as_ref(), self.defauts)
            }
        }
    }

    /// Les noms des champs de la section, quand ils sont libres.
    pub(super) fn noms(&self) -> impl Iterator<Item = &'a str> {
        self.table.keys().map(String::as_str)
    }
}

impl Drop for Champs<'_> {
    fn drop(&mut self) {
        for cle in self.table.keys().filter(|cle| !self.lus.borrow().contains(*cle)) {
            let connus = enumerer(self.lus.borrow().iter());
            self.refuser(
                cle,
                "champ inconnu",
                format!("Retirez-le, ou corrigez son nom. Connus ici : {connus}."),
            );
        }
    }
}

fn liste<'a>(
    fichier: &'a str,
    chemin: &str,
    valeur: &'a Value,
    source: Option<&Source>,
    defauts: &'a Defauts,
) -> Vec<Champs<'a>> {
    let tables: Option<Vec<&Table>> =
        valeur.as_array().and_then(|liste| liste.iter().map(Value::as_table).collect());
    let Some(tables) = tables else {
        defauts.ajouter(
            fichier,
            chemin,
            "une liste de sections est attendue",
            format!("Écrivez [[{chemin}]]."),
        );
        return vec![];
    };
    (1..)
        .zip(tables)
        .map(|(rang, table)| {
            Champs::nouveaux(fichier, format!("{chemin}.{rang}"), table, source.cloned(), defauts)
        })
        .collect()
}

/// « a, b, c ».
pub(super) fn enumerer(noms: impl Iterator<Item = impl AsRef<str>>) -> String {
    noms.map(|nom| nom.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}
