//! De l'impayé à la fin du délai du commandement.

use super::texte::{Attendu, Echeance, Explication, Guichet, conseil};

const PAYER_LE_LOYER: &str = "Payez d’abord le loyer du mois, même si vous ne pouvez pas encore régler la dette. C’est ce qui compte le plus pour la suite.";
const ECHEANCIER: &str = "Proposez par écrit un échéancier : une petite somme chaque mois, en plus du loyer, que vous pourrez tenir.";
const SANS_JUGE: &str = "Personne ne peut vous mettre dehors sans décision de justice. Votre propriétaire ne peut pas changer la serrure ni couper l’eau ou l’électricité.";
const BONNE_FOI: &str = "Demander de l’aide ne vous fait perdre aucun droit.";

pub(super) static BAIL_EN_COURS: Explication = Explication {
    code: "bail_en_cours",
    titre: "Votre bail se poursuit",
    ou_en_est_on: &[
        "Aucune procédure n’est en cours pour votre logement.",
        "Une difficulté à venir se règle mieux quand on en parle tôt.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Vérifier vos droits.",
            "Une aide au logement peut vous être due. Un simulateur gratuit existe sur le site de la Caf et sur celui de la MSA.",
        ),
        conseil(
            "Prévenir avant le premier impayé.",
            "Si vos revenus baissent, dites-le à votre propriétaire et à la Caf ou à la MSA.",
        ),
        conseil("Garder vos preuves.", "Conservez le bail, les quittances et les courriers."),
    ],
    avec_qui: &[Guichet::Adil, Guichet::OrganismePayeur, Guichet::Ccas],
    avant_quand: &[],
    ce_qui_ne_change_pas: &["Votre bail vous protège tant qu’il n’a pas pris fin.", BONNE_FOI],
};

pub(super) static IMPAYE_NAISSANT: Explication = Explication {
    code: "impaye_naissant",
    titre: "Un loyer n’a pas été payé : des solutions existent",
    ou_en_est_on: &[
        "Un retard de loyer nous a été signalé. Aucun juge n’est saisi.",
        "À ce moment, un accord avec votre propriétaire suffit le plus souvent.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil("Reprendre le loyer.", PAYER_LE_LOYER),
        conseil("Proposer un accord.", ECHEANCIER),
        conseil(
            "Demander une aide.",
            "Le fonds de solidarité pour le logement (FSL) peut prendre en charge une partie de la dette.",
        ),
    ],
    avec_qui: &[Guichet::Adil, Guichet::ServiceSocial, Guichet::Fsl],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[SANS_JUGE, BONNE_FOI],
};

pub(super) static IMPAYE_AVANT_2027: Explication = Explication {
    code: "impaye_constitue_aide",
    titre: "Votre aide au logement et votre retard de loyer",
    ou_en_est_on: &[
        "Votre retard de loyer a atteint le niveau à partir duquel la Caf ou la MSA est prévenue.",
        "Votre aide au logement continue pendant que l’on cherche un accord.",
        "Votre propriétaire ou le FSL peut proposer un plan d’apurement : un calendrier pour rembourser peu à peu.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Répondre à la Caf ou à la MSA.",
            "Dites-leur ce que vous pouvez payer chaque mois. Sans réponse, l’aide peut s’arrêter.",
        ),
        conseil("Reprendre le loyer.", PAYER_LE_LOYER),
        conseil(
            "Signer un plan que vous pourrez tenir.",
            "Faites relire le plan avant de signer : l’ADIL le fait gratuitement.",
        ),
    ],
    avec_qui: &[Guichet::OrganismePayeur, Guichet::Fsl, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[SANS_JUGE, BONNE_FOI],
};

pub(super) static IMPAYE_DEPUIS_2027: Explication = Explication {
    code: "impaye_constitue_aide",
    titre: "Votre aide au logement et votre retard de loyer",
    ou_en_est_on: &[
        "Votre retard de loyer a atteint le niveau à partir duquel la Caf ou la MSA est prévenue.",
        "Depuis le 1er janvier 2027, votre aide au logement est en principe maintenue. Seule la commission peut décider de la suspendre.",
        "Cette décision est prise par des personnes, après un diagnostic de votre situation. Elle vous est expliquée par écrit.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Répondre à la Caf ou à la MSA.",
            "Le diagnostic se fait avec vous : il dit vos ressources, vos charges et vos démarches.",
        ),
        conseil("Reprendre le loyer.", PAYER_LE_LOYER),
        conseil(
            "Dire ce qui s’est passé.",
            "La commission tient compte de ce que vous lui expliquez.",
        ),
    ],
    avec_qui: &[Guichet::OrganismePayeur, Guichet::ServiceSocial, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[SANS_JUGE, BONNE_FOI],
};

pub(super) static CDP_SIGNIFIE: Explication = Explication {
    code: "cdp_signifie",
    titre: "Vous avez reçu un commandement de payer",
    ou_en_est_on: &[
        "Un commissaire de justice (autrefois « huissier ») vous a remis un commandement de payer. Votre propriétaire y demande de régler des loyers ou des charges dans un délai fixé par la loi.",
        "Ce n’est pas un jugement. Il ne vous oblige pas à quitter votre logement.",
        "Sans paiement ni accord, votre propriétaire pourra ensuite demander au juge de mettre fin au bail.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Vous faire conseiller dès maintenant.",
            "L’ADIL lit l’acte avec vous, gratuitement.",
        ),
        conseil("Reprendre le loyer.", PAYER_LE_LOYER),
        conseil("Proposer un accord.", ECHEANCIER),
        conseil(
            "Demander une aide.",
            "Le FSL peut aider à payer la dette. Un travailleur social monte le dossier avec vous.",
        ),
    ],
    avec_qui: &[Guichet::Adil, Guichet::Fsl, Guichet::ServiceSocial],
    avant_quand: &[Attendu {
        echeance: Echeance::FinDuCommandement,
        a_venir: "Le délai pour payer prend fin le",
        passee: "Le délai pour payer a pris fin ; un accord reste possible. Il finissait le",
        en_general: "Le délai est de six semaines pour un bail récent. Il est de deux mois pour un bail plus ancien. L’acte indique le vôtre.",
    }],
    ce_qui_ne_change_pas: &[
        SANS_JUGE,
        "Si vous payez toute la dette dans le délai, le bail continue.",
    ],
};

pub(super) static CLAUSE_ACQUISE: Explication = Explication {
    code: "clause_acquise",
    titre: "Le délai du commandement de payer est passé",
    ou_en_est_on: &[
        "Le délai donné par le commandement de payer est terminé et la dette n’est pas réglée.",
        "Votre propriétaire peut maintenant saisir le juge. Il peut aussi accepter un accord.",
        "Rien n’est encore décidé : seul le juge peut mettre fin au bail et ordonner un départ.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Reprendre le loyer.",
            "Payez le loyer en entier avant une éventuelle audience. Depuis 2023, c’est une condition pour que le juge accorde des délais.",
        ),
        conseil("Proposer un accord.", ECHEANCIER),
        conseil(
            "Demander le FSL ou le surendettement.",
            "Un travailleur social vous aide à choisir la bonne démarche.",
        ),
    ],
    avec_qui: &[Guichet::Adil, Guichet::ServiceSocial, Guichet::Fsl, Guichet::Surendettement],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[
        SANS_JUGE,
        "Un accord écrit avec votre propriétaire peut encore tout arrêter.",
    ],
};
