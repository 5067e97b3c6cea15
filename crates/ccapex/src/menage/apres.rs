//! Après le départ : la dette, les affaires, le logement suivant.

use super::texte::{Attendu, Echeance, Explication, Guichet, conseil};

const SUIVI: &str =
    "La commission garde votre situation en vue tant que vous n’avez pas de solution.";

pub(super) static DEPART_VOLONTAIRE: Explication = Explication {
    code: "depart_volontaire",
    titre: "Vous avez quitté le logement",
    ou_en_est_on: &[
        "Vous êtes parti. La procédure d’expulsion s’arrête là.",
        "La dette, s’il en reste une, peut encore être demandée.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Rendre les clés contre un écrit.",
            "Demandez un état des lieux de sortie : il fixe la date de votre départ.",
        ),
        conseil(
            "Dire où vous êtes.",
            "Si vous n’avez pas de logement stable, le service social ou le 115 cherche avec vous.",
        ),
        conseil(
            "Régler ce qui reste.",
            "Un échéancier, le FSL ou la commission de surendettement peuvent aider.",
        ),
        conseil(
            "Changer d’adresse partout.",
            "Caf ou MSA, impôts, assurance maladie, demande de logement social.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Siao, Guichet::Surendettement],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[SUIVI],
};

pub(super) static CONGE_DEPART: Explication = Explication {
    code: "conge_depart",
    titre: "Vous avez quitté le logement avant le jugement",
    ou_en_est_on: &[
        "Vous êtes parti avant que le juge décide. Il n’y aura pas d’expulsion.",
        "La dette, s’il en reste une, peut encore être demandée.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Garder la preuve de votre départ.",
            "Lettre de congé, état des lieux de sortie, remise des clés.",
        ),
        conseil(
            "Prévenir le tribunal.",
            "Si une audience est prévue, allez-y ou faites-vous représenter : elle fixera ce que vous devez.",
        ),
        conseil(
            "Régler ce qui reste.",
            "Un échéancier, le FSL ou la commission de surendettement peuvent aider.",
        ),
    ],
    avec_qui: &[Guichet::Adil, Guichet::ServiceSocial, Guichet::Surendettement],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[SUIVI],
};

pub(super) static EXPULSION_REALISEE: Explication = Explication {
    code: "expulsion_realisee",
    titre: "L’expulsion a eu lieu : vous n’êtes pas seul",
    ou_en_est_on: &[
        "Le commissaire de justice a repris le logement. Il vous a remis un procès-verbal, qui dit ce qui s’y trouvait.",
        "Votre dossier reste ouvert tant que nous ne savons pas où vous vivez.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Appeler le 115.",
            "Le SIAO cherche une place d’hébergement. L’appel est gratuit, jour et nuit.",
        ),
        conseil(
            "Voir le service social.",
            "Il peut demander un logement prioritaire, un recours DALO et des aides d’urgence.",
        ),
        conseil(
            "Reprendre vos meubles.",
            "Le procès-verbal dit où ils sont et comment les reprendre.",
        ),
        conseil(
            "Garder une adresse.",
            "Le CCAS ou une association peut recevoir votre courrier : cela s’appelle la domiciliation.",
        ),
    ],
    avec_qui: &[Guichet::Siao, Guichet::ServiceSocial, Guichet::Ccas, Guichet::Dalo],
    avant_quand: &[Attendu {
        echeance: Echeance::Meubles,
        a_venir: "Vos meubles sont gardés jusqu’au",
        passee: "Vos meubles étaient gardés jusqu’au",
        en_general: "Vous avez deux mois pour reprendre vos meubles, à partir de la remise du procès-verbal. Vos papiers sont gardés deux ans.",
    }],
    ce_qui_ne_change_pas: &[
        SUIVI,
        "Un recours DALO déjà déposé reste valable. Signalez votre nouvelle situation.",
    ],
};
