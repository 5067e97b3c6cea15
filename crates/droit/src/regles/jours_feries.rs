//! Les fêtes légales, territoire par territoire.

use jiff::civil::{Date, date};

use crate::calendrier::{Calendrier, Territoire, lendemain, paques};
use crate::catalogue::{Enonce, Regle};
use crate::delai::veille;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Parametre, Version};
use crate::reponse::Reponse;
use crate::resultat::{Resultat, dire, selon_la_version};
use crate::source::Source;

static NATIONAUX: Parametre<Enonce> = Parametre {
    nom: "jours_feries",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("onze fêtes légales").avec(&[
            "1er janvier",
            "lundi de Pâques",
            "1er mai",
            "8 mai",
            "Ascension",
            "lundi de Pentecôte",
            "14 juillet",
            "15 août",
            "1er novembre",
            "11 novembre",
            "25 décembre",
        ]),
        Source::lue("C. trav.", "L. 3133-1"),
    )],
    lacunes: &[],
};

static ALSACE_MOSELLE: Parametre<Enonce> = Parametre {
    nom: "jours_feries_alsace_moselle",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("en plus, dans la Moselle, le Bas-Rhin et le Haut-Rhin").avec(&[
            "26 décembre",
            "vendredi saint, dans les communes qui ont un temple protestant ou une église mixte",
        ]),
        Source::lue("C. trav.", "L. 3134-13"),
    )],
    lacunes: &[],
};

static OUTRE_MER: Parametre<Enonce> = Parametre {
    nom: "jours_feries_outremer",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DEBUT_NON_DATE,
            date(2017, 12, 31),
            ABOLITIONS,
            Source::a_verifier("C. trav.", "L. 3422-2"),
        ),
        Version::depuis(date(2018, 1, 1), ABOLITIONS, Source::lue("C. trav.", "L. 3422-2")),
    ],
    lacunes: &[],
};

const ABOLITIONS: Enonce = Enonce::oui("en plus, le jour de l'abolition de l'esclavage").avec(&[
    "27 avril à Mayotte",
    "22 mai en Martinique",
    "27 mai en Guadeloupe",
    "à Saint-Martin, 27 mai selon l'article, 28 mai selon l'usage",
    "10 juin en Guyane",
    "9 octobre à Saint-Barthélemy",
    "20 décembre à La Réunion",
]);

static PAQUES: Parametre<Enonce> = Parametre {
    nom: "paques",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("dimanche qui suit la pleine lune ecclésiastique de printemps, calculé"),
        Source::lue("comput grégorien", ""),
    )],
    lacunes: &[],
};

const FAITS: &[&str] = &["jour"];
const OPTIONS: &[&str] = &["saint_martin", "vendredi_saint"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&NATIONAUX, nationaux)
        .titre("Jours fériés", "ce jour est-il férié dans la commune")
        .rattachee_a("le jour examiné").faits(FAITS).options(OPTIONS)
        .exemple("--fait jour=2026-05-25 --commune 62041"),
    Regle::propre(&ALSACE_MOSELLE, alsace_moselle)
        .titre("Jours fériés d'Alsace et de Moselle", "ce jour est-il férié dans la commune")
        .rattachee_a("le jour examiné").faits(FAITS).options(&["vendredi_saint"])
        .exemple("--fait jour=2026-12-26 --commune 67482"),
    Regle::propre(&OUTRE_MER, outre_mer)
        .titre("Jours fériés d'outre-mer", "ce jour est-il férié dans la commune")
        .rattachee_a("le jour examiné").faits(FAITS).options(&["saint_martin"])
        .exemple("--fait jour=2026-05-22 --commune 97209"),
    Regle::propre(&PAQUES, dimanche_de_paques)
        .titre("Pâques", "le dimanche de Pâques de l'année du jour examiné, et les fêtes qui en dépendent")
        .rattachee_a("le jour examiné").faits(FAITS)
        .exemple("--fait jour=2027-01-01"),
];

fn nationaux(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    Ok(examiner(demande, &NATIONAUX, demande.territoire()))
}

fn alsace_moselle(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let temple = match demande.lecture("vendredi_saint") {
        "oui" => Reponse::Oui,
        "non" => Reponse::Non,
        _ => Reponse::Inconnue,
    };
    Ok(examiner(demande, &ALSACE_MOSELLE, Territoire::AlsaceMoselle { temple }))
}

fn outre_mer(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    Ok(examiner(demande, &OUTRE_MER, demande.territoire()))
}

fn examiner(
    demande: &Demande<'_>,
    regle: &'static Parametre<Enonce>,
    territoire: Territoire,
) -> Resultat {
    let jour = demande.jour();
    selon_la_version(demande, regle, jour, |resultat, version| {
        let (reponse, constat) = match (territoire.ferie(jour), territoire.ferie_incertain(jour)) {
            (Some(fete), _) => (Reponse::Oui, format!("{} : {fete}", dire(jour))),
            (None, Some(fete)) => (
                Reponse::Inconnue,
                format!(
                    "{} : {fete}, férié seulement si la commune a un temple protestant ou une église mixte",
                    dire(jour)
                ),
            ),
            (None, None) => (Reponse::Non, format!("{} : pas une fête légale", dire(jour))),
        };
        let resultat = resultat
            .conclut(reponse)
            .motif(constat, &version.source)
            .motif(version.valeur.to_string(), &version.source);
        avec_lectures(resultat, demande, territoire)
    })
}

/// Ajoute les lectures qui décident des fêtes de ce territoire.
fn avec_lectures(resultat: Resultat, demande: &Demande<'_>, territoire: Territoire) -> Resultat {
    match territoire {
        Territoire::AlsaceMoselle { .. } => {
            resultat.option("vendredi_saint", demande.lecture("vendredi_saint"))
        }
        Territoire::SaintMartin { .. } => {
            resultat.option("saint_martin", demande.lecture("saint_martin"))
        }
        Territoire::Metropole
        | Territoire::Guadeloupe
        | Territoire::Martinique
        | Territoire::Guyane
        | Territoire::Reunion
        | Territoire::Mayotte
        | Territoire::SaintBarthelemy
        | Territoire::SaintPierreEtMiquelon
        | Territoire::Polynesie
        | Territoire::WallisEtFutuna
        | Territoire::NouvelleCaledonie
        | Territoire::TerresAustrales => resultat,
    }
}

fn dimanche_de_paques(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let jour = demande.jour();
    let dimanche = paques(jour.year());
    Ok(selon_la_version(demande, &PAQUES, jour, |resultat, version| {
        fetes_mobiles(dimanche).into_iter().fold(
            resultat.date_fixe(dimanche),
            |resultat, (fete, jour)| {
                resultat.motif(format!("{fete} : {}", Jour(jour)), &version.source)
            },
        )
    }))
}

fn fetes_mobiles(dimanche: Date) -> [(&'static str, Date); 5] {
    let dans = |jours: u16| (0..jours).fold(dimanche, |jour, _| lendemain(jour));
    [
        ("vendredi saint", veille(veille(dimanche))),
        ("Pâques", dimanche),
        ("lundi de Pâques", dans(1)),
        ("Ascension", dans(39)),
        ("lundi de Pentecôte", dans(50)),
    ]
}
