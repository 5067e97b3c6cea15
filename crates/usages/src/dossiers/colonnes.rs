//! Les colonnes d'une liste de dossiers : la page et l'export les lisent ici, et disent donc la même chose.

use ccapex::partenaires::agent::Agent;
use ccapex::procedure::stade::stade_en_mots;
use ccapex::profil::Profil;
use ccapex::signalement::statut::{Statut, motif_en_mots};
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::liste::ordre::Tri;
use tableur::ecriture::{Cellule, GenreColonne};

/// Une colonne.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colonne {
    /// La référence du dossier.
    Reference,
    /// Le nom du ménage.
    Menage,
    /// L'adresse du logement.
    Adresse,
    /// La commune.
    Commune,
    /// Le stade de la procédure.
    Stade,
    /// Depuis quand il y est.
    Depuis,
    /// La réponse donnée à la dernière notice.
    Reponse,
    /// Son motif.
    Motif,
    /// La sous-commission.
    SousCommission,
    /// Le service en charge.
    Service,
    /// La prochaine étape.
    Etape,
    /// Qui doit la faire.
    Qui,
    /// Avant quand.
    AvantLe,
    /// La dette.
    Dette,
    /// Le jour de l'ouverture.
    OuvertLe,
    /// Le jour du dernier changement.
    MisAJour,
    /// Le jour de la clôture.
    ClosLe,
}

use Colonne as C;

impl Colonne {
    /// Toutes, dans l'ordre où une liste les montre.
    pub const TOUTES: [Self; 17] = [
        C::Reference,
        C::Menage,
        C::Adresse,
        C::Commune,
        C::Stade,
        C::Depuis,
        C::Reponse,
        C::Motif,
        C::SousCommission,
        C::Service,
        C::Etape,
        C::Qui,
        C::AvantLe,
        C::Dette,
        C::OuvertLe,
        C::MisAJour,
        C::ClosLe,
    ];

    /// Celles que cette personne peut voir : qui n'a que sa part n'a pas la suite du dossier.
    #[must_use]
    pub fn permises(agent: &Agent) -> Vec<Self> {
        let part =
            [C::Reference, C::Menage, C::Adresse, C::Commune, C::Reponse, C::OuvertLe, C::MisAJour];
        let suit = agent.suit_des_menages();
        Self::TOUTES.into_iter().filter(|c| suit || part.contains(c)).collect()
    }

    /// Celles qu'une liste montre tant que rien n'est choisi.
    #[must_use]
    pub fn d_ordinaire(agent: &Agent) -> Vec<Self> {
        if agent.suit_des_menages() {
            vec![
                C::Reference,
                C::Menage,
                C::Adresse,
                C::Stade,
                C::Etape,
                C::AvantLe,
                C::Service,
                C::MisAJour,
            ]
        } else {
            vec![C::Reference, C::Menage, C::Adresse, C::Reponse, C::MisAJour]
        }
    }

    /// Celles de ces codes que cette personne peut voir, dans l'ordre d'une liste ; à défaut, les ordinaires.
    #[must_use]
    pub fn choisies<'a>(codes: impl Iterator<Item = &'a str>, agent: &Agent) -> Vec<Self> {
        let codes: Vec<&str> = codes.collect();
        let choisies: Vec<Self> = Self::permises(agent)
            .into_iter()
            // La référence mène au dossier : elle est toujours là.
            .filter(|c| *c == C::Reference || codes.contains(&c.code()))
            .collect();
        if codes.is_empty() || choisies.len() < 2 { Self::d_ordinaire(agent) } else { choisies }
    }

    /// Le nom écrit dans l'adresse d'une liste.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            C::Reference => "reference",
            C::Menage => "menage",
            C::Adresse => "adresse",
            C::Commune => "commune",
            C::Stade => "stade",
            C::Depuis => "depuis",
            C::Reponse => "reponse",
            C::Motif => "motif",
            C::SousCommission => "sous_commission",
            C::Service => "service",
            C::Etape => "etape",
            C::Qui => "qui",
            C::AvantLe => "avant_le",
            C::Dette => "dette",
            C::OuvertLe => "ouvert_le",
            C::MisAJour => "maj",
            C::ClosLe => "clos_le",
        }
    }

    /// Le titre.
    #[must_use]
    pub fn titre(self) -> &'static str {
        match self {
            C::Reference => "Dossier",
            C::Menage => "Ménage",
            C::Adresse => "Adresse",
            C::Commune => "Commune",
            C::Stade => "Stade",
            C::Depuis => "Depuis le",
            C::Reponse => "Réponse",
            C::Motif => "Motif",
            C::SousCommission => "Sous-commission",
            C::Service => "Service",
            C::Etape => "Prochaine étape",
            C::Qui => "Par",
            C::AvantLe => "Avant le",
            C::Dette => "Dette",
            C::OuvertLe => "Ouvert le",
            C::MisAJour => "Mis à jour",
            C::ClosLe => "Clos le",
        }
    }

    /// L'ordre que cette colonne donne à la liste, quand un index le tient.
    #[must_use]
    pub fn tri(self) -> Option<Tri> {
        match self {
            C::Reference => Some(Tri::Reference),
            C::Menage => Some(Tri::Nom),
            C::Commune => Some(Tri::Commune),
            C::AvantLe => Some(Tri::Echeance),
            C::Dette => Some(Tri::Dette),
            C::MisAJour => Some(Tri::MiseAJour),
            C::Adresse
            | C::Stade
            | C::Depuis
            | C::Reponse
            | C::Motif
            | C::SousCommission
            | C::Service
            | C::Etape
            | C::Qui
            | C::OuvertLe
            | C::ClosLe => None,
        }
    }

    /// Ce que la colonne contient, pour un tableur.
    #[must_use]
    pub fn genre(self) -> GenreColonne {
        match self {
            C::Depuis | C::AvantLe | C::OuvertLe | C::MisAJour | C::ClosLe => GenreColonne::Date,
            C::Dette => GenreColonne::Montant,
            C::Reference
            | C::Menage
            | C::Adresse
            | C::Commune
            | C::Stade
            | C::Reponse
            | C::Motif
            | C::SousCommission
            | C::Service
            | C::Etape
            | C::Qui => GenreColonne::Texte,
        }
    }

    /// Ce que la colonne dit d'un dossier.
    #[must_use]
    pub fn cellule(
        self,
        d: &VueDossier,
        profil: &Profil,
        jour: impl Fn(Timestamp) -> Date,
    ) -> Cellule {
        let date = |jour: Option<Date>| jour.map_or(Cellule::Vide, Cellule::Date);
        let texte = match self {
            C::Depuis => return date(d.depuis),
            C::AvantLe => return date(d.etape_avant_le),
            C::OuvertLe => return Cellule::Date(d.ouvert_le),
            C::MisAJour => return Cellule::Date(jour(d.maj_le)),
            C::ClosLe => return date(d.clos_le),
            C::Dette => return d.dette.map_or(Cellule::Vide, Cellule::Montant),
            C::Reference => d.reference.clone(),
            C::Menage => d.nom.clone(),
            C::Adresse => d.adresse.clone(),
            C::Commune => commune(&d.commune),
            C::Stade => stade_en_mots(&d.stade).to_owned(),
            C::Reponse => {
                Statut::de_code(&d.statut).map_or(d.statut.as_str(), |s| s.libelle()).to_owned()
            }
            C::Motif => capitale(motif_en_mots(&d.motif)),
            C::SousCommission => sous_commission(profil, &d.sous_commission),
            C::Service => {
                let provisoire = if d.service_provisoire { " (provisoire)" } else { "" };
                format!("{}{provisoire}", service(profil, &d.service))
            }
            C::Etape => capitale(&d.etape_quoi),
            C::Qui => service(profil, &d.etape_qui),
        };
        if texte.is_empty() { Cellule::Vide } else { Cellule::Texte(texte) }
    }
}

/// Le nom d'une commune ; son code, si elle est inconnue.
#[must_use]
pub fn commune(code: &str) -> String {
    territoire::commune(code).map_or(code, |c| c.nom).to_owned()
}

/// Le nom d'un service, sans la précision qu'il porte entre parenthèses.
#[must_use]
pub fn service(profil: &Profil, code: &str) -> String {
    let nom = capitale(&profil.nom_de(code).replace('_', " "));
    nom.split_once(" (").map_or_else(|| nom.clone(), |(court, _)| court.to_owned())
}

fn sous_commission(profil: &Profil, code: &str) -> String {
    let connue = profil.sous_commissions.iter().find(|s| s.code == code);
    connue.map_or_else(|| capitale(code), |s| s.nom.clone())
}

fn capitale(texte: &str) -> String {
    let mut lettres = texte.chars();
    let premiere = lettres.next().map(char::to_uppercase);
    premiere.into_iter().flatten().chain(lettres).collect()
}
