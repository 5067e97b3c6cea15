//! Le protocole de cohésion sociale, et le fonds de solidarité pour le logement.

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::reponse::Reponse;
use crate::resultat::{Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::computation::avant;
use super::duree::{self, Fourchette};

const LOI_DE_2005: Date = date(2005, 1, 19);
const AVANT_2005: Lacune =
    Lacune::jusqu_au(date(2005, 1, 18), "le protocole de cohésion sociale n'existait pas");

static CHAMP: Parametre<Enonce> = Parametre {
    nom: "pcs_champ",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2005,
        Enonce::oui(
            "organisme HLM ou société d'économie mixte, bail résilié par le juge pour impayé",
        ),
        Source::rapportee("CCH", "L. 353-15-2, L. 442-6-5"),
    )],
    lacunes: &[AVANT_2005],
};

static EFFET: Parametre<Enonce> = Parametre {
    nom: "pcs_effet",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2005,
        Enonce::oui("titre d'occupation, aide au logement rouverte, expulsion suspendue"),
        Source::rapportee("CCH", "L. 353-15-2, L. 442-6-5"),
    )],
    lacunes: &[AVANT_2005],
};

static DUREE: Parametre<Fourchette> = Parametre {
    nom: "pcs_duree",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2005,
        Fourchette::au_plus(Delai::Mois(24)),
        Source::rapportee("CCH", "L. 353-15-2, L. 442-6-5"),
    )],
    lacunes: &[AVANT_2005],
};

/// Durée totale du protocole, renouvellement de trente-six mois compris.
const DUREE_TOTALE: Delai = Delai::Annees(5);
const RENOUVELLEMENT: Fourchette = Fourchette::au_plus(Delai::Mois(36));

/// Ce qu'un protocole signé un jour prolonge ou suit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Un premier protocole.
    Premiere,
    /// Le renouvellement d'un protocole.
    Renouvellement {
        /// Le jour du premier.
        du: Date,
        /// Le dernier jour de ce qu'il prolonge.
        au: Date,
    },
    /// Après l'effacement de la dette : trois ans depuis la décision.
    ApresEffacement {
        /// Le jour de la décision.
        le: Date,
    },
}

/// Un protocole de tant de mois est-il permis, et quand finit-il ?
///
/// Vingt-quatre mois d'abord, trente-six pour un renouvellement, cinq ans en tout ; trois ans au plus
/// depuis l'effacement de la dette.
///
/// # Erreurs
///
/// [`SansVersion`] avant la loi du 18 janvier 2005.
///
/// ```
/// use droit::regles::protocole::{Signature, protocole_de};
/// use droit::reponse::Reponse;
/// use jiff::civil::date;
///
/// let premier = protocole_de(date(2026, 9, 10), 24, Signature::Premiere).unwrap();
/// assert_eq!(premier.valeur, (Reponse::Oui, date(2028, 9, 10)));
/// assert_eq!(
///     protocole_de(date(2026, 9, 10), 30, Signature::Premiere).unwrap().valeur.0,
///     Reponse::Non
/// );
/// ```
pub fn protocole_de(
    signe_le: Date,
    mois: u16,
    signature: Signature,
) -> Result<Conclusion<(Reponse, Date)>, SansVersion> {
    let version = DUREE.en_vigueur(signe_le)?;
    let terme = |depuis: Date| Delai::Mois(mois).terme(depuis, &Territoire::Metropole);
    let (permis, fin, bornes, source) = match signature {
        Signature::Premiere => (
            version.valeur.admet_mois(mois),
            terme(signe_le),
            version.valeur.to_string(),
            &version.source,
        ),
        Signature::Renouvellement { du, au } => {
            let (fin, au_plus_tard) =
                (terme(au.max(signe_le)), DUREE_TOTALE.terme(du, &Territoire::Metropole));
            (
                RENOUVELLEMENT.admet_mois(mois) && fin <= au_plus_tard,
                fin,
                format!(
                    "renouvellement : {RENOUVELLEMENT}, jusqu'au {} en tout",
                    Jour(au_plus_tard)
                ),
                &version.source,
            )
        }
        Signature::ApresEffacement { le } => {
            let efface = RETABLISSEMENT.en_vigueur(signe_le)?;
            let au_plus_tard = efface.valeur.terme(le, &Territoire::Metropole);
            (
                terme(signe_le) <= au_plus_tard,
                terme(signe_le),
                format!("dette effacée : jusqu'au {}", Jour(au_plus_tard)),
                &efface.source,
            )
        }
    };
    let verdict = if permis { "dans les bornes" } else { "hors des bornes" };
    let motif = Motif::new(format!("{mois} mois : {verdict} ({bornes})"), source.clone());
    Ok(Conclusion { valeur: (permis.into(), fin), motifs: vec![motif] })
}

static RETABLISSEMENT: Parametre<Delai> = Parametre {
    nom: "pcs_duree_retablissement_personnel",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2018, 11, 25),
        Delai::Annees(3),
        Source::lue("C. conso.", "L. 722-16"),
    )],
    lacunes: &[avant(date(2018, 11, 24))],
};

static NOUVEAU_BAIL: Parametre<Delai> = Parametre {
    nom: "pcs_nouveau_bail",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2005,
        Delai::Mois(3),
        Source::rapportee("CCH", "L. 353-15-2, L. 442-6-5"),
    )],
    lacunes: &[AVANT_2005],
};

static SURENDETTEMENT: Parametre<Enonce> = Parametre {
    nom: "pcs_surendettement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2018, 11, 25),
        Enonce::oui(
            "protocole signé avant la recevabilité : le paiement de l'arriéré est suspendu jusqu'aux mesures, qui le remplacent",
        ),
        Source::lue("C. conso.", "L. 722-16"),
    )],
    lacunes: &[avant(date(2018, 11, 24))],
};

static FSL: Parametre<Delai> = Parametre {
    nom: "fsl_decision",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Delai::Mois(2),
        Source::a_verifier("décret n° 2005-212 ; règlement intérieur du fonds", ""),
    )],
    lacunes: &[],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&CHAMP, champ)
        .titre("Champ du protocole de cohésion sociale", "ce bailleur peut-il signer un protocole")
        .faits(&["bailleur_type"]).exemple("--depuis 2026-09-10 --fait bailleur_type=bailleur_social"),
    Regle::enonce(&EFFET).titre("Effet du protocole de cohésion sociale", "ce que le protocole donne au ménage"),
    Regle::propre(&DUREE, duree_du_protocole)
        .titre("Durée du protocole de cohésion sociale", "de la signature à la première fin ; renouvelable de 36 mois, cinq ans en tout")
        .rattachee_a("la date de la signature").faits(&["mois"])
        .exemple("--depuis 2026-09-10"),
    Regle::delai(&RETABLISSEMENT, Article642::SansObjet).options(&[])
        .titre("Protocole après effacement de la dette", "durée du protocole depuis la décision d'effacement")
        .rattachee_a("la date de l'effacement"),
    Regle::delai(&NOUVEAU_BAIL, Article642::EcartePeutEtre)
        .titre("Nouveau bail après le protocole", "de la fin du protocole respecté à la signature du bail")
        .rattachee_a("la fin du protocole").exemple("--depuis 2028-09-10"),
    Regle::enonce(&SURENDETTEMENT)
        .titre("Protocole et surendettement", "ce que devient l'arriéré quand la commission de surendettement est saisie"),
    Regle::delai(&FSL, Article642::EcartePeutEtre)
        .titre("Décision du FSL", "de la demande à la réponse du fonds de solidarité pour le logement")
        .rattachee_a("la date de la demande"),
];

fn champ(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let bailleur = demande.mot("bailleur_type");
    Ok(selon_la_version(demande, &CHAMP, demande.jour(), |resultat, version| {
        let reponse = match bailleur {
            Some("bailleur_social") => Reponse::Oui,
            Some("personne_physique" | "sci_familiale") => Reponse::Non,
            // Une personne morale peut être une société d'économie mixte.
            _ => Reponse::Inconnue,
        };
        resultat.conclut(reponse).motif(version.valeur.to_string(), &version.source)
    }))
}

fn duree_du_protocole(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let resultat = duree::appliquer(demande, &DUREE, Article642::SansObjet)?;
    let Some((signe_le, version)) =
        demande.entree.depuis.and_then(|le| DUREE.en_vigueur(le).ok().map(|v| (le, v)))
    else {
        return Ok(resultat);
    };
    let au_plus_tard = DUREE_TOTALE.terme(signe_le, &Territoire::Metropole);
    Ok(resultat.motif(
        format!(
            "renouvelable de 36 mois, sans dépasser {DUREE_TOTALE} : le {}",
            Jour(au_plus_tard)
        ),
        &version.source,
    ))
}
