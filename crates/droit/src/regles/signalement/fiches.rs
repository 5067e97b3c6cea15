//! Les règles du signalement, telles que le catalogue les montre et les applique.

use jiff::civil::date;

use super::{
    Arriere, BORNES, DECRET, DECRET_DE_2015, DERNIER_JOUR_DES_ARRETES, DUREE_DES_ARRETES,
    PAS_D_ARRETE_AVANT, SEUILS, SEUILS_DANS_LA_LOI, Seuils, par_anciennete, par_montant,
};
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::Motif;
use crate::demande::{Demande, Refus};
use crate::parametre::{ETUDE_DU, Lacune, Parametre, Version};
use crate::regles::commandement::LOI_DE_2023;
use crate::regles::computation::avant;
use crate::reponse::Reponse;
use crate::resultat::{Article642, Resultat, selon_la_version};
use crate::source::Source;

static BAILLEURS: Parametre<Enonce> = Parametre {
    nom: "signalement_cdp_bailleurs",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2015, 1, 1),
        Enonce::oui(
            "bailleur personne physique, ou société civile entre parents et alliés jusqu'au quatrième degré inclus",
        ),
        Source::rapportee("loi n° 2014-366, art. 27 ; décret n° 2015-1384", "14"),
    )],
    lacunes: &[Lacune::jusqu_au(
        date(2014, 12, 31),
        "le signalement du commandement n'existait pas encore",
    )],
};

static COMBINAISON: Parametre<Enonce> = Parametre {
    nom: "signalement_cdp_combinaison",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2015,
        Enonce::oui("un seul des deux seuils suffit"),
        Source::rapportee(DECRET, "14"),
    )],
    lacunes: &[PAS_D_ARRETE_AVANT],
};

const PAR_ARRETE: &str = "fixé par arrêté préfectoral, entre 3 et 6";

static ANCIENNETE: Parametre<Enonce> = Parametre {
    nom: "signalement_cdp_seuil_anciennete",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            DERNIER_JOUR_DES_ARRETES,
            Enonce::inconnu(PAR_ARRETE).avec(&["en mois d'impayé sans interruption"]),
            Source::rapportee(DECRET, "14"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Enonce::oui("2 mois d'impayé sans interruption"),
            Source::rapportee("loi n° 89-462", "24, I"),
        ),
    ],
    lacunes: &[PAS_D_ARRETE_AVANT],
};

static MONTANT: Parametre<Enonce> = Parametre {
    nom: "signalement_cdp_seuil_montant",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            DERNIER_JOUR_DES_ARRETES,
            Enonce::inconnu(PAR_ARRETE).avec(&["en loyers mensuels hors charges"]),
            Source::rapportee(DECRET, "14"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Enonce::oui("2 loyers mensuels hors charges"),
            Source::rapportee("loi n° 89-462", "24, I"),
        ),
    ],
    lacunes: &[PAS_D_ARRETE_AVANT],
};

static LOCAUX: Parametre<Enonce> = Parametre {
    nom: "signalement_cdp_seuils_locaux",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2015,
        DERNIER_JOUR_DES_ARRETES,
        Enonce::inconnu("ceux de l'arrêté du département : voir le profil du territoire"),
        Source::rapportee(DECRET, "14"),
    )],
    lacunes: &[PAS_D_ARRETE_AVANT, SEUILS_DANS_LA_LOI],
};

static CANAL: Parametre<Enonce> = Parametre {
    nom: "canal_signalement_cdp",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            date(2017, 12, 31),
            Enonce::oui("lettre simple avec un résumé ou une copie, ou voie électronique"),
            Source::rapportee(DECRET, "14"),
        ),
        Version::depuis(
            date(2018, 1, 1),
            Enonce::oui("voie électronique, par le système d'information national (EXPLOC)"),
            Source::rapportee("loi n° 2017-86", "152"),
        ),
    ],
    lacunes: &[PAS_D_ARRETE_AVANT],
};

static DESTINATAIRE: Parametre<Enonce> = Parametre {
    nom: "destinataire_signalement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2023,
        Enonce::oui(
            "le préfet, puis la commission qui répartit les signalements entre ses membres",
        ),
        Source::rapportee("loi n° 90-449", "7-2"),
    )],
    lacunes: &[avant(DERNIER_JOUR_DES_ARRETES)],
};

#[rustfmt::skip]
pub(in crate::regles) const REGLES: &[Regle] = &[
    Regle::propre(&BAILLEURS, bailleurs)
        .titre("Bailleurs concernés par le signalement", "le commandement de ce bailleur doit-il être signalé à la commission")
        .rattachee_a("la date du commandement").faits(&["bailleur_type"])
        .exemple("--depuis 2026-01-15 --fait bailleur_type=personne_physique"),
    Regle::enonce(&COMBINAISON)
        .titre("Combinaison des seuils", "un seuil ou les deux")
        .rattachee_a("la date du commandement"),
    Regle::propre(&ANCIENNETE, anciennete)
        .titre("Seuil d'ancienneté", "l'impayé dure-t-il depuis assez longtemps pour signaler le commandement")
        .rattachee_a("la date du commandement").faits(&["impaye_depuis"])
        .exemple("--depuis 2026-01-15 --fait impaye_depuis=2025-11-05"),
    Regle::propre(&MONTANT, montant)
        .titre("Seuil de montant", "la dette est-elle assez grosse pour signaler le commandement")
        .rattachee_a("la date du commandement").faits(&["dette", "loyer_hors_charges"])
        .exemple("--depuis 2026-01-15 --fait dette=130000 --fait loyer_hors_charges=60000"),
    Regle::enonce(&LOCAUX)
        .titre("Seuils d'un département", "seuils de l'arrêté préfectoral, avant la loi de 2023")
        .rattachee_a("la date du commandement"),
    Regle::delai(&DUREE_DES_ARRETES, Article642::SansObjet)
        .titre("Durée de l'arrêté des seuils", "plus longue vie d'un arrêté préfectoral fixant les seuils")
        .rattachee_a("la date de l'arrêté").options(&[]).exemple("--depuis 2016-03-16"),
    Regle::enonce(&CANAL)
        .titre("Forme du signalement", "par quelle voie le commandement est signalé")
        .rattachee_a("la date du commandement"),
    Regle::enonce(&DESTINATAIRE)
        .titre("Destinataire du signalement", "à qui le commandement est signalé")
        .rattachee_a("la date du commandement"),
];

fn bailleurs(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let bailleur = demande.mot("bailleur_type");
    Ok(selon_la_version(demande, &BAILLEURS, demande.jour(), |resultat, version| {
        let (reponse, constat) = match bailleur {
            Some("personne_physique") => (Reponse::Oui, "personne physique : concernée"),
            Some("sci_familiale") => (Reponse::Oui, "société civile familiale : concernée"),
            Some(_) => (
                Reponse::Non,
                "personne morale : hors de cette règle ; voir delai_saisine_ccapex_personne_morale",
            ),
            None => (Reponse::Inconnue, "nature du bailleur inconnue : donnez bailleur_type"),
        };
        resultat
            .conclut(reponse)
            .motif(constat, &version.source)
            .motif(version.valeur.to_string(), &version.source)
    }))
}

fn anciennete(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    demande.depuis()?;
    eprouver(demande, &ANCIENNETE, par_anciennete)
}

fn montant(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let signifie_le = demande.depuis()?;
    let resultat = eprouver(demande, &MONTANT, par_montant)?;
    let seuil = SEUILS.en_vigueur(signifie_le).ok().zip(demande.montant("loyer_hors_charges"));
    Ok(Resultat {
        montant: seuil.map(|(seuils, loyer)| loyer.fois(u32::from(seuils.valeur.fois_le_loyer))),
        ..resultat
    })
}

/// Éprouve un seuil. Sous un arrêté qu'on ne connaît pas, éprouve les deux bornes : un impayé qui
/// n'atteint pas la plus basse n'atteint aucun arrêté, un impayé qui atteint la plus haute les
/// atteint tous.
fn eprouver(
    demande: &Demande<'_>,
    regle: &'static Parametre<Enonce>,
    seuil: fn(&Arriere, &Version<Seuils>) -> (Reponse, Motif),
) -> Result<Resultat, Refus> {
    let signifie_le = demande.depuis()?;
    let arriere = Arriere {
        impaye_depuis: demande.date("impaye_depuis"),
        signifie_le,
        dette: demande.montant("dette"),
        loyer_hors_charges: demande.montant("loyer_hors_charges"),
    };
    Ok(selon_la_version(demande, regle, signifie_le, |resultat, version| {
        if let Ok(seuils) = SEUILS.en_vigueur(signifie_le) {
            let (reponse, motif) = seuil(&arriere, seuils);
            return resultat.conclut(reponse).motifs(&[motif]);
        }
        let a_la_borne = |borne: u8| Version {
            du: version.du,
            au: version.au,
            valeur: Seuils { mois_impayes: borne, fois_le_loyer: borne },
            source: version.source.clone(),
        };
        let bornes = BORNES.versions[0].valeur;
        let (au_plus_bas, motif_bas) = seuil(&arriere, &a_la_borne(bornes.minimum));
        let (au_plus_haut, motif_haut) = seuil(&arriere, &a_la_borne(bornes.maximum));
        let reponse = match (au_plus_bas, au_plus_haut) {
            (Reponse::Non, _) => Reponse::Non,
            (_, Reponse::Oui) => Reponse::Oui,
            (Reponse::Oui | Reponse::Inconnue, Reponse::Non | Reponse::Inconnue) => {
                Reponse::Inconnue
            }
        };
        resultat
            .conclut(reponse)
            .motif("seuil fixé par l'arrêté du département, entre 3 et 6", &version.source)
            .motifs(&[motif_bas, motif_haut])
    }))
}
