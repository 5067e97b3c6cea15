//! Le diagnostic social et financier, de la saisine de l'organisme à sa transmission au juge.

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Rebours};
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::resultat::{Article642, Resultat, selon_la_version};
use crate::source::{Certitude, Source};

use super::computation::{avant, remonter};

const DECRET_DE_2021: Date = date(2021, 1, 8);
const AVANT_2021: Lacune =
    Lacune::jusqu_au(date(2021, 1, 7), "le décret du 5 janvier 2021 n'était pas en vigueur");

static SAISINE: Parametre<Enonce> = Parametre {
    nom: "saisine_dsf",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2015, 1, 1),
        Enonce::oui(
            "le préfet saisit l'organisme dès qu'il reçoit la notification de l'assignation",
        ),
        Source::rapportee("loi n° 89-462", "24, III"),
    )],
    lacunes: &[avant(date(2014, 12, 31))],
};

static TRANSMISSION_ETAT: Parametre<Delai> = Parametre {
    nom: "dsf_transmission_etat",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        date(2016, 1, 1),
        date(2021, 1, 7),
        Delai::Mois(2),
        Source::rapportee("charte du Pas-de-Calais", ""),
    )],
    lacunes: &[
        avant(date(2015, 12, 31)),
        Lacune::depuis(
            DECRET_DE_2021,
            "usage remplacé par le décret de 2021 : voir dsf_transmission",
        ),
    ],
};

static ENTRETIEN: Parametre<Delai> = Parametre {
    nom: "dsf_entretien",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2021,
        Delai::JoursOuvres(15),
        Source::rapportee("décret n° 2021-8", ""),
    )],
    lacunes: &[AVANT_2021],
};

static TRANSMISSION: Parametre<Delai> = Parametre {
    nom: "dsf_transmission",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2021,
        Delai::JoursOuvres(5),
        Source::rapportee("décret n° 2021-8", ""),
    )],
    lacunes: &[AVANT_2021],
};

static CONTENU: Parametre<Enonce> = Parametre {
    nom: "dsf_contenu",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2021,
        Enonce::oui("rubriques").avec(&[
            "rédacteur",
            "présence du locataire",
            "identité",
            "composition familiale",
            "accompagnement",
            "bail",
            "dette",
            "dispositifs de traitement",
            "reprise du paiement",
            "capacité de remboursement",
            "préconisations",
            "observations des deux parties",
            "démarches de relogement",
            "saisine et recommandations de la commission",
        ]),
        Source::rapportee("décret n° 2021-8", ""),
    )],
    lacunes: &[AVANT_2021],
};

static FORMULAIRE: Parametre<Enonce> = Parametre {
    nom: "dsf_formulaire_unique",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2022, 8, 23),
        Enonce::oui("le modèle national est obligatoire"),
        Source::rapportee("arrêté du 23 août 2022", ""),
    )],
    lacunes: &[Lacune::jusqu_au(date(2022, 8, 22), "le modèle national n'existait pas")],
};

static CONTRADICTOIRE: Parametre<Enonce> = Parametre {
    nom: "dsf_contradictoire",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2015, 1, 1),
        Enonce::oui(
            "locataire et bailleur présentent leurs observations, par écrit ou de vive voix, et reçoivent le diagnostic",
        ),
        Source::rapportee("loi n° 89-462, art. 24, III ; décret n° 2021-8", ""),
    )],
    lacunes: &[avant(date(2014, 12, 31))],
};

/// Dernier jour où l'organisme offre le premier entretien, compté en jours ouvrés.
///
/// # Erreurs
///
/// [`SansVersion`] pour une saisine antérieure au décret du 5 janvier 2021.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::regles::diagnostic::entretien_avant_le;
/// use jiff::civil::date;
///
/// let limite = entretien_avant_le(date(2026, 10, 30), Territoire::Metropole).unwrap();
/// assert_eq!(limite.valeur, date(2026, 11, 23));
/// ```
pub fn entretien_avant_le(
    organisme_saisi_le: Date,
    territoire: Territoire,
) -> Result<Conclusion<Date>, SansVersion> {
    let version = ENTRETIEN.en_vigueur(organisme_saisi_le)?;
    let limite = version.valeur.terme(organisme_saisi_le, &territoire);
    let motif = Motif::new(
        format!(
            "organisme saisi le {} : entretien offert dans les {}, le {} au plus tard",
            Jour(organisme_saisi_le),
            version.valeur,
            Jour(limite)
        ),
        version.source.clone(),
    );
    Ok(Conclusion { valeur: limite, motifs: vec![motif] })
}

/// Dernier jour où le diagnostic est transmis au juge et à la commission, en jours ouvrés à rebours.
///
/// La version est celle du jour de l'audience. Le cinquième jour est-il encore utile ? Question
/// ouverte : il l'est ici, c'est la lecture par défaut de l'étude (doute n° 9).
///
/// # Erreurs
///
/// [`SansVersion`] pour une audience antérieure au décret du 5 janvier 2021.
pub fn dernier_jour_transmission(
    audience: Date,
    territoire: Territoire,
) -> Result<Conclusion<Date>, SansVersion> {
    let version = TRANSMISSION.en_vigueur(audience)?;
    let limite = version.valeur.dernier_jour_utile(audience, Rebours::Inclus, &territoire);
    let motif = Motif::new(
        format!(
            "audience du {} : diagnostic transmis {} avant, le {} au plus tard",
            Jour(audience),
            version.valeur,
            Jour(limite)
        ),
        version.source.clone(),
    );
    Ok(Conclusion { valeur: limite, motifs: vec![motif] })
}

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::enonce(&SAISINE)
        .titre("Saisine de l'organisme pour le diagnostic", "ce que fait le préfet quand l'assignation lui est notifiée"),
    Regle::delai(&TRANSMISSION_ETAT, Article642::EcartePeutEtre)
        .titre("Transmission du diagnostic par l'État (usage ancien)", "délai laissé à l'État pour envoyer le diagnostic au juge")
        .rattachee_a("la date de la notification").exemple("--depuis 2017-03-02"),
    Regle::delai(&ENTRETIEN, Article642::Joue)
        .titre("Premier entretien du diagnostic", "de la saisine de l'organisme au premier entretien offert")
        .rattachee_a("la date de la saisine de l'organisme").options(&[]).exemple("--depuis 2026-10-30"),
    Regle::propre(&TRANSMISSION, transmission)
        .titre("Transmission du diagnostic", "avant l'audience, au juge et à la commission")
        .rattachee_a("le jour de l'audience").options(&["dsf_rebours"])
        .exemple("--audience 2026-11-17"),
    Regle::enonce(&CONTENU).titre("Contenu du diagnostic", "les rubriques du diagnostic social et financier"),
    Regle::enonce(&FORMULAIRE).titre("Formulaire unique du diagnostic", "le modèle à employer"),
    Regle::enonce(&CONTRADICTOIRE).titre("Caractère contradictoire du diagnostic", "ce que les parties peuvent dire et recevoir"),
];

fn transmission(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let audience = demande.audience()?;
    let lecture = demande.lecture("dsf_rebours");
    let rebours = if lecture == "strict" { Rebours::Strict } else { Rebours::Inclus };
    Ok(selon_la_version(demande, &TRANSMISSION, audience, |resultat, version| {
        remonter(resultat, demande, (audience, version.valeur, rebours), &version.source)
            .motif(
                format!("le dernier jour compté est-il encore utile ? lecture retenue : {lecture}"),
                &Source::incertaine("décret n° 2021-8", ""),
            )
            .option("dsf_rebours", lecture)
            .au_mieux(Certitude::Incertain)
    }))
}
