//! Les règles du commandement de payer, telles que le catalogue les montre et les applique.

use jiff::civil::{Date, date};

use super::{Bail, BailReconduit, DELAI, LOI_DE_2023, delai, fin_du_delai, lecture_decisive};
use crate::catalogue::{Enonce, Regle};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, Version};
use crate::regles::computation::avant;
use crate::regles::signification::{jour_interdit, premier_jour_permis};
use crate::resultat::{self, Article642, Resultat, compter_le_report, dire, selon_la_version};
use crate::source::{Certitude, Source};

const DERNIER_JOUR_ANCIEN: Date = date(2023, 7, 28);

static CLAUSE_RESOLUTOIRE: Parametre<Enonce> = Parametre {
    nom: "clause_resolutoire_obligatoire",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DEBUT_NON_DATE,
            DERNIER_JOUR_ANCIEN,
            Enonce::non("la clause résolutoire est facultative : il faut lire le bail"),
            Source::rapportee("loi n° 89-462", "24, I, ancien"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Enonce::oui(
                "tout bail d'habitation contient la clause, pour le loyer, les charges et le dépôt de garantie",
            ),
            Source::rapportee("loi n° 89-462", "24, I"),
        ),
    ],
    lacunes: &[],
};

static CLAUSE_LONGUE: Parametre<Delai> = Parametre {
    nom: "delai_commandement_de_payer_clause_longue",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2023,
        Delai::Mois(2),
        Source::incertaine(
            "contrat de bail, plus favorable au locataire que la loi n° 89-462",
            "24",
        ),
    )],
    lacunes: &[Lacune::jusqu_au(
        DERNIER_JOUR_ANCIEN,
        "un bail conclu avant la loi de 2023 a deux mois de toute façon : voir delai_commandement_de_payer",
    )],
};

static ASSURANCE: Parametre<Delai> = Parametre {
    nom: "delai_commandement_assurance",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Delai::Mois(1),
        Source::a_verifier("loi n° 89-462", "7 g"),
    )],
    lacunes: &[],
};

const MENTIONS: &[&str] = &[
    "délai pour payer",
    "loyer mensuel et charges",
    "décompte de la dette",
    "avertissement : à défaut, résiliation du bail et expulsion",
    "fonds de solidarité pour le logement et son adresse",
    "faculté de saisir le juge pour demander des délais (C. civ., art. 1343-5)",
];

static MENTIONS_DU_COMMANDEMENT: Parametre<Enonce> = Parametre {
    nom: "mentions_cdp",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2018, 11, 25),
            DERNIER_JOUR_ANCIEN,
            Enonce::oui("à peine de nullité, avec un délai de deux mois").avec(MENTIONS),
            Source::rapportee("loi n° 2018-1021", "137"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Enonce::oui("à peine de nullité, avec un délai de six semaines").avec(MENTIONS),
            Source::rapportee("loi n° 89-462", "24, I, 1°"),
        ),
    ],
    lacunes: &[avant(date(2018, 11, 24))],
};

static CAUTION: Parametre<Delai> = Parametre {
    nom: "signification_caution",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Delai::Jours(15),
        Source::rapportee("loi n° 89-462", "24, I"),
    )],
    lacunes: &[],
};

static PREMIERE_ASSIGNATION: Parametre<Enonce> = Parametre {
    nom: "premiere_assignation_possible",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("le lendemain de la fin du délai, si tout n'a pas été payé"),
        Source::a_verifier("loi n° 89-462", "24, I, par déduction"),
    )],
    lacunes: &[],
};

const FAITS_DU_BAIL: &[&str] = &["date_bail", "bail_reconduit_le"];
const OPTIONS: &[&str] = &["bail_reconduit", "report_642"];
const EXEMPLE: &str = "--depuis 2026-01-15 --fait date_bail=2024-05-01";

#[rustfmt::skip]
pub(in crate::regles) const REGLES: &[Regle] = &[
    Regle::enonce(&CLAUSE_RESOLUTOIRE)
        .titre("Clause résolutoire obligatoire", "le bail contient-il de plein droit une clause résolutoire")
        .rattachee_a("la date du bail").faits(&["date_bail"])
        .exemple("--fait date_bail=2024-05-01"),
    Regle::propre(&DELAI, commandement)
        .titre("Délai du commandement de payer", "du commandement signifié à la clause résolutoire acquise")
        .rattachee_a("la date du bail").faits(FAITS_DU_BAIL).options(OPTIONS).exemple(EXEMPLE),
    Regle::propre(&CLAUSE_LONGUE, clause_longue)
        .titre("Bail nouveau qui écrit deux mois", "le délai plus long du contrat est appliqué")
        .rattachee_a("la date du bail").faits(&["date_bail"]).options(&["report_642"]).exemple(EXEMPLE),
    Regle::delai(&ASSURANCE, Article642::JouePeutEtre)
        .titre("Commandement pour défaut d'assurance", "délai laissé au locataire pour s'assurer")
        .rattachee_a("la date du commandement"),
    Regle::enonce(&MENTIONS_DU_COMMANDEMENT)
        .titre("Mentions du commandement de payer", "ce que le commandement doit contenir")
        .rattachee_a("la date du commandement"),
    Regle::delai(&CAUTION, Article642::JouePeutEtre)
        .titre("Signification à la caution", "délai pour signifier à la caution le commandement fait au locataire")
        .rattachee_a("la date du commandement"),
    Regle::propre(&PREMIERE_ASSIGNATION, premiere_assignation)
        .titre("Première assignation possible", "premier jour où l'on peut assigner après le commandement")
        .rattachee_a("la date du bail").faits(FAITS_DU_BAIL).options(OPTIONS).exemple(EXEMPLE),
];

fn commandement(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let (signifie_le, bail) = (demande.depuis()?, bail(demande)?);
    let (lecture, mot) = match demande.lecture("bail_reconduit") {
        "6_semaines" => (BailReconduit::SixSemaines, "6_semaines"),
        _ => (BailReconduit::DeuxMois, "2_mois"),
    };
    let article = Article642::JouePeutEtre;
    let territoire = demande.territoire();
    let fin =
        fin_du_delai(signifie_le, &bail, lecture, demande.report(article.report()), territoire);
    let (fin, version) = match fin.and_then(|fin| Ok((fin, delai(&bail, lecture)?))) {
        Ok(trouve) => trouve,
        Err(sans_version) => return Ok(Resultat::inconnu(demande, &sans_version)),
    };
    let resultat = Resultat::selon(demande, version)
        .echeance(&fin.valeur)
        .motifs(&fin.motifs)
        .option("bail_reconduit", mot);
    let resultat = compter_le_report(resultat, demande, &fin.valeur, article);
    let resultat =
        if lecture_decisive(&bail) { resultat.au_mieux(Certitude::Incertain) } else { resultat };
    Ok(en_pratique(resultat, demande))
}

fn premiere_assignation(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let apres = commandement(demande)?;
    let deduction = &PREMIERE_ASSIGNATION.versions[0];
    Ok(apres.motif(deduction.valeur.to_string(), &deduction.source).au_mieux(Certitude::AVerifier))
}

fn clause_longue(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let (signifie_le, bail) = (demande.depuis()?, bail(demande)?);
    Ok(selon_la_version(demande, &CLAUSE_LONGUE, bail.conclu_le, |resultat, version| {
        let enonce =
            resultat.motif("le bail écrit deux mois : ce délai s'applique", &version.source);
        let fin = (signifie_le, version.valeur);
        en_pratique(resultat::courir(enonce, demande, fin, Article642::JouePeutEtre), demande)
    }))
}

fn bail(demande: &Demande<'_>) -> Result<Bail, Refus> {
    Ok(Bail {
        conclu_le: demande.date_exigee("date_bail")?,
        reconduit_le: demande.date("bail_reconduit_le"),
    })
}

/// Dit quand la suite, qui se signifie, ne peut pas être faite le premier jour possible.
pub(in crate::regles) fn en_pratique(resultat: Resultat, demande: &Demande<'_>) -> Resultat {
    let territoire = demande.territoire();
    let interdit = resultat
        .premier_jour_possible
        .and_then(|premier| jour_interdit(premier, territoire).map(|motif| (premier, motif)));
    match interdit {
        None => resultat,
        Some((premier, motif)) => resultat.motif(
            format!(
                "{}, premier jour possible, on ne signifie pas : en pratique le {}",
                dire(premier),
                dire(premier_jour_permis(premier, territoire))
            ),
            &motif.source,
        ),
    }
}
