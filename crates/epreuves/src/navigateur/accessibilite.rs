//! Les règles d'accessibilité, appliquées à la page telle qu'elle est affichée.

use std::{fmt, fs};

use serde_json::{Value, json};

use super::Page;

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.outils/axe-core/axe.min.js");

/// Une règle WCAG 2.x (A ou AA) enfreinte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Le nom de la règle : `image-alt`, `color-contrast`…
    pub regle: String,
    /// Ce qu'elle demande, en une phrase.
    pub aide: String,
    /// Les éléments fautifs : leur code, et ce qui leur manque.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.regle, self.aide)?;
        for element in &self.elements {
            write!(f, "\n    {}", element.replace('\n', "\n      "))?;
        }
        Ok(())
    }
}

impl Page {
    /// Les règles que la page enfreint, d'après axe-core.
    ///
    /// # Panics
    ///
    /// Quand axe-core manque : lancez `scripts/essais`.
    pub async fn axe(&self) -> Vec<Violation> {
        // Les bonnes pratiques qui ne sont pas des règles WCAG restent à part.
        let regles = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
        self.appliquer(json!({ "type": "tag", "values": regles })).await
    }

    /// Celles de ces règles que les couleurs décident : de quoi regarder le thème sombre d'une page déjà
    /// passée par [`Page::axe`].
    ///
    /// # Panics
    ///
    /// Comme [`Page::axe`].
    pub async fn axe_des_couleurs(&self) -> Vec<Violation> {
        let regles = ["color-contrast", "link-in-text-block"];
        self.appliquer(json!({ "type": "rule", "values": regles })).await
    }

    async fn appliquer(&self, regles: Value) -> Vec<Violation> {
        if self.executer("return typeof axe").await == "undefined" {
            let Ok(axe) = fs::read_to_string(AXE) else {
                panic!("axe-core n'est pas installé : lancez scripts/essais.");
            };
            self.executer(&axe).await;
        }
        let conduite = self.client().execute_async(include_str!("axe.js"), vec![regles]).await;
        let violations = self.reussi(conduite, "appliquer axe-core").await;
        match violations.as_array() {
            Some(violations) => violations.iter().map(lire).collect(),
            None => panic!("axe-core a échoué : {violations}"),
        }
    }

    /// Échoue si la page enfreint une règle, avec la liste.
    pub async fn sans_violation(&self) {
        let violations = self.axe().await;
        if !violations.is_empty() {
            let liste: Vec<_> = violations.iter().map(Violation::to_string).collect();
            panic!("{} enfreint WCAG :\n- {}", self.adresse().await, liste.join("\n- "));
        }
    }
}

fn lire(violation: &Value) -> Violation {
    let texte = |valeur: &Value| valeur.as_str().unwrap_or_default().to_owned();
    Violation {
        regle: texte(&violation["regle"]),
        aide: texte(&violation["aide"]),
        elements: violation["elements"].as_array().into_iter().flatten().map(texte).collect(),
    }
}
