//! Ce qu'un acte demande, qu'il ait un gabarit ou qu'il soit une notice.

use ccapex::acte::gabarit::{self, Famille, GABARITS, Gabarit, gabarit};
use ccapex::notice::Nature;
use ccapex::profil::Profil;

use super::territoire;
use crate::composants::{Champ, Choix, Genre};
use crate::saisie::{champ_de, groupes};
use crate::urls;

/// Un acte qu'on peut consigner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sorte {
    /// Un acte consigné.
    Acte(&'static Gabarit),
    /// Une notice, saisie depuis le dossier qu'elle rejoint.
    Notice(Nature),
}

/// Un champ et la façon de le lire.
pub(crate) struct Demande {
    pub(crate) champ: Champ,
    pub(crate) lecture: Lecture,
}

/// Ce qu'on attend d'un champ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lecture {
    Jour,
    Euros,
    Nombre { min: u16, max: u16 },
    OuiNon,
    Texte,
    Codes,
}

/// Les notices qu'on consigne depuis un dossier. Une alerte entre partenaires a son acte à elle.
const NOTICES: [(Nature, Famille); 7] = [
    (Nature::SignalementImpaye, Famille::Dette),
    (Nature::SaisineBailleur, Famille::Dette),
    (Nature::Cdp, Famille::Justice),
    (Nature::Assignation, Famille::Justice),
    (Nature::Decision, Famille::Justice),
    (Nature::Cql, Famille::Justice),
    (Nature::RequisitionCfp, Famille::ForcePublique),
];

impl Sorte {
    pub(crate) fn de(code: &str) -> Option<Self> {
        let notice = || NOTICES.iter().find(|(n, _)| n.code() == code);
        gabarit(code).map(Self::Acte).or_else(|| notice().map(|(n, _)| Self::Notice(*n)))
    }

    /// Les actes d'une famille : les notices d'abord, elles jalonnent la procédure.
    pub(crate) fn de_la_famille(famille: Famille) -> impl Iterator<Item = Self> {
        let notices = NOTICES.iter().filter(move |(_, f)| *f == famille);
        let actes = GABARITS.iter().filter(move |g| g.famille == famille);
        notices.map(|(n, _)| Self::Notice(*n)).chain(actes.map(Self::Acte))
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Acte(gabarit) => gabarit.nom,
            Self::Notice(nature) => nature.code(),
        }
    }

    pub(crate) fn libelle(self) -> &'static str {
        match self {
            Self::Acte(gabarit) => gabarit.libelle,
            Self::Notice(nature) => nature.libelle(),
        }
    }

    /// La page qui écrit cet acte, quand un formulaire ne suffit pas : une rubrique cochée sans son
    /// texte effacerait celui qui y est.
    pub(crate) fn page(self, reference: &str) -> Option<String> {
        (self.code() == "dsf_redige").then(|| urls::diagnostic(reference))
    }

    fn jour(self) -> String {
        match self {
            Self::Acte(gabarit) => gabarit.date.to_owned(),
            Self::Notice(nature) => champ_de(nature.champ_date()).libelle,
        }
    }

    /// Les champs du formulaire, la date d'abord. `avis` sont les avis déjà rendus dans le dossier.
    pub(crate) fn demandes(self, profil: &Profil, avis: &[(String, String)]) -> Vec<Demande> {
        let date = Champ::nouveau("date", self.jour(), Genre::Date).obligatoire();
        let mut demandes = vec![Demande { champ: date, lecture: Lecture::Jour }];
        match self {
            Self::Acte(gabarit) => demandes.extend(
                gabarit.tous_les_champs().map(|champ| du_gabarit(gabarit, champ, profil, avis)),
            ),
            Self::Notice(nature) => demandes.extend(de_la_notice(nature)),
        }
        demandes
    }
}

/// Un texte libre attire ce qu'il ne doit pas tenir.
const SANS_SANTE: &str =
    "Des faits, sans diagnostic ni donnée de santé. Ce texte est gardé à part.";

/// Une liste plus longue se déroule.
const VISIBLES: usize = 5;

fn du_gabarit(
    acte: &Gabarit,
    decrit: &gabarit::Champ,
    profil: &Profil,
    avis: &[(String, String)],
) -> Demande {
    let connus = territoire::choix(acte.nom, decrit.nom, profil, avis);
    let (genre, lecture) = match decrit.genre {
        gabarit::Genre::Jour => (Genre::Date, Lecture::Jour),
        gabarit::Genre::Montant => (Genre::Montant, Lecture::Euros),
        gabarit::Genre::Nombre { min, max } => (Genre::Nombre, Lecture::Nombre { min, max }),
        gabarit::Genre::OuiNon => {
            let choix = [("oui", "Oui"), ("non", "Non"), ("", "Ne sait pas")];
            (Genre::Rondes(Choix::liste(&choix, "")), Lecture::OuiNon)
        }
        gabarit::Genre::Choix(tous) => {
            let possibles = territoire::possibles(acte.nom, decrit.nom, tous);
            let choix = possibles.iter().map(|(c, l)| Choix::nouveau(*c, crate::mots::capitale(l)));
            (une_reponse(choix.collect(), decrit.obligatoire), Lecture::Texte)
        }
        gabarit::Genre::Code => match connus {
            Some(choix) => (deroulee(choix, decrit.obligatoire), Lecture::Texte),
            None => (Genre::Texte, Lecture::Texte),
        },
        gabarit::Genre::Codes => match connus {
            Some(choix) => (Genre::Cases(choix), Lecture::Codes),
            None => (Genre::Texte, Lecture::Codes),
        },
        gabarit::Genre::Texte => (Genre::Long, Lecture::Texte),
    };
    let large = matches!(genre, Genre::Long | Genre::Cases(_));
    let champ = Champ::nouveau(decrit.nom, decrit.libelle, genre);
    let aide = match (lecture, decrit.genre) {
        (Lecture::Euros, _) => "En euros : 1 234,56".to_owned(),
        (Lecture::Nombre { min, max }, _) => format!("De {min} à {max}."),
        (Lecture::Codes, _) if !large => "Séparées par des virgules.".to_owned(),
        (_, gabarit::Genre::Texte) => SANS_SANTE.to_owned(),
        (Lecture::Jour | Lecture::OuiNon | Lecture::Texte | Lecture::Codes, _) => String::new(),
    };
    let champ = Champ { large, obligatoire: decrit.obligatoire, ..champ.aide(aide) };
    Demande { champ, lecture }
}

fn une_reponse(mut choix: Vec<Choix>, obligatoire: bool) -> Genre {
    if choix.len() > VISIBLES {
        return deroulee(choix, obligatoire);
    }
    if !obligatoire {
        choix.push(Choix { retenu: true, ..Choix::nouveau("", "Sans précision") });
    }
    Genre::Rondes(choix)
}

fn deroulee(mut choix: Vec<Choix>, obligatoire: bool) -> Genre {
    let vide = if obligatoire { "Choisir" } else { "Sans précision" };
    choix.insert(0, Choix { retenu: true, ..Choix::nouveau("", vide) });
    Genre::Choix(choix)
}

/// Ce que l'acte et la dette disent de neuf : le ménage et le logement, le dossier les connaît.
fn de_la_notice(nature: Nature) -> Vec<Demande> {
    let mut demandes = Vec::new();
    for (groupe, noms) in groupes(nature) {
        if groupe != "L'acte" && groupe != "La dette" {
            continue;
        }
        let propres = noms.into_iter().filter(|nom| *nom != nature.champ_date());
        // Une saisine n'a de sens que d'un bailleur personne morale : il se dit avec elle.
        let bailleur =
            (groupe == "L'acte" && nature == Nature::SaisineBailleur).then_some("bailleur_type");
        for nom in propres.chain(bailleur) {
            let mut champ = champ_de(nom);
            champ.obligatoire = matches!(
                (nature, nom),
                (Nature::Decision, "issue")
                    | (Nature::SaisineBailleur, "bailleur_type")
                    | (Nature::SignalementImpaye, "origine")
            );
            let lecture = match &champ.genre {
                Genre::Date => Lecture::Jour,
                Genre::Montant => Lecture::Euros,
                Genre::Nombre => Lecture::Nombre { min: 0, max: 120 },
                Genre::Texte
                | Genre::Courriel
                | Genre::Telephone
                | Genre::Secret
                | Genre::Long
                | Genre::Choix(_)
                | Genre::Rondes(_)
                | Genre::Cases(_) => Lecture::Texte,
            };
            let lecture = if ["aide_logement", "loyer_repris", "par_defaut"].contains(&nom) {
                Lecture::OuiNon
            } else {
                lecture
            };
            demandes.push(Demande { champ, lecture });
        }
    }
    let note = Champ::nouveau("note", "Note", Genre::Long).aide(SANS_SANTE);
    demandes.push(Demande { champ: Champ { large: true, ..note }, lecture: Lecture::Texte });
    demandes
}
