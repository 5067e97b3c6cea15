//! La responsabilité de l'État quand le concours de la force publique est refusé.

use jiff::Unit;
use jiff::civil::{Date, date};

use crate::calendrier::{Territoire, lendemain};
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::resultat::{self, Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::computation::avant;
use super::force_publique::refus_implicite;
use super::treve::fin_de_la_treve;

const DECRET_DE_2025: Date = date(2025, 11, 7);
const VEILLE_DU_DECRET: Date = date(2025, 11, 6);
const DECRET: &str = "décret n° 2025-1052, CPCE";

/// Ce qui a refusé le concours, et quand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusDuConcours {
    /// Par écrit, ce jour-là.
    Expres(Date),
    /// Par deux mois de silence depuis une demande de ce jour-là.
    Silence {
        /// La demande de concours.
        demande_le: Date,
    },
}

/// Quand le refus est né, et quand la responsabilité commence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Debut {
    /// Jour où le refus est né.
    pub refus_le: Date,
    /// Jour du début de la responsabilité.
    pub debut_le: Date,
    /// Premier jour indemnisé.
    pub premier_jour: Date,
}

static DEBUT: Parametre<Enonce> = Parametre {
    nom: "responsabilite_etat_debut",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DEBUT_NON_DATE,
            VEILLE_DU_DECRET,
            AU_REFUS,
            Source::a_verifier("jurisprudence administrative", ""),
        ),
        Version::depuis(DECRET_DE_2025, AU_REFUS, Source::rapportee(DECRET, "R. 154-1")),
    ],
    lacunes: &[],
};

const AU_REFUS: Enonce = Enonce::oui("le jour du refus exprès, ou la fin des deux mois de silence");

static DEBUT_APRES_SURSIS: Parametre<Enonce> = Parametre {
    nom: "responsabilite_etat_debut_sursis",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DEBUT_NON_DATE,
            VEILLE_DU_DECRET,
            APRES_LE_SURSIS,
            Source::a_verifier("jurisprudence administrative", ""),
        ),
        Version::depuis(DECRET_DE_2025, APRES_LE_SURSIS, Source::rapportee(DECRET, "R. 154-5")),
    ],
    lacunes: &[],
};

const APRES_LE_SURSIS: Enonce =
    Enonce::oui("refus né pendant la trêve ou un délai du juge : à la fin de ce sursis");

/// Par date de naissance du refus.
static DEBUT_EN_2021: Parametre<Enonce> = Parametre {
    nom: "responsabilite_etat_debut_2021",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2020, 11, 1),
            date(2021, 3, 31),
            Enonce::oui("à compter du 1er avril 2021, malgré la trêve prolongée"),
            Source::rapportee("ordonnance n° 2021-141", ""),
        ),
        Version::entre(
            date(2021, 4, 1),
            date(2021, 5, 31),
            Enonce::oui("à compter du refus, malgré la trêve prolongée"),
            Source::rapportee("ordonnance n° 2021-141", ""),
        ),
    ],
    lacunes: &[
        Lacune::jusqu_au(date(2020, 10, 31), "cette dérogation ne vise que l'hiver 2020-2021"),
        Lacune::depuis(date(2021, 6, 1), "cette dérogation ne vise que l'hiver 2020-2021"),
    ],
};

/// Quand commence la responsabilité de l'État.
///
/// La version est celle du jour où le refus est né. `fin_du_sursis` est le dernier jour des délais
/// que le juge a accordés, s'il y en a ; la trêve est connue d'ici.
///
/// # Erreurs
///
/// [`SansVersion`] pour une demande antérieure à la codification du 1er juin 2012.
///
/// ```
/// use droit::regles::responsabilite::{RefusDuConcours, debut};
/// use jiff::civil::date;
///
/// let silence = RefusDuConcours::Silence { demande_le: date(2025, 12, 30) };
/// let debut = debut(silence, None).unwrap().valeur;
/// assert_eq!(debut.refus_le, date(2026, 2, 28)); // en pleine trêve
/// assert_eq!(debut.debut_le, date(2026, 4, 1));
/// ```
pub fn debut(
    refus: RefusDuConcours,
    fin_du_sursis: Option<Date>,
) -> Result<Conclusion<Debut>, SansVersion> {
    let (refus_le, premier_jour, mut motifs) = match refus {
        RefusDuConcours::Expres(le) => (le, le, vec![]),
        RefusDuConcours::Silence { demande_le } => {
            let implicite = refus_implicite(demande_le)?;
            let ne_le = implicite.valeur.retenue;
            (ne_le, lendemain(ne_le), implicite.motifs)
        }
    };
    let principe = DEBUT.en_vigueur(refus_le)?;
    motifs.push(Motif::new(format!("refus né le {}", Jour(refus_le)), principe.source.clone()));
    let sans_sursis = Debut { refus_le, debut_le: refus_le, premier_jour };
    let valeur = if let Ok(derogation) = DEBUT_EN_2021.en_vigueur(refus_le) {
        motifs.push(Motif::new(derogation.valeur.to_string(), derogation.source.clone()));
        let seuil = date(2021, 4, 1);
        if refus_le < seuil {
            Debut { refus_le, debut_le: seuil, premier_jour: seuil }
        } else {
            sans_sursis
        }
    } else {
        let fin_de_treve = fin_de_la_treve(refus_le)?;
        let du_juge = fin_du_sursis.filter(|fin| *fin >= refus_le);
        match fin_de_treve.max(du_juge) {
            None => sans_sursis,
            Some(fin) => {
                motifs.push(fin_de_sursis(refus_le, fin)?);
                let reprise = lendemain(fin);
                Debut { refus_le, debut_le: reprise, premier_jour: reprise }
            }
        }
    };
    motifs.push(Motif::new(
        format!("responsabilité de l'État à compter du {}", Jour(valeur.debut_le)),
        principe.source.clone(),
    ));
    Ok(Conclusion { valeur, motifs })
}

fn fin_de_sursis(refus_le: Date, fin: Date) -> Result<Motif, SansVersion> {
    let source = DEBUT_APRES_SURSIS.en_vigueur(refus_le)?.source.clone();
    Ok(Motif::new(
        format!("trêve ou délai du juge jusqu'au {} : rien avant le lendemain", Jour(fin)),
        source,
    ))
}

static FIN: Parametre<Delai> = Parametre {
    nom: "responsabilite_etat_fin",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Delai::Jours(15),
        Source::rapportee(DECRET, "R. 154-1 s."),
    )],
    lacunes: &[Lacune::jusqu_au(
        VEILLE_DU_DECRET,
        "avant le décret du 3 novembre 2025, la jurisprudence décidait au cas par cas",
    )],
};

/// Ce qui peut mettre fin à la responsabilité.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Accord du concours, après le refus.
    pub accorde_le: Date,
    /// Exécution effective, si elle a eu lieu.
    pub execute_le: Option<Date>,
    /// Départ, vente, décès ou renonciation, si l'un a eu lieu.
    pub parti_le: Option<Date>,
}

/// Quand finit la responsabilité de l'État ; rien si elle court encore ce jour-là.
///
/// À l'accord du concours, ou à son exécution quand elle vient **plus** de quinze jours après.
/// Ne traite pas le retard dû au bailleur, qui ramène à l'accord.
///
/// # Erreurs
///
/// [`SansVersion`] pour un accord antérieur au décret du 3 novembre 2025.
pub fn fin(issue: &Issue, jour: Date) -> Result<Conclusion<Option<Date>>, SansVersion> {
    let version = FIN.en_vigueur(issue.accorde_le)?;
    let limite = version.valeur.terme(issue.accorde_le, &Territoire::Metropole);
    let ecoules = |le: Date| {
        issue.accorde_le.until((Unit::Day, le)).map_or(0, |duree| i64::from(duree.get_days()))
    };
    let (par_execution, constat) = match issue.execute_le {
        Some(le) if le > limite => (
            Some(le),
            format!(
                "exécuté {} jours après l'accord, plus de quinze : fin à l'exécution",
                ecoules(le)
            ),
        ),
        Some(le) => (
            Some(issue.accorde_le),
            format!(
                "exécuté {} jours après l'accord, pas plus de quinze : fin à l'accord",
                ecoules(le)
            ),
        ),
        None if jour <= limite => (
            Some(issue.accorde_le),
            format!(
                "pas encore exécuté : fin à l'accord, s'il l'est avant le {}",
                Jour(lendemain(limite))
            ),
        ),
        None => (None, "accordé depuis plus de quinze jours et toujours pas exécuté".to_owned()),
    };
    let mut motifs = vec![Motif::new(constat, version.source.clone())];
    let valeur = match (par_execution, issue.parti_le) {
        (Some(execution), Some(depart)) => Some(execution.min(depart)),
        (execution, depart) => execution.or(depart),
    };
    if let Some(depart) = issue.parti_le.filter(|depart| Some(*depart) == valeur) {
        motifs.push(Motif::new(
            format!("départ, vente ou renonciation le {}", Jour(depart)),
            version.source.clone(),
        ));
    }
    Ok(Conclusion { valeur, motifs })
}

static PROTOCOLE: Parametre<Enonce> = Parametre {
    nom: "responsabilite_etat_pcs",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Enonce::oui(
            "suspendue pendant le protocole de cohésion sociale ; s'il est dénoncé, il faut une nouvelle demande de concours",
        ),
        Source::rapportee(DECRET, "R. 154-1 s."),
    )],
    lacunes: &[avant(VEILLE_DU_DECRET)],
};

static DEMANDE: Parametre<Enonce> = Parametre {
    nom: "indemnisation_demande",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Enonce::oui(
            "au préfet qui a refusé, par tout moyen qui donne date certaine, avec les justificatifs ; accusé de réception (CRPA, art. R. 112-5)",
        ),
        Source::rapportee(DECRET, "R. 154-2"),
    )],
    lacunes: &[avant(VEILLE_DU_DECRET)],
};

static SILENCE: Parametre<Delai> = Parametre {
    nom: "indemnisation_silence",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Delai::Mois(2),
        Source::rapportee("CRPA, art. L. 231-4, 3° ; CJA", "R. 421-1, R. 421-2"),
    )],
    lacunes: &[avant(VEILLE_DU_DECRET)],
};

static TRANSACTION: Parametre<Enonce> = Parametre {
    nom: "indemnisation_transaction",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Enonce::oui("transaction ; l'État est subrogé dans les droits du bailleur"),
        Source::rapportee(DECRET, "R. 154-1 s."),
    )],
    lacunes: &[avant(VEILLE_DU_DECRET)],
};

const FAITS_DU_DEBUT: &[&str] = &["date_refus", "fin_sursis"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&DEBUT, appliquer_debut)
        .titre("Début de la responsabilité de l'État", "depuis la demande de concours, ou le refus exprès")
        .rattachee_a("la date du refus").faits(FAITS_DU_DEBUT)
        .exemple("--depuis 2026-07-31"),
    Regle::propre(&DEBUT_APRES_SURSIS, appliquer_debut)
        .titre("Début de la responsabilité après un sursis", "refus né pendant la trêve ou un délai du juge")
        .rattachee_a("la date du refus").faits(FAITS_DU_DEBUT)
        .exemple("--depuis 2025-12-30"),
    Regle::propre(&DEBUT_EN_2021, debut_en_2021)
        .titre("Début de la responsabilité, hiver 2020-2021", "refus né pendant la trêve prolongée")
        .rattachee_a("la date du refus").faits(&["date_refus"])
        .exemple("--fait date_refus=2021-02-15"),
    Regle::propre(&FIN, appliquer_fin)
        .titre("Fin de la responsabilité de l'État", "à l'accord du concours, ou à son exécution plus de quinze jours après")
        .rattachee_a("la date de l'accord").faits(&["date_accord", "date_execution", "date_depart", "jour"])
        .exemple("--fait date_refus=2026-06-10 --fait date_accord=2026-07-01 --fait date_execution=2026-07-10"),
    Regle::enonce(&PROTOCOLE)
        .titre("Responsabilité et protocole de cohésion sociale", "effet du protocole sur la responsabilité"),
    Regle::enonce(&DEMANDE)
        .titre("Demande d'indemnisation", "à qui et comment demander"),
    Regle::propre(&SILENCE, silence)
        .titre("Silence sur la demande d'indemnisation", "le silence vaut rejet ; puis deux mois pour saisir le tribunal administratif")
        .rattachee_a("la date de la demande d'indemnisation").options(&["report_642"])
        .exemple("--depuis 2026-03-02"),
    Regle::enonce(&TRANSACTION)
        .titre("Transaction", "comment l'indemnisation se conclut"),
];

fn appliquer_debut(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let expres = demande.date("date_refus");
    let silence = demande.entree.depuis;
    let refus = match (expres, silence) {
        (Some(expres), Some(demande_le))
            if refus_implicite(demande_le).is_ok_and(|fin| fin.valeur.retenue < expres) =>
        {
            RefusDuConcours::Silence { demande_le }
        }
        (Some(expres), _) => RefusDuConcours::Expres(expres),
        (None, _) => RefusDuConcours::Silence { demande_le: demande.depuis()? },
    };
    let debut = match debut(refus, demande.date("fin_sursis")) {
        Ok(debut) => debut,
        Err(sans_version) => return Ok(Resultat::inconnu(demande, &sans_version)),
    };
    let sursis = debut.valeur.debut_le != debut.valeur.refus_le;
    let regle = if sursis { &DEBUT_APRES_SURSIS } else { &DEBUT };
    Ok(selon_la_version(demande, regle, debut.valeur.refus_le, |resultat, _| Resultat {
        brute: Some(debut.valeur.refus_le),
        retenue: Some(debut.valeur.debut_le),
        premier_jour_possible: Some(debut.valeur.premier_jour),
        ..resultat.motifs(&debut.motifs)
    }))
}

fn debut_en_2021(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let refus_le = match demande.date("date_refus") {
        Some(refus_le) => refus_le,
        None => demande.depuis()?,
    };
    Ok(selon_la_version(demande, &DEBUT_EN_2021, refus_le, |resultat, _| {
        match debut(RefusDuConcours::Expres(refus_le), None) {
            Ok(debut) => Resultat {
                brute: Some(refus_le),
                retenue: Some(debut.valeur.debut_le),
                premier_jour_possible: Some(debut.valeur.premier_jour),
                ..resultat.motifs(&debut.motifs)
            },
            Err(sans_version) => Resultat::inconnu(demande, &sans_version),
        }
    }))
}

fn appliquer_fin(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let accorde_le = match (demande.date("date_accord"), demande.date("date_depart")) {
        (Some(accorde_le), _) => accorde_le,
        (None, Some(depart)) => depart,
        (None, None) => demande.date_exigee("date_accord")?,
    };
    let issue = Issue {
        accorde_le,
        execute_le: demande.date("date_execution"),
        parti_le: demande.date("date_depart"),
    };
    let jour = demande.date("jour").unwrap_or(demande.entree.aujourd_hui);
    Ok(selon_la_version(demande, &FIN, accorde_le, |resultat, _| match fin(&issue, jour) {
        Err(sans_version) => Resultat::inconnu(demande, &sans_version),
        Ok(fin) => {
            let resultat = resultat.motifs(&fin.motifs).conclut(fin.valeur.is_some());
            match fin.valeur {
                Some(le) => resultat.date_fixe(le),
                None => resultat,
            }
        }
    }))
}

fn silence(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let demande_le = demande.depuis()?;
    Ok(selon_la_version(demande, &SILENCE, demande_le, |resultat, version| {
        let resultat = resultat.motif(
            format!("{} de silence sur la demande d'indemnisation valent rejet", version.valeur),
            &version.source,
        );
        let fin = (demande_le, version.valeur);
        let resultat = resultat::courir(resultat, demande, fin, Article642::EcartePeutEtre);
        let recours =
            resultat.retenue.map(|rejet| version.valeur.terme(rejet, &Territoire::Metropole));
        let resultat = match recours {
            Some(recours) => resultat.motif(
                format!(
                    "tribunal administratif saisi le {} au plus tard, délai compté sans franchise",
                    Jour(recours)
                ),
                &Source::a_verifier("CJA", "R. 421-1, R. 421-2"),
            ),
            None => resultat,
        };
        Resultat { dernier_jour_utile: recours, ..resultat }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_refus_de_l_hiver_2021_engage_l_etat_malgre_la_treve_prolongee() {
        #[rustfmt::skip]
        let cas = [
            // refus exprès         début
            (date(2021, 2, 15),     date(2021, 4, 1)),
            (date(2021, 4, 20),     date(2021, 4, 20)),
            (date(2021, 6, 2),      date(2021, 6, 2)),
            (date(2022, 2, 15),     date(2022, 4, 1)),
        ];
        for (refus_le, debut_le) in cas {
            let debut = debut(RefusDuConcours::Expres(refus_le), None).unwrap().valeur;
            assert_eq!(debut.debut_le, debut_le, "refus du {refus_le}");
        }
    }

    #[test]
    fn un_delai_du_juge_repousse_la_responsabilite() {
        let refus = RefusDuConcours::Expres(date(2026, 6, 10));
        let debut = debut(refus, Some(date(2026, 9, 30))).unwrap().valeur;
        assert_eq!(debut.debut_le, date(2026, 10, 1));
    }

    #[test]
    fn l_execution_tardive_prolonge_la_responsabilite() {
        let accorde_le = date(2026, 7, 1);
        #[rustfmt::skip]
        let cas = [
            // exécution                 départ                       jour               fin
            (Some(date(2026, 7, 16)),    None,                        date(2026, 8, 1),  Some(accorde_le)),
            (Some(date(2026, 7, 17)),    None,                        date(2026, 8, 1),  Some(date(2026, 7, 17))),
            (None,                       None,                        date(2026, 7, 16), Some(accorde_le)),
            (None,                       None,                        date(2026, 7, 17), None),
            (None,                       Some(date(2026, 7, 20)),     date(2026, 8, 1),  Some(date(2026, 7, 20))),
            (Some(date(2026, 7, 30)),    Some(date(2026, 7, 20)),     date(2026, 8, 1),  Some(date(2026, 7, 20))),
        ];
        for (execute_le, parti_le, jour, attendue) in cas {
            let issue = Issue { accorde_le, execute_le, parti_le };
            assert_eq!(fin(&issue, jour).unwrap().valeur, attendue, "{issue:?}");
        }
    }
}
