//! Ce que plusieurs lettres partagent : en-tête, dates expliquées, aides, demandes.

use droit::conclusion;
use droit::jour::Jour;
use jiff::civil::Date;
use serde::Serialize;

/// Qui écrit, à qui, d'où, quand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnTete {
    pub expediteur: Secretariat,
    pub destinataire: Adresse,
    pub lieu: String,
    pub date: Date,
    pub reference_dossier: String,
}

/// Le secrétariat qui envoie la lettre. Ses coordonnées viennent du profil, jamais d'ici.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Secretariat {
    pub nom: String,
    pub sous_commission: String,
    pub adresse: Vec<String>,
    pub courriel: String,
    pub telephone: Option<String>,
    /// « Affaire suivie par » (CRPA, art. L. 111-2).
    pub suivi_par: Option<String>,
}

/// Lignes d'une adresse postale, le nom d'abord.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Adresse {
    pub lignes: Vec<String>,
}

/// Une date et la façon dont on l'obtient. Aucune lettre n'énonce une échéance sans elle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateExpliquee {
    pub jour: String,
    pub explication: Vec<String>,
    pub moment: Moment,
}

/// Où tombe une date, pour qui lit la lettre le jour où elle est écrite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    #[default]
    AVenir,
    Passee,
}

impl DateExpliquee {
    /// La date en toutes lettres et ses motifs, chacun avec son texte.
    pub fn new(jour: Date, motifs: &[conclusion::Motif]) -> Self {
        let explication = motifs.iter().map(ToString::to_string).collect();
        Self { jour: Jour(jour).to_string(), explication, moment: Moment::AVenir }
    }

    /// La même date, dans une lettre écrite ce jour-là : passée si elle l'est.
    #[must_use]
    pub fn lue_le(mut self, date: Date, lettre_du: Date) -> Self {
        self.moment = if date < lettre_du { Moment::Passee } else { Moment::AVenir };
        self
    }
}

/// Un constat et le texte qui le commande.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Motif {
    pub constat: String,
    pub texte: String,
}

impl From<&conclusion::Motif> for Motif {
    /// Une lecture incertaine le dit au destinataire comme à l'écran.
    fn from(motif: &conclusion::Motif) -> Self {
        let reserve =
            if motif.source.certitude.est_a_verifier() { " (lecture à vérifier)" } else { "" };
        Self { constat: motif.constat.clone(), texte: format!("{}{reserve}", motif.source) }
    }
}

/// Un endroit où trouver de l'aide. Sans coordonnées connues, la lettre dit où les demander.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guichet {
    pub nom: String,
    /// Téléphone, adresse ou courriel, tels que le profil les donne.
    pub joindre: Option<String>,
}

/// Les aides proches du logement. Renseignement public : ne dit rien de la situation du ménage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aide {
    pub adil: Guichet,
    pub fsl: Guichet,
    pub service_social: Guichet,
    pub autres: Vec<Guichet>,
}

/// Ce qui a fait connaître le ménage à la commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatureActe {
    CommandementDePayer,
    Assignation,
    CommandementDeQuitterLesLieux,
    /// Un impayé signalé sans acte de procédure. La lettre tait qui l'a signalé.
    Signalement,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "ActeEnMots")]
pub struct ActeRecu {
    pub nature: NatureActe,
    pub date: String,
}

impl ActeRecu {
    /// « un commandement de payer daté du 18 mai 2026 ». Se place aussi après « d' ».
    pub fn en_mots(&self) -> String {
        let (nom, date) = match self.nature {
            NatureActe::CommandementDePayer => ("un commandement de payer", "daté du"),
            NatureActe::Assignation => ("une assignation devant le juge", "datée du"),
            NatureActe::CommandementDeQuitterLesLieux => {
                ("un commandement de quitter les lieux", "daté du")
            }
            NatureActe::Signalement => ("un signalement d’impayé de loyer", "daté du"),
        };
        format!("{nom} {date} {}", self.date)
    }
}

impl NatureActe {
    /// Ce que fixe la date qui compte pour le locataire. Suivi de cette date.
    pub fn annonce_echeance(self, echeance: &DateExpliquee) -> &'static str {
        match (self, echeance.moment) {
            (NatureActe::CommandementDePayer, Moment::AVenir) => "Le délai pour payer prend fin le",
            (NatureActe::CommandementDePayer, Moment::Passee) => {
                "Le délai pour payer a pris fin ; un accord reste possible. Il finissait le"
            }
            (NatureActe::Assignation, Moment::AVenir) => "L’audience est fixée au",
            (NatureActe::Assignation, Moment::Passee) => "L’audience était fixée au",
            (NatureActe::CommandementDeQuitterLesLieux, Moment::AVenir) => {
                "Le délai pour quitter le logement prend fin le"
            }
            (NatureActe::CommandementDeQuitterLesLieux, Moment::Passee) => {
                "Le délai pour quitter le logement a pris fin le"
            }
            (NatureActe::Signalement, Moment::AVenir | Moment::Passee) => {
                "Une date compte pour la suite : le"
            }
        }
    }
}

/// Ce que le modèle voit d'un acte : une clé stable pour choisir, des mots pour écrire.
#[derive(Serialize)]
struct ActeEnMots {
    nature: &'static str,
    en_mots: String,
}

impl From<ActeRecu> for ActeEnMots {
    fn from(acte: ActeRecu) -> Self {
        let nature = match acte.nature {
            NatureActe::CommandementDePayer => "commandement_de_payer",
            NatureActe::Assignation => "assignation",
            NatureActe::CommandementDeQuitterLesLieux => "commandement_de_quitter_les_lieux",
            NatureActe::Signalement => "signalement",
        };
        Self { nature, en_mots: acte.en_mots() }
    }
}

#[cfg(test)]
mod tests {
    use droit::source::Source;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn une_lecture_incertaine_se_lit_dans_la_lettre() {
        let motif = conclusion::Motif::new("six semaines", Source::a_verifier("loi", "24"));
        assert_eq!(Motif::from(&motif).texte, "loi, art. 24 (lecture à vérifier)");
        let sure = conclusion::Motif::new("six semaines", Source::lue("loi", "24"));
        assert_eq!(Motif::from(&sure).texte, "loi, art. 24");
        let expliquee = DateExpliquee::new(date(2026, 6, 1), &[motif]);
        assert_eq!(expliquee.jour, "1er juin 2026");
        assert_eq!(expliquee.explication, ["six semaines (loi, art. 24 ; à vérifier)"]);
    }
}
