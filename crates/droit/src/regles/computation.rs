//! Compter un délai : les règles communes à tous les actes.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::delai::{Delai, Echeance, Rebours};
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, Version};
use crate::resultat::{self, Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::NON_REMONTE;

const CODE_DE_1976: Date = date(1976, 1, 1);
const AVANT_LE_CODE: Lacune =
    Lacune::jusqu_au(date(1975, 12, 31), "le code de procédure civile n'était pas en vigueur");

macro_rules! computation {
    ($nom:literal, $texte:literal, $article:literal) => {
        Parametre {
            nom: $nom,
            verifie_le: ETUDE_DU,
            versions: &[Version::depuis(
                CODE_DE_1976,
                Enonce::oui($texte),
                Source::lue("CPC", $article),
            )],
            lacunes: &[AVANT_LE_CODE],
        }
    };
}

static JOURS: Parametre<Enonce> = computation!(
    "calcul_delai_jours",
    "le jour de l'acte ne compte pas ; le dernier jour finit à 24 heures",
    "640, 641 al. 1, 642 al. 1"
);
static MOIS: Parametre<Enonce> = computation!(
    "calcul_delai_mois",
    "même quantième du dernier mois ; à défaut, dernier jour de ce mois",
    "641 al. 2"
);
static MIXTE: Parametre<Enonce> =
    computation!("calcul_delai_mixte", "les mois d'abord, puis les jours", "641 al. 3");
static PROROGATION: Parametre<Enonce> = computation!(
    "prorogation_jour_ouvrable",
    "un délai qui finit un samedi, un dimanche ou un jour férié ou chômé finit le premier jour ouvrable qui suit",
    "642 al. 2"
);

static SEMAINES: Parametre<Enonce> = Parametre {
    nom: "calcul_delai_semaines",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2023, 7, 29),
        Enonce::oui("une semaine vaut sept jours : six semaines, quarante-deux jours"),
        Source::rapportee("Cass. 3e civ., avis n° 25-70.018", ""),
    )],
    lacunes: &[Lacune::jusqu_au(date(2023, 7, 28), "aucun délai en semaines avant la loi de 2023")],
};

static A_REBOURS: Parametre<Enonce> = Parametre {
    nom: "delai_a_rebours",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui(
            "l'audience ne compte pas ; le premier jour est sa veille ; le délai finit à 0 heure de son dernier jour, sans report",
        ),
        Source::rapportee("Cass. 3e civ., avis n° 25-70.018", ""),
    )],
    lacunes: &[],
};

static A_REBOURS_EN_MOIS: Parametre<Enonce> = Parametre {
    nom: "delai_a_rebours_mois",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DEBUT_NON_DATE,
        date(2023, 7, 28),
        Enonce::oui("même quantième en remontant ; le dernier jour utile en est la veille"),
        Source::a_verifier("Cass. 3e civ., avis n° 25-70.018, par analogie", ""),
    )],
    lacunes: &[Lacune::depuis(
        date(2023, 7, 29),
        "depuis la loi de 2023 le délai est en semaines : voir delai_a_rebours",
    )],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&JOURS, en_jours)
        .titre("Délai en jours", "tout délai compté en jours à partir d'un acte")
        .faits(&["jours"]).options(&["report_642"])
        .exemple("--depuis 2026-03-02 --fait jours=10"),
    Regle::propre(&MOIS, en_mois)
        .titre("Délai en mois", "tout délai compté en mois à partir d'un acte")
        .faits(&["mois"]).options(&["report_642"])
        .exemple("--depuis 2026-01-31 --fait mois=1"),
    Regle::propre(&MIXTE, mixte)
        .titre("Délai en mois et en jours", "tout délai compté en mois et en jours à partir d'un acte")
        .faits(&["mois", "jours"]).options(&["report_642"])
        .exemple("--depuis 2026-01-31 --fait mois=1 --fait jours=15"),
    Regle::propre(&SEMAINES, en_semaines)
        .titre("Délai en semaines", "tout délai compté en semaines à partir d'un acte ; six sans autre indication")
        .faits(&["semaines"]).options(&["report_642"])
        .exemple("--depuis 2024-11-19 --fait semaines=6"),
    Regle::propre(&PROROGATION, prorogation)
        .titre("Report au jour ouvrable", "un délai qui finit un jour non ouvrable")
        .options(&["report_642", "saint_martin", "vendredi_saint"])
        .exemple("--depuis 2026-05-01 --commune 62041"),
    Regle::propre(&A_REBOURS, a_rebours)
        .titre("Délai à rebours", "un acte à faire tant de jours avant l'audience ; six semaines sans autre indication")
        .rattachee_a("le jour de l'audience")
        .faits(&["jours", "semaines"])
        .exemple("--audience 2026-12-15 --fait semaines=6"),
    Regle::propre(&A_REBOURS_EN_MOIS, a_rebours_en_mois)
        .titre("Délai à rebours en mois", "un acte à faire tant de mois avant l'audience ; deux mois sans autre indication")
        .rattachee_a("la date de l'assignation, à défaut le jour de l'audience")
        .faits(&["mois", "date_assignation"])
        .exemple("--audience 2023-04-30 --fait mois=2"),
];

fn en_jours(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    compter(demande, &JOURS, Delai::Jours(demande.nombre_exige("jours")?))
}

fn en_mois(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    compter(demande, &MOIS, Delai::Mois(demande.nombre_exige("mois")?))
}

fn mixte(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let (mois, jours) = (demande.nombre_exige("mois")?, demande.nombre_exige("jours")?);
    compter(demande, &MIXTE, Delai::Mixte { mois, jours })
}

fn en_semaines(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    compter(demande, &SEMAINES, Delai::Semaines(demande.nombre("semaines").unwrap_or(6)))
}

fn compter(
    demande: &Demande<'_>,
    regle: &'static Parametre<Enonce>,
    delai: Delai,
) -> Result<Resultat, Refus> {
    let depuis = demande.depuis()?;
    Ok(selon_la_version(demande, regle, depuis, |resultat, version| {
        let enonce = resultat.motif(version.valeur.to_string(), &version.source);
        resultat::courir(enonce, demande, (depuis, delai), Article642::Joue)
    }))
}

fn prorogation(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let fin = demande.depuis()?;
    let report = demande.report(Article642::Joue.report());
    let echeance = Echeance::nouvelle(fin, report, &demande.territoire());
    Ok(selon_la_version(demande, &PROROGATION, fin, |resultat, version| {
        let enonce =
            resultat.motif(version.valeur.to_string(), &version.source).echeance(&echeance);
        resultat::reporter(enonce, demande, &echeance, Article642::Joue)
    }))
}

fn a_rebours(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let audience = demande.audience()?;
    let delai = match demande.nombre("jours") {
        Some(jours) => Delai::Jours(jours),
        None => Delai::Semaines(demande.nombre("semaines").unwrap_or(6)),
    };
    Ok(selon_la_version(demande, &A_REBOURS, audience, |resultat, version| {
        let enonce = resultat.motif(version.valeur.to_string(), &version.source);
        remonter(enonce, demande, (audience, delai, Rebours::Strict), &version.source)
    }))
}

fn a_rebours_en_mois(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let audience = demande.audience()?;
    let delai = Delai::Mois(demande.nombre("mois").unwrap_or(2));
    let jour = demande.date("date_assignation").unwrap_or(audience);
    Ok(selon_la_version(demande, &A_REBOURS_EN_MOIS, jour, |resultat, version| {
        let enonce = resultat.motif(version.valeur.to_string(), &version.source);
        remonter(enonce, demande, (audience, delai, Rebours::Strict), &version.source)
    }))
}

/// Applique un délai à rebours ; dit si l'acte déclencheur, quand on le donne, est à temps.
pub(super) fn remonter(
    resultat: Resultat,
    demande: &Demande<'_>,
    (audience, delai, rebours): (Date, Delai, Rebours),
    source: &Source,
) -> Resultat {
    let limite = delai.dernier_jour_utile(audience, rebours, &demande.territoire());
    let resultat = resultat.motif(
        format!(
            "{delai} à rebours depuis la veille de l'audience du {} : dernier jour utile le {}",
            Jour(audience),
            Jour(limite)
        ),
        source,
    );
    tenir_la_limite(Resultat { dernier_jour_utile: Some(limite), ..resultat }, demande, source)
}

/// Compare l'acte déclencheur, quand on le donne, au dernier jour utile.
pub(super) fn tenir_la_limite(
    resultat: Resultat,
    demande: &Demande<'_>,
    source: &Source,
) -> Resultat {
    let Some((fait_le, limite)) = demande.entree.depuis.zip(resultat.dernier_jour_utile) else {
        return resultat;
    };
    let a_temps = fait_le <= limite;
    let constat = if a_temps { "à temps" } else { "trop tard : irrecevable pour cette audience" };
    let resultat = Resultat { recevable: Some(a_temps), ..resultat };
    resultat.motif(format!("fait le {}, {constat}", Jour(fait_le)), source)
}

/// Ce que l'étude ne dit pas de la période d'avant.
pub(super) const fn avant(au: Date) -> Lacune {
    Lacune::jusqu_au(au, NON_REMONTE)
}
