//! Le commandement de quitter les lieux : son délai, et sa notification au préfet.

use jiff::civil::{Date, date};
use jiff::{ToSpan, Unit};

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Echeance, Report};
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::resultat::{Article642, Resultat, reporter};
use crate::source::{Certitude, Source};

use super::computation::avant;
use super::duree::{self, Fourchette};
use super::treve::{motifs_du_recul, premier_jour_d_expulsion};

/// Question ouverte : que fait au délai une notification tardive au préfet ? (Doute n° 8.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NonNotifie {
    /// Le délai est suspendu : les jours de retard s'ajoutent à sa fin. Lecture par défaut.
    Suspend,
    /// Le délai ne court que du jour de la notification.
    Recommence,
}

const CODE_DE_2012: Date = date(2012, 6, 1);
const AVANT_LE_CODE: Lacune = avant(date(2012, 5, 31));

static DELAI: Parametre<Delai> = Parametre {
    nom: "delai_cql",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODE_DE_2012,
            date(2017, 1, 28),
            Delai::Mois(2),
            Source::lue("CPCE", "L. 412-1 (habitation principale)"),
        ),
        Version::depuis(
            date(2017, 1, 29),
            Delai::Mois(2),
            Source::lue("CPCE", "L. 412-1 (lieu habité)"),
        ),
    ],
    lacunes: &[AVANT_LE_CODE],
};

/// Fin du délai du commandement de quitter les lieux, et premier jour où l'on peut expulser.
///
/// La version est celle du jour du commandement. `notifie_le` est la notification au préfet ;
/// absente, elle est tenue pour faite le jour même. Le premier jour possible tient compte de la
/// trêve, des dimanches et des fêtes, mais ni des délais du juge, ni du concours de la force
/// publique. La lecture par défaut du report est [`Report::Aucun`] (doute n° 2).
///
/// # Erreurs
///
/// [`SansVersion`] avant la codification du 1er juin 2012.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::delai::Report;
/// use droit::regles::quitter_les_lieux::{NonNotifie, fin_du_delai};
/// use jiff::civil::date;
///
/// let fin = fin_du_delai(
///     date(2026, 9, 10),
///     None,
///     NonNotifie::Suspend,
///     Report::Aucun,
///     Territoire::Metropole,
/// )
/// .unwrap();
/// assert_eq!(fin.valeur.retenue, date(2026, 11, 10));
/// assert_eq!(fin.valeur.premier_jour_possible, date(2027, 4, 1)); // après la trêve
/// ```
pub fn fin_du_delai(
    signifie_le: Date,
    notifie_le: Option<Date>,
    lecture: NonNotifie,
    report: Report,
    territoire: Territoire,
) -> Result<Conclusion<Echeance>, SansVersion> {
    let version = DELAI.en_vigueur(signifie_le)?;
    let mut motifs = vec![Motif::new(
        format!(
            "commandement du {} : {} pour quitter les lieux",
            Jour(signifie_le),
            version.valeur
        ),
        version.source.clone(),
    )];
    let sans_retard = version.valeur.terme(signifie_le, &territoire);
    let brute = match notifie_le.filter(|notifie_le| *notifie_le > signifie_le) {
        None => sans_retard,
        Some(notifie_le) => {
            let (brute, motif) = retarder(version.valeur, signifie_le, notifie_le, lecture);
            motifs.push(motif);
            brute
        }
    };
    motifs.push(Motif::new(
        format!("jour de l'acte non compté : le délai finit le {}", Jour(brute)),
        Source::lue("CPC", "641 al. 2"),
    ));
    let echeance = Echeance::nouvelle(brute, report, &territoire);
    let possible = echeance.premier_jour_possible;
    let execution = premier_jour_d_expulsion(possible, territoire)?;
    motifs.extend(motifs_du_recul(possible, execution, territoire));
    Ok(Conclusion { valeur: Echeance { premier_jour_possible: execution, ..echeance }, motifs })
}

fn retarder(
    delai: Delai,
    signifie_le: Date,
    notifie_le: Date,
    lecture: NonNotifie,
) -> (Date, Motif) {
    let jours =
        signifie_le.until((Unit::Day, notifie_le)).map_or(0, |retard| i64::from(retard.get_days()));
    let (brute, effet) = match lecture {
        NonNotifie::Suspend => (
            delai.terme(signifie_le, &Territoire::Metropole).saturating_add(jours.days()),
            match jours {
                1 => "le délai est suspendu un jour, qui s'ajoute à sa fin".to_owned(),
                _ => format!("le délai est suspendu {jours} jours, qui s'ajoutent à sa fin"),
            },
        ),
        NonNotifie::Recommence => (
            delai.terme(notifie_le, &Territoire::Metropole),
            "le délai ne court que de ce jour".to_owned(),
        ),
    };
    let constat = format!("notifié au préfet le {} seulement : {effet}", Jour(notifie_le));
    (brute, Motif::new(constat, Source::incertaine("CPCE", "L. 412-5")))
}

static NOTIFICATION: Parametre<Enonce> = Parametre {
    nom: "notification_cql_prefet",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui("dès la signification ; tant qu'elle n'est pas faite, le délai est suspendu"),
        Source::lue("CPCE", "L. 412-5"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static REDUCTION: Parametre<Enonce> = Parametre {
    nom: "delai_cql_reduction",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODE_DE_2012,
            date(2018, 11, 24),
            Enonce::oui("le juge peut réduire ou supprimer le délai")
                .avec(&["entrée par voie de fait", "relogement de l'article L. 442-4-1 du CCH refusé"]),
            Source::lue("CPCE", "L. 412-1"),
        ),
        Version::entre(
            date(2018, 11, 25),
            date(2023, 7, 28),
            Enonce::oui("réduction possible, ou pas de délai").avec(&[
                "relogement de l'article L. 442-4-1 du CCH refusé : le juge peut réduire",
                "entrée par voie de fait constatée par le juge : pas de délai",
            ]),
            Source::lue("CPCE", "L. 412-1"),
        ),
        Version::depuis(
            date(2023, 7, 29),
            Enonce::oui("réduction possible, ou pas de délai").avec(&[
                "relogement refusé, ou résident temporaire (loi n° 2018-1021, art. 29) : le juge peut réduire",
                "mauvaise foi, ou entrée par manœuvres, menaces, voies de fait ou contrainte : pas de délai",
            ]),
            Source::lue("CPCE", "L. 412-1"),
        ),
    ],
    lacunes: &[AVANT_LE_CODE],
};

static DURETE: Parametre<Fourchette> = Parametre {
    nom: "prorogation_cql_durete",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Fourchette::au_plus(Delai::Mois(3)),
        Source::lue("CPCE", "L. 412-2"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static INFORMATION: Parametre<Enonce> = Parametre {
    nom: "information_ccapex_cql",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2014, 3, 27),
        Enonce::oui(
            "dès réception, le préfet informe la commission, et dit au ménage qu'il peut saisir la commission de médiation",
        ),
        Source::lue("CPCE", "L. 412-5"),
    )],
    lacunes: &[avant(date(2014, 3, 26))],
};

static CANAL: Parametre<Enonce> = Parametre {
    nom: "canal_cql",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODE_DE_2012,
            date(2015, 10, 31),
            Enonce::oui("lettre recommandée"),
            Source::lue("CPCE", "R. 412-2"),
        ),
        Version::entre(
            date(2015, 11, 1),
            date(2017, 12, 31),
            Enonce::oui("lettre recommandée ou voie électronique"),
            Source::lue("CPCE", "R. 412-2"),
        ),
        Version::depuis(
            date(2018, 1, 1),
            Enonce::oui("voie électronique, par le système d'information national (EXPLOC)"),
            Source::lue("CPCE", "L. 412-5"),
        ),
    ],
    lacunes: &[AVANT_LE_CODE],
};

static MENTIONS: Parametre<Enonce> = Parametre {
    nom: "mentions_cql",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui("à peine de nullité").avec(&[
            "titre exécutoire",
            "juridiction compétente pour demander des délais",
            "date à laquelle les lieux doivent être libérés",
            "avertissement : expulsion à compter de cette date",
            "reproduction des articles L. 412-1 à L. 412-6",
        ]),
        Source::lue("CPCE", "R. 411-1, R. 412-1"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static MEME_ACTE: Parametre<Enonce> = Parametre {
    nom: "cql_dans_signification",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui("le commandement peut être dans l'acte qui signifie le jugement"),
        Source::lue("CPCE", "R. 411-1"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static MAINTIEN: Parametre<Delai> = Parametre {
    nom: "delit_maintien",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2023, 7, 29),
        Delai::Mois(2),
        Source::lue("C. pén.", "315-2"),
    )],
    lacunes: &[Lacune::jusqu_au(date(2023, 7, 28), "ce délit n'existait pas")],
};

const EXEMPLE: &str = "--depuis 2026-09-10";
const FAITS: &[&str] = &["date_notification_prefet", "date_signalement"];
const OPTIONS: &[&str] = &["cql_non_notifie", "report_642"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&DELAI, delai_cql)
        .titre("Délai du commandement de quitter les lieux", "du commandement à la première expulsion possible, trêve comprise")
        .rattachee_a("la date du commandement").faits(FAITS).options(OPTIONS).exemple(EXEMPLE),
    Regle::enonce(&REDUCTION)
        .titre("Réduction du délai pour quitter les lieux", "quand le délai est réduit ou n'existe pas")
        .rattachee_a("la date du commandement"),
    Regle::propre(&DURETE, durete)
        .titre("Prorogation pour dureté exceptionnelle", "ce que le juge peut ajouter, depuis la fin du délai du commandement")
        .rattachee_a("la fin du délai").faits(&["mois"]).options(&["report_642"]).exemple("--depuis 2026-11-10"),
    Regle::propre(&NOTIFICATION, notification)
        .titre("Notification au préfet du commandement de quitter les lieux", "effet d'une notification tardive sur le délai")
        .rattachee_a("la date du commandement").faits(FAITS).options(OPTIONS)
        .exemple("--depuis 2026-02-10 --fait date_notification_prefet=2026-03-10"),
    Regle::enonce(&INFORMATION)
        .titre("Information de la commission", "ce que fait le préfet du commandement de quitter les lieux"),
    Regle::enonce(&CANAL)
        .titre("Forme de la notification au préfet", "par quelle voie le commandement de quitter les lieux est notifié"),
    Regle::enonce(&MENTIONS)
        .titre("Mentions du commandement de quitter les lieux", "ce que le commandement doit contenir"),
    Regle::enonce(&MEME_ACTE)
        .titre("Commandement dans la signification", "le commandement peut-il être dans l'acte qui signifie le jugement"),
    Regle::delai(&MAINTIEN, Article642::EcartePeutEtre)
        .titre("Délit de maintien dans les lieux", "7 500 € d'amende au-delà ; ni en trêve, ni pendant les délais ou la saisine du juge, ni dans un logement social ou public")
        .rattachee_a("la date du commandement").exemple(EXEMPLE),
];

fn delai_cql(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let notifie_le = demande.date("date_notification_prefet").or(demande.date("date_signalement"));
    appliquer(demande, notifie_le)
}

fn notification(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let notifie_le = match demande.date("date_signalement") {
        Some(le) => le,
        None => demande.date_exigee("date_notification_prefet")?,
    };
    appliquer(demande, Some(notifie_le))
}

fn appliquer(demande: &Demande<'_>, notifie_le: Option<Date>) -> Result<Resultat, Refus> {
    let signifie_le = demande.depuis()?;
    let (lecture, mot) = match demande.lecture("cql_non_notifie") {
        "recommence" => (NonNotifie::Recommence, "recommence"),
        _ => (NonNotifie::Suspend, "suspend"),
    };
    let article = Article642::EcartePeutEtre;
    let territoire = demande.territoire();
    let report = demande.report(article.report());
    let calcule = fin_du_delai(signifie_le, notifie_le, lecture, report, territoire)
        .and_then(|fin| Ok((fin, DELAI.en_vigueur(signifie_le)?)));
    let (fin, version) = match calcule {
        Ok(calcule) => calcule,
        Err(sans_version) => return Ok(Resultat::inconnu(demande, &sans_version)),
    };
    let resultat = Resultat::selon(demande, version).echeance(&fin.valeur).motifs(&fin.motifs);
    let resultat = if notifie_le.is_some_and(|le| le > signifie_le) {
        resultat.option("cql_non_notifie", mot).au_mieux(Certitude::Incertain)
    } else {
        resultat
    };
    Ok(reporter(resultat, demande, &fin.valeur, article))
}

fn durete(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    duree::appliquer(demande, &DURETE, Article642::EcartePeutEtre)
}
