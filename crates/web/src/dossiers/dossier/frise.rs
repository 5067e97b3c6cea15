//! La frise : les dates à venir, et ce qui suspend, dessiné sur une même échelle.

use ccapex::cours::frise::{Jalon, Sorte};
use jiff::civil::Date;

use super::etapes::jour_entier;
use crate::actes::annonce::lien_de_regle;
use crate::composants::Lien;
use crate::dossiers::vu::Vu;
use crate::mots;

/// La frise d'un dossier.
pub struct Frise {
    pub debut: String,
    pub fin: String,
    /// Aujourd'hui, en pour cent de la largeur.
    pub aujourd_hui: String,
    pub reperes: Vec<Repere>,
    pub bandes: Vec<Bande>,
    pub a_venir: Vec<DateAVenir>,
}

/// Une date sur l'échelle.
pub struct Repere {
    pub x: String,
    pub sorte: &'static str,
}

/// Ce qui suspend, sur l'échelle.
pub struct Bande {
    pub titre: &'static str,
    pub dates: String,
    pub en_cours: bool,
    pub x: String,
    pub largeur: String,
    pub motif: String,
    pub regle: Option<Lien>,
}

/// Une date qui n'est pas encore là, et ses motifs.
pub struct DateAVenir {
    pub jour: String,
    pub distance: String,
    pub titre: String,
    pub sorte: &'static str,
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
}

/// Rien à dessiner sans deux dates.
pub(super) fn frise(vu: &Vu<'_>) -> Option<Frise> {
    let jalons = &vu.ouvert.frise.jalons;
    let echelle = Echelle::de(vu)?;
    Some(Frise {
        debut: mots::jour(echelle.debut),
        fin: mots::jour(echelle.fin),
        aujourd_hui: echelle.place(vu.jour),
        reperes: jalons
            .iter()
            .map(|j| Repere { x: echelle.place(j.jour), sorte: j.sorte.code() })
            .collect(),
        bandes: vu
            .ouvert
            .frise
            .suspensions
            .iter()
            .map(|s| {
                let au = s.au.unwrap_or(echelle.fin);
                let dates = match s.au {
                    Some(au) => format!("du {} au {}", mots::jour(s.du), mots::jour(au)),
                    None => format!("depuis le {}", mots::jour(s.du)),
                };
                Bande {
                    titre: s.quoi.libelle(),
                    dates,
                    en_cours: s.du <= vu.jour && au >= vu.jour,
                    x: echelle.place(s.du),
                    largeur: echelle.largeur(s.du, au),
                    motif: mots::capitale(&s.motif),
                    regle: lien_de_regle(s.regle),
                }
            })
            .collect(),
        a_venir: jalons.iter().filter(|j| j.jour > vu.jour).map(|j| a_venir(j, vu.jour)).collect(),
    })
}

fn a_venir(jalon: &Jalon, aujourd_hui: Date) -> DateAVenir {
    DateAVenir {
        jour: mots::capitale(&jour_entier(jalon.jour)),
        distance: mots::distance(jalon.jour, aujourd_hui),
        titre: mots::capitale(&jalon.titre),
        sorte: match jalon.sorte {
            Sorte::Passe | Sorte::Annonce => "annoncé",
            Sorte::Calcule => "calculé",
        },
        motifs: jalon.motifs.iter().map(|m| mots::capitale(m)).collect(),
        regle: jalon.regle.and_then(lien_de_regle),
    }
}

struct Echelle {
    debut: Date,
    fin: Date,
}

impl Echelle {
    fn de(vu: &Vu<'_>) -> Option<Self> {
        let jalons = vu.ouvert.frise.jalons.iter().map(|j| j.jour);
        let bandes = vu.ouvert.frise.suspensions.iter().flat_map(|s| [Some(s.du), s.au]).flatten();
        let tous = || jalons.clone().chain(bandes.clone()).chain([vu.jour]);
        let (debut, fin) = (tous().min()?, tous().max()?);
        (debut < fin).then_some(Self { debut, fin })
    }

    fn jours(&self, du: Date, au: Date) -> i64 {
        let borne = |jour: Date| jour.clamp(self.debut, self.fin);
        borne(du).until(borne(au)).map_or(0, |duree| i64::from(duree.get_days()))
    }

    fn pour_cent(&self, jours: i64) -> String {
        let pour_mille = jours * 1_000 / self.jours(self.debut, self.fin).max(1);
        format!("{}.{}%", pour_mille / 10, pour_mille % 10)
    }

    fn place(&self, jour: Date) -> String {
        self.pour_cent(self.jours(self.debut, jour))
    }

    /// Une période d'un jour se voit encore.
    fn largeur(&self, du: Date, au: Date) -> String {
        let vue = self.jours(self.debut, self.fin) / 100;
        self.pour_cent(self.jours(du, au).max(vue))
    }
}
