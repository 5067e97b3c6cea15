//! Un dossier : quoi faire maintenant, pourquoi, et toute l'histoire.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Alerte, Badge, Choix, Lien};

#[derive(Template)]
#[template(path = "dossiers/dossier.html")]
pub struct PageDossier {
    pub cadre: Cadre,
    pub reference: String,
    pub menage: String,
    pub lieu: String,
    pub mise_a_jour: String,
    pub etats: Vec<Badge>,
    pub alertes: Vec<Alerte>,
    pub prochaine: Option<Prochaine>,
    pub questions: Vec<Lien>,
    pub echeances: Vec<Echeance>,
    pub actes: Vec<ActePasse>,
    pub lettres: Vec<Lettre>,
    pub journal: Vec<LigneJournal>,
    pub fiches: Vec<Fiche>,
    pub pieces: Vec<Piece>,
    pub peut_agir: bool,
    /// Pourquoi rien ne peut être fait ici.
    pub raison: String,
    pub gestes: Vec<Lien>,
    pub joindre: Joindre,
    pub joints: Vec<Joint>,
    /// L'adresse de la page, où revenir après un geste.
    pub ici: String,
}

/// La prochaine étape : quoi, qui, avant quand, pourquoi.
pub struct Prochaine {
    pub quoi: String,
    pub qui: String,
    pub quand: Badge,
    pub en_retard: bool,
    pub motifs: Vec<String>,
}

/// Une date à venir et ses motifs.
pub struct Echeance {
    pub jour: String,
    pub distance: String,
    pub en_retard: bool,
    pub quoi: String,
    pub qui: String,
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
}

/// Un acte reçu.
pub struct ActePasse {
    pub jour: String,
    pub titre: String,
    pub details: Vec<String>,
    pub anomalies: Vec<String>,
    pub annule: bool,
}

/// Une lettre du dossier et les états qu'on peut lui donner.
pub struct Lettre {
    pub modele: String,
    pub pdf: String,
    pub jour: String,
    pub destinataire: String,
    pub canal: String,
    pub etat: Badge,
    pub marquer: String,
    pub gestes: Vec<Choix>,
}

/// Une ligne du journal.
pub struct LigneJournal {
    pub enregistre: String,
    pub fait: String,
    pub precision: String,
    pub jour: String,
    pub auteur: String,
}

/// Un encart : ménage, logement, service…
#[derive(Default)]
pub struct Fiche {
    pub titre: String,
    pub lignes: Vec<(String, String)>,
    pub motifs: Vec<String>,
}

/// Une pièce reçue.
pub struct Piece {
    pub lien: Lien,
    pub recue: String,
}

/// Le formulaire qui joint un autre dossier.
#[derive(Default)]
pub struct Joindre {
    pub vers: String,
    pub saisi: String,
    pub erreur: String,
}

/// Un dossier joint, qu'on peut séparer.
pub struct Joint {
    pub reference: String,
    pub vers: String,
}
