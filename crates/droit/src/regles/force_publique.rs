//! Le concours de la force publique : la demande, le silence du préfet, l'expulsion.

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Echeance, Report};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::resultat::Article642;
use crate::source::Source;

use super::computation::avant;

const CODE_DE_2012: Date = date(2012, 6, 1);
const AVANT_LE_CODE: Lacune = avant(date(2012, 5, 31));

static SILENCE: Parametre<Delai> = Parametre {
    nom: "delai_reponse_cfp",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(CODE_DE_2012, Delai::Mois(2), Source::lue("CPCE", "R. 153-1"))],
    lacunes: &[AVANT_LE_CODE],
};

/// Le jour où le silence du préfet vaut refus : il naît à la fin de ce jour.
///
/// De quantième à quantième, sans report : l'article 642 ne régit pas l'administration (doute n° 2).
///
/// # Erreurs
///
/// [`SansVersion`] avant la codification du 1er juin 2012.
///
/// ```
/// use droit::regles::force_publique::refus_implicite;
/// use jiff::civil::date;
///
/// assert_eq!(refus_implicite(date(2026, 7, 31)).unwrap().valeur.retenue, date(2026, 9, 30));
/// ```
pub fn refus_implicite(demande_le: Date) -> Result<Conclusion<Echeance>, SansVersion> {
    let version = SILENCE.en_vigueur(demande_le)?;
    let echeance = version.valeur.echeance(demande_le, Report::Aucun, &Territoire::Metropole);
    let motif = Motif::new(
        format!(
            "concours demandé le {} : {} de silence valent refus, le {} à 24 heures",
            Jour(demande_le),
            version.valeur,
            Jour(echeance.retenue)
        ),
        version.source.clone(),
    );
    Ok(Conclusion { valeur: echeance, motifs: vec![motif] })
}

static CONTENU: Parametre<Enonce> = Parametre {
    nom: "requisition_cfp_contenu",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui("la demande contient").avec(&[
            "une copie du dispositif",
            "le récit des diligences accomplies et des difficultés",
        ]),
        Source::lue("CPCE", "R. 153-1"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static DESTINATAIRE: Parametre<Enonce> = Parametre {
    nom: "requisition_cfp_destinataire",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODE_DE_2012,
            date(2025, 11, 6),
            Enonce::oui("le préfet"),
            Source::lue("CPCE", "R. 153-1"),
        ),
        Version::depuis(
            date(2025, 11, 7),
            Enonce::oui("le préfet de département ; à Paris, le préfet de police"),
            Source::rapportee("décret n° 2025-1052", "1"),
        ),
    ],
    lacunes: &[AVANT_LE_CODE],
};

static CANAL: Parametre<Enonce> = Parametre {
    nom: "canal_cfp",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2018, 1, 1),
        Enonce::oui("voie électronique, par le système d'information national (EXPLOC)"),
        Source::lue("CPCE", "L. 431-2"),
    )],
    lacunes: &[avant(date(2017, 12, 31))],
};

static INFORMATION: Parametre<Enonce> = Parametre {
    nom: "information_ccapex_cfp",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2015, 11, 1),
        Enonce::oui(
            "le préfet informe la commission de toute demande, pour qu'elle puisse donner un avis",
        ),
        Source::rapportee("décret n° 2015-1384", "2"),
    )],
    lacunes: &[avant(date(2015, 10, 31))],
};

static PROCES_VERBAL: Parametre<Enonce> = Parametre {
    nom: "transmission_pv_expulsion",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2023, 7, 29),
        Enonce::oui(
            "copie au préfet et à la commission, par le système d'information national (EXPLOC)",
        ),
        Source::lue("CPCE", "L. 431-3"),
    )],
    lacunes: &[avant(date(2023, 7, 28))],
};

static MEUBLES: Parametre<Delai> = Parametre {
    nom: "meubles_retrait",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2019, 9, 29),
        Delai::Mois(2),
        Source::lue("CPCE", "R. 433-1"),
    )],
    lacunes: &[avant(date(2019, 9, 28))],
};

static SANS_CONCOURS: Parametre<Enonce> = Parametre {
    nom: "expulsion_sans_cfp",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2014, 3, 27),
        Enonce::oui(
            "forcer un tiers à quitter son logement sans le concours de l'État : trois ans d'emprisonnement et 30 000 € d'amende",
        ),
        Source::lue("C. pén.", "226-4-2"),
    )],
    lacunes: &[Lacune::jusqu_au(date(2014, 3, 26), "ce délit n'existait pas")],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::enonce(&SANS_CONCOURS)
        .titre("Expulsion sans concours de l'État", "ce que risque qui expulse lui-même"),
    Regle::enonce(&CONTENU)
        .titre("Contenu de la demande de concours", "ce que la demande contient"),
    Regle::enonce(&DESTINATAIRE)
        .titre("Destinataire de la demande de concours", "à qui la demande est faite"),
    Regle::enonce(&CANAL)
        .titre("Forme de la demande de concours", "par quelle voie la demande est faite"),
    Regle::delai(&SILENCE, Article642::EcartePeutEtre)
        .titre("Silence du préfet", "de la demande de concours de la force publique au refus implicite ; un refus exprès est motivé")
        .rattachee_a("la date de la demande").exemple("--depuis 2026-07-31"),
    Regle::enonce(&INFORMATION)
        .titre("Information de la commission", "ce que fait le préfet de la demande de concours"),
    Regle::enonce(&PROCES_VERBAL)
        .titre("Transmission du procès-verbal d'expulsion", "à qui le procès-verbal est transmis"),
    Regle::delai(&MEUBLES, Article642::EcartePeutEtre)
        .titre("Retrait des meubles", "de l'expulsion à la fin du délai pour retirer les meubles ; valeur contestée dans le mois, papiers gardés deux ans")
        .rattachee_a("la date du procès-verbal d'expulsion"),
];
