//! La même lettre en courriel, en texte simple.
//!
//! Le message donne les mêmes raisons et tait ce qui identifie le ménage : la lettre PDF, jointe,
//! le précise.

use crate::lettre::Lettre;
use crate::lettre::commun::{DateExpliquee, EnTete, Guichet};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courriel {
    pub objet: String,
    pub corps: String,
}

/// Le courriel qui accompagne ou remplace la lettre.
pub fn texte(lettre: &Lettre) -> Courriel {
    let reference = &lettre.entete().reference_dossier;
    // Une notice qui n'a pas encore de dossier n'a pas de référence à rappeler.
    let objet = if reference.is_empty() {
        lettre.objet()
    } else {
        format!("{} [{reference}]", lettre.objet())
    };
    Courriel { objet: sur_une_ligne(&objet), corps: lettre.contenu().courriel() }
}

/// Un objet de courriel tient sur une ligne : un saut y ajouterait un en-tête.
fn sur_une_ligne(texte: &str) -> String {
    texte.split(|c: char| c.is_control()).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Comment on s'adresse au destinataire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Formule {
    Maitre,
    MadameMonsieur,
    Maire,
}

impl Formule {
    fn appel(self) -> &'static str {
        match self {
            Formule::Maitre => "Maître,",
            Formule::MadameMonsieur => "Madame, Monsieur,",
            Formule::Maire => "Madame, Monsieur le Maire,",
        }
    }
}

/// Le corps d'un courriel, bâti paragraphe par paragraphe.
pub(crate) struct Corps {
    blocs: Vec<String>,
}

impl Corps {
    pub(crate) fn new(formule: Formule) -> Self {
        Self { blocs: vec![formule.appel().to_owned()] }
    }

    pub(crate) fn paragraphe(mut self, texte: impl Into<String>) -> Self {
        self.blocs.push(sur_une_ligne(&texte.into()));
        self
    }

    pub(crate) fn liste<T: AsRef<str>>(
        mut self,
        annonce: &str,
        elements: impl IntoIterator<Item = T>,
    ) -> Self {
        let elements = elements.into_iter().map(|e| format!("- {}", sur_une_ligne(e.as_ref())));
        self.blocs
            .push([annonce.to_owned()].into_iter().chain(elements).collect::<Vec<_>>().join("\n"));
        self
    }

    pub(crate) fn date(self, annonce: &str, date: &DateExpliquee) -> Self {
        let annonce = format!("{annonce} {}.", sur_une_ligne(&date.jour));
        if date.explication.is_empty() {
            return self.paragraphe(annonce);
        }
        self.liste(&format!("{annonce} Comment cette date est calculée :"), &date.explication)
    }

    pub(crate) fn guichets<'a>(
        self,
        annonce: &str,
        guichets: impl IntoIterator<Item = &'a Guichet>,
    ) -> Self {
        let lignes = guichets.into_iter().map(|guichet| match &guichet.joindre {
            Some(joindre) => format!("{} : {joindre}", guichet.nom),
            None => guichet.nom.clone(),
        });
        self.liste(annonce, lignes)
    }

    pub(crate) fn signe(self, entete: &EnTete) -> String {
        let expediteur = &entete.expediteur;
        let signature = [Some(&expediteur.nom), Some(&expediteur.sous_commission)]
            .into_iter()
            .chain([Some(&expediteur.courriel), expediteur.telephone.as_ref()])
            .flatten()
            .map(|ligne| sur_une_ligne(ligne))
            .filter(|ligne| !ligne.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        let reference = sur_une_ligne(&entete.reference_dossier);
        let rappel = (!reference.is_empty()).then(|| format!("Référence à rappeler : {reference}"));
        let fin = rappel.into_iter().chain([signature]).collect();
        let mut corps = [self.blocs, fin].concat().join("\n\n");
        corps.push('\n');
        corps
    }
}
