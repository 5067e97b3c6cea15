//! Le droit au logement opposable : la commission de médiation, puis le préfet.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Histoire, Regle};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, Version};
use crate::resultat::{self, Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::computation::avant;

const LOI_DE_2008: Date = date(2008, 1, 1);
const AVANT_2008: Lacune =
    Lacune::jusqu_au(date(2007, 12, 31), "le droit au logement opposable n'était pas ouvert");

static INSTRUCTION: Parametre<Delai> = Parametre {
    nom: "dalo_instruction",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2008,
        Delai::Mois(3),
        Source::rapportee("CCH", "R. 441-15"),
    )],
    lacunes: &[AVANT_2008],
};

/// Sous l'option `dalo=6_mois`. Après 2013, il faut un arrêté, ou être outre-mer (doute n° 10).
static INSTRUCTION_LONGUE: Parametre<Delai> = Parametre {
    nom: "dalo_instruction",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_DE_2008,
            date(2013, 12, 31),
            Delai::Mois(6),
            Source::rapportee("CCH", "R. 441-15 (agglomération de plus de 300 000 habitants)"),
        ),
        Version::depuis(
            date(2014, 1, 1),
            Delai::Mois(6),
            Source::incertaine("CCH", "R. 441-15 (arrêté préfectoral ou outre-mer)"),
        ),
    ],
    lacunes: &[AVANT_2008],
};

static HEBERGEMENT: Parametre<Delai> = Parametre {
    nom: "daho_instruction",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2008,
        Delai::Semaines(6),
        Source::rapportee("CCH, droit à l'hébergement opposable", ""),
    )],
    lacunes: &[AVANT_2008],
};

static RELOGEMENT: Parametre<Delai> = Parametre {
    nom: "dalo_relogement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2008,
        Delai::Mois(3),
        Source::rapportee("CCH", "R. 441-16-1"),
    )],
    lacunes: &[AVANT_2008],
};

/// Sous l'option `dalo=6_mois`.
static RELOGEMENT_LONG: Parametre<Delai> = Parametre {
    nom: "dalo_relogement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2008,
        Delai::Mois(6),
        Source::incertaine("CCH", "R. 441-16-1 (certains départements)"),
    )],
    lacunes: &[AVANT_2008],
};

static INJONCTION: Parametre<Delai> = Parametre {
    nom: "dalo_recours_injonction",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Mois(4), Source::lue("CJA", "R. 778-2"))],
    lacunes: &[],
};

static CRITERE: Parametre<Enonce> = Parametre {
    nom: "dalo_critere_expulsion",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui(
            "une décision de justice qui ordonne l'expulsion suffit, sans attendre le concours de la force publique",
        ),
        Source::rapportee("CCH", "R. 441-14-1"),
    )],
    lacunes: &[],
};

static SAISINE_DU_JUGE: Parametre<Enonce> = Parametre {
    nom: "comed_saisine_jex",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2014, 3, 27),
        Enonce::oui(
            "la commission de médiation peut demander au juge des délais pour le ménage reconnu prioritaire",
        ),
        Source::rapportee("CCH", "L. 441-2-3"),
    )],
    lacunes: &[avant(date(2014, 3, 26))],
};

const OPTIONS: &[&str] = &["dalo", "report_642"];
const INSTRUCTIONS: &[(&str, &dyn Histoire)] = &[("dalo=6_mois", &INSTRUCTION_LONGUE)];
const RELOGEMENTS: &[(&str, &dyn Histoire)] = &[("dalo=6_mois", &RELOGEMENT_LONG)];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&INSTRUCTION, instruction)
        .titre("Instruction d'un recours logement", "du dépôt du recours à la décision de la commission de médiation")
        .rattachee_a("la date du dépôt").options(OPTIONS).exemple("--depuis 2026-09-15")
        .variantes(INSTRUCTIONS),
    Regle::delai(&HEBERGEMENT, Article642::EcartePeutEtre)
        .titre("Instruction d'un recours hébergement", "du dépôt du recours à la décision de la commission de médiation")
        .rattachee_a("la date du dépôt").exemple("--depuis 2026-09-15"),
    Regle::propre(&RELOGEMENT, relogement)
        .titre("Offre de logement due par le préfet", "de la décision favorable à l'offre")
        .rattachee_a("la date de la décision").options(OPTIONS).exemple("--depuis 2026-09-15")
        .variantes(RELOGEMENTS),
    Regle::delai(&INJONCTION, Article642::EcartePeutEtre)
        .titre("Recours en injonction", "de la fin du délai d'offre à la fin du délai pour saisir le tribunal administratif")
        .rattachee_a("la fin du délai d'offre"),
    Regle::enonce(&CRITERE).titre("Critère de l'expulsion", "à partir de quand la menace d'expulsion ouvre un recours"),
    Regle::enonce(&SAISINE_DU_JUGE).titre("Saisine du juge par la commission de médiation", "la commission de médiation peut-elle demander des délais"),
];

fn instruction(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    appliquer(demande, &INSTRUCTION, &INSTRUCTION_LONGUE)
}

fn relogement(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    appliquer(demande, &RELOGEMENT, &RELOGEMENT_LONG)
}

fn appliquer(
    demande: &Demande<'_>,
    court: &'static Parametre<Delai>,
    long: &'static Parametre<Delai>,
) -> Result<Resultat, Refus> {
    let depuis = demande.depuis()?;
    let lecture = demande.lecture("dalo");
    let parametre = if lecture == "6_mois" { long } else { court };
    Ok(selon_la_version(demande, parametre, depuis, |resultat, version| {
        let resultat = resultat
            .option("dalo", lecture)
            .motif(format!("délai du département : {}", version.valeur), &version.source);
        resultat::courir(resultat, demande, (depuis, version.valeur), Article642::EcartePeutEtre)
    }))
}
