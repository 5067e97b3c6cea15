//! La saisine de la commission par un bailleur personne morale, avant d'assigner.

use jiff::civil::date;

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Echeance, Report};
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::reponse::Reponse;
use crate::resultat::{self, Article642, Resultat, selon_la_version};
use crate::source::Source;

use jiff::civil::Date;

use super::commandement::en_pratique;
use super::computation::avant;

static DELAI: Parametre<Delai> = Parametre {
    nom: "delai_saisine_ccapex_personne_morale",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2015, 1, 1),
        Delai::Mois(2),
        Source::rapportee("loi n° 89-462", "24, II"),
    )],
    lacunes: &[Lacune::jusqu_au(date(2014, 12, 31), "la saisine préalable n'existait pas encore")],
};

/// Fin de l'attente entre la saisine de la commission et l'assignation.
///
/// Ne concerne que les personnes morales autres que la société civile familiale.
/// Une attente pure, comme un préavis : la lecture par défaut est [`Report::Aucun`] (doute n° 2).
///
/// # Erreurs
///
/// [`SansVersion`] pour une saisine antérieure à 2015.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::delai::Report;
/// use droit::regles::saisine::fin_de_l_attente;
/// use jiff::civil::date;
///
/// let fin = fin_de_l_attente(date(2026, 3, 16), Report::Aucun, Territoire::Metropole).unwrap();
/// assert_eq!(fin.valeur.retenue, date(2026, 5, 16)); // samedi, sans report
/// assert_eq!(fin.valeur.prorogee, date(2026, 5, 18));
/// ```
pub fn fin_de_l_attente(
    saisie_le: Date,
    report: Report,
    territoire: Territoire,
) -> Result<Conclusion<Echeance>, SansVersion> {
    let version = DELAI.en_vigueur(saisie_le)?;
    let echeance = version.valeur.echeance(saisie_le, report, &territoire);
    let motif = Motif::new(
        format!(
            "commission saisie le {} : pas d'assignation avant {}, jusqu'au {} compris",
            Jour(saisie_le),
            version.valeur,
            Jour(echeance.retenue)
        ),
        version.source.clone(),
    );
    Ok(Conclusion { valeur: echeance, motifs: vec![motif] })
}

const DERNIER_JOUR_AVANT_2027: Date = date(2026, 12, 31);

static REPUTEE_CONSTITUEE: Parametre<Enonce> = Parametre {
    nom: "saisine_reputee_constituee",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2015, 1, 1),
            date(2019, 8, 31),
            REPUTEE,
            Source::rapportee("loi n° 89-462", "24, II"),
        ),
        Version::entre(
            date(2019, 9, 1),
            DERNIER_JOUR_AVANT_2027,
            REPUTEE,
            Source::rapportee("loi n° 89-462, art. 24, II ; CCH", "R. 824-30"),
        ),
    ],
    lacunes: &[
        Lacune::jusqu_au(date(2014, 12, 31), "la saisine préalable n'existait pas encore"),
        Lacune::depuis(date(2027, 1, 1), "la rédaction de 2027 n'a pas été lue"),
    ],
};

const REPUTEE: Enonce = Enonce::oui(
    "l'impayé qui persiste et déjà signalé à la CAF ou à la MSA vaut saisine, dès la première information de la commission par cet organisme",
);

static CONTENU: Parametre<Enonce> = Parametre {
    nom: "contenu_saisine_personne_morale",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2018, 11, 25),
        Enonce::oui("à joindre").avec(&["loyer mensuel et charges", "décompte de la dette"]),
        Source::rapportee("loi n° 2018-1021", ""),
    )],
    lacunes: &[avant(date(2018, 11, 24))],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&DELAI, attente)
        .titre("Attente après la saisine de la commission", "de la saisine par un bailleur personne morale à l'assignation, à peine d'irrecevabilité")
        .rattachee_a("la date de la saisine").faits(&["bailleur_type"]).options(&["report_642"])
        .exemple("--depuis 2026-03-16 --fait bailleur_type=bailleur_social"),
    Regle::enonce(&REPUTEE_CONSTITUEE)
        .titre("Saisine réputée constituée", "quand le signalement à l'organisme payeur vaut saisine")
        .rattachee_a("la date du signalement").faits(&["date_signalement"]),
    Regle::enonce(&CONTENU)
        .titre("Contenu de la saisine", "ce que la personne morale joint à sa saisine")
        .rattachee_a("la date de la saisine"),
];

fn attente(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let saisie_le = demande.depuis()?;
    let concernee = match demande.mot("bailleur_type") {
        Some("personne_physique" | "sci_familiale") => Reponse::Non,
        Some(_) => Reponse::Oui,
        None => Reponse::Inconnue,
    };
    Ok(selon_la_version(demande, &DELAI, saisie_le, |resultat, version| match concernee {
        Reponse::Non => resultat.conclut(concernee).motif(
            "personne physique ou société civile familiale : aucune saisine préalable n'est exigée",
            &version.source,
        ),
        Reponse::Oui | Reponse::Inconnue => {
            let enonce = resultat.motif(
                format!("bailleur personne morale : {} avant d'assigner", version.valeur),
                &version.source,
            );
            let fin = (saisie_le, version.valeur);
            en_pratique(resultat::courir(enonce, demande, fin, Article642::EcartePeutEtre), demande)
        }
    }))
}
