//! Une requête assemblée de fragments du programme ; ce qui vient d'une personne y est toujours lié.

use super::valeur::Valeur;

#[derive(Default)]
pub(crate) struct Requete {
    pub(crate) sql: String,
    pub(crate) valeurs: Vec<Valeur>,
}

impl Requete {
    pub(crate) fn texte(&mut self, fragment: &str) -> &mut Self {
        self.sql.push_str(fragment);
        self
    }

    /// Lie une valeur, et écrit sa place.
    pub(crate) fn valeur(&mut self, valeur: impl Into<Valeur>) -> &mut Self {
        self.valeurs.push(valeur.into());
        self.sql.push('$');
        self.sql.push_str(&self.valeurs.len().to_string());
        self
    }
}
