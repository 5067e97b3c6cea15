//! Les morceaux de page partagés : badge, alerte, champ, pagination.
//!
//! Chacun a son gabarit dans `templates/composants/` et s'affiche par `{{ badge }}`.

use askama::Template;
use askama::filters::HtmlSafe;

/// La couleur d'un badge, d'une alerte ou d'une tuile ; le texte dit toujours la même chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ton {
    #[default]
    Neutre,
    Info,
    Succes,
    Attention,
    Erreur,
    Nouveau,
}

impl Ton {
    /// Le suffixe de la classe, aux conventions du système de design de l'État.
    #[must_use]
    pub fn classe(self) -> &'static str {
        match self {
            Self::Neutre => "neutral",
            Self::Info => "info",
            Self::Succes => "success",
            Self::Attention => "warning",
            Self::Erreur => "error",
            Self::Nouveau => "new",
        }
    }
}

/// Un mot d'état.
#[derive(Clone, Debug, Template)]
#[template(path = "composants/badge.html")]
pub struct Badge {
    pub ton: Ton,
    pub texte: String,
}

impl HtmlSafe for Badge {}

impl Badge {
    #[must_use]
    pub fn nouveau(ton: Ton, texte: impl Into<String>) -> Self {
        Self { ton, texte: texte.into() }
    }
}

/// Un message au-dessus d'une page : ce qui se passe, pourquoi, quoi faire.
#[derive(Clone, Debug, Template)]
#[template(path = "composants/alerte.html")]
pub struct Alerte {
    pub ton: Ton,
    pub titre: String,
    pub texte: String,
    /// Un lien qui suit : ouvrir la suite.
    pub lien: Option<Lien>,
    /// Un bouton qui défait ce que le message annonce.
    pub defaire: Option<Geste>,
}

impl HtmlSafe for Alerte {}

impl Alerte {
    #[must_use]
    pub fn nouvelle(ton: Ton, titre: impl Into<String>, texte: impl Into<String>) -> Self {
        Self { ton, titre: titre.into(), texte: texte.into(), lien: None, defaire: None }
    }

    #[must_use]
    pub fn avec(mut self, texte: impl Into<String>, vers: impl Into<String>) -> Self {
        self.lien = Some(Lien::nouveau(texte, vers));
        self
    }

    /// Ce qui vient d'être fait se défait d'ici.
    #[must_use]
    pub fn et_defaire(mut self, geste: Geste) -> Self {
        self.defaire = Some(geste);
        self
    }
}

/// Un bouton qui envoie, et ce qu'il envoie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geste {
    pub texte: String,
    pub vers: String,
    pub jeton: String,
    pub champs: Vec<(&'static str, String)>,
}

impl Geste {
    #[must_use]
    pub fn nouveau(
        texte: impl Into<String>,
        vers: impl Into<String>,
        jeton: impl Into<String>,
        champs: Vec<(&'static str, String)>,
    ) -> Self {
        Self { texte: texte.into(), vers: vers.into(), jeton: jeton.into(), champs }
    }
}

/// Un lien et son texte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lien {
    pub texte: String,
    pub vers: String,
}

impl Lien {
    #[must_use]
    pub fn nouveau(texte: impl Into<String>, vers: impl Into<String>) -> Self {
        Self { texte: texte.into(), vers: vers.into() }
    }
}

/// Une liste vide dit pourquoi, et propose quoi faire.
#[derive(Clone, Debug, Template)]
#[template(path = "composants/vide.html")]
pub struct Vide {
    pub titre: String,
    pub texte: String,
    pub action: Option<Lien>,
}

impl HtmlSafe for Vide {}

impl Vide {
    #[must_use]
    pub fn nouveau(titre: impl Into<String>, texte: impl Into<String>) -> Self {
        Self { titre: titre.into(), texte: texte.into(), action: None }
    }

    #[must_use]
    pub fn avec(mut self, texte: impl Into<String>, vers: impl Into<String>) -> Self {
        self.action = Some(Lien::nouveau(texte, vers));
        self
    }
}

/// Un choix d'une liste déroulante ou d'un groupe de cases rondes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choix {
    pub valeur: String,
    pub libelle: String,
    pub retenu: bool,
}

impl Choix {
    #[must_use]
    pub fn nouveau(valeur: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { valeur: valeur.into(), libelle: libelle.into(), retenu: false }
    }

    /// Les choix `(valeur, libellé)`, avec celui que la personne a déjà retenu.
    #[must_use]
    pub fn liste(choix: &[(&str, &str)], retenu: &str) -> Vec<Self> {
        choix
            .iter()
            .map(|(valeur, libelle)| Self {
                retenu: *valeur == retenu,
                ..Self::nouveau(*valeur, *libelle)
            })
            .collect()
    }
}

/// Un champ de formulaire, son étiquette au-dessus, son erreur à côté.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "composants/champ.html")]
pub struct Champ {
    pub nom: String,
    pub libelle: String,
    pub aide: String,
    pub valeur: String,
    pub erreur: String,
    pub genre: Genre,
    pub obligatoire: bool,
    /// Valeur de `autocomplete`, vide s'il n'y en a pas.
    pub completion: &'static str,
    /// Occupe toute la largeur.
    pub large: bool,
    /// Il est demandé, sans être exigé : « facultatif » ferait croire qu'il ne compte pas.
    pub attendu: bool,
    /// Distingue deux champs de même nom dans une page.
    pub prefixe: String,
}

impl HtmlSafe for Champ {}

/// La forme d'un champ.
#[derive(Clone, Debug, Default)]
pub enum Genre {
    #[default]
    Texte,
    Date,
    Montant,
    Nombre,
    Courriel,
    Telephone,
    Secret,
    Long,
    Choix(Vec<Choix>),
    /// Peu de réponses, toutes visibles : une seule.
    Rondes(Vec<Choix>),
    /// Autant de réponses qu'on veut.
    Cases(Vec<Choix>),
}

impl Genre {
    fn saisie(&self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Courriel => "email",
            Self::Telephone => "tel",
            Self::Secret => "password",
            Self::Texte
            | Self::Montant
            | Self::Nombre
            | Self::Long
            | Self::Choix(_)
            | Self::Rondes(_)
            | Self::Cases(_) => "text",
        }
    }

    /// Le clavier que montre un téléphone.
    fn clavier(&self) -> &'static str {
        match self {
            Self::Montant => "decimal",
            Self::Nombre => "numeric",
            Self::Texte
            | Self::Date
            | Self::Courriel
            | Self::Telephone
            | Self::Secret
            | Self::Long
            | Self::Choix(_)
            | Self::Rondes(_)
            | Self::Cases(_) => "",
        }
    }

    pub(crate) fn choix(&self) -> Option<&[Choix]> {
        match self {
            Self::Choix(choix) => Some(choix),
            Self::Texte
            | Self::Date
            | Self::Montant
            | Self::Nombre
            | Self::Courriel
            | Self::Telephone
            | Self::Secret
            | Self::Long
            | Self::Rondes(_)
            | Self::Cases(_) => None,
        }
    }

    /// Des réponses à cocher : la forme des cases, et les réponses.
    fn a_cocher(&self) -> Option<(&'static str, &[Choix])> {
        match self {
            Self::Rondes(choix) => Some(("radio", choix)),
            Self::Cases(choix) => Some(("checkbox", choix)),
            Self::Texte
            | Self::Date
            | Self::Montant
            | Self::Nombre
            | Self::Courriel
            | Self::Telephone
            | Self::Secret
            | Self::Long
            | Self::Choix(_) => None,
        }
    }

    fn est_long(&self) -> bool {
        matches!(self, Self::Long)
    }
}

impl Champ {
    #[must_use]
    pub fn nouveau(nom: impl Into<String>, libelle: impl Into<String>, genre: Genre) -> Self {
        Self { nom: nom.into(), libelle: libelle.into(), genre, ..Self::default() }
    }

    #[must_use]
    pub fn obligatoire(mut self) -> Self {
        self.obligatoire = true;
        self
    }

    #[must_use]
    pub fn attendu(mut self) -> Self {
        self.attendu = true;
        self
    }

    #[must_use]
    pub fn aide(mut self, aide: impl Into<String>) -> Self {
        self.aide = aide.into();
        self
    }

    /// Reprend ce que la personne a déjà saisi.
    #[must_use]
    pub fn rempli(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        if let Genre::Choix(choix) | Genre::Rondes(choix) = &mut self.genre {
            for c in choix {
                c.retenu = c.valeur == self.valeur;
            }
        }
        self
    }

    /// Coche ce que la personne avait déjà coché.
    #[must_use]
    pub fn coche<'a>(mut self, valeurs: impl Iterator<Item = &'a str>) -> Self {
        let valeurs: Vec<&str> = valeurs.collect();
        if let Genre::Cases(choix) = &mut self.genre {
            for c in choix {
                c.retenu = valeurs.contains(&c.valeur.as_str());
            }
        }
        self
    }

    /// Où mène une erreur : la première case d'une liste à cocher, sinon le champ.
    #[must_use]
    pub fn ancre(&self) -> String {
        match self.genre.a_cocher().and_then(|(_, choix)| choix.first()) {
            Some(premier) => format!("#champ-{}-{}", self.id(), premier.valeur),
            None => format!("#champ-{}", self.id()),
        }
    }

    /// Une seule réponse, et il en faut une.
    fn exige_une_reponse(&self) -> bool {
        self.obligatoire && matches!(self.genre, Genre::Rondes(_))
    }

    fn id(&self) -> String {
        format!("{}{}", self.prefixe, self.nom)
    }

    fn decrit_par(&self) -> String {
        let id = self.id();
        match (self.aide.is_empty(), self.erreur.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("aide-{id}"),
            (true, false) => format!("erreur-{id}"),
            (false, false) => format!("aide-{id} erreur-{id}"),
        }
    }
}

/// Où l'on est dans une longue liste.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "composants/pagination.html")]
pub struct Pagination {
    pub resume: String,
    pub debut: Option<String>,
    pub suite: Option<String>,
}

impl HtmlSafe for Pagination {}

/// Un onglet : une autre vue de la même page.
#[derive(Clone, Debug)]
pub struct Onglet {
    pub titre: String,
    pub compte: String,
    pub vers: String,
    pub ouvert: bool,
}

/// Des onglets, qui sont des liens : chaque vue a son adresse.
#[derive(Clone, Debug, Template)]
#[template(path = "composants/onglets.html")]
pub struct Onglets {
    pub nom: &'static str,
    pub onglets: Vec<Onglet>,
}

impl HtmlSafe for Onglets {}
