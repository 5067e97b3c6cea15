//! De l'assignation à la signification du jugement.

use super::texte::{Attendu, Echeance, Explication, Guichet, conseil};

const TREVE: &str = "Du 1er novembre au 31 mars, la trêve hivernale protège la plupart des ménages : l’expulsion n’a pas lieu.";
const PREFET: &str = "Un départ forcé suppose un jugement, puis un commandement de quitter les lieux. Seul le préfet peut accorder l’aide de la police.";
const APPEL: Attendu = Attendu {
    echeance: Echeance::Appel,
    a_venir: "Le délai pour faire appel finit le",
    passee: "Le délai pour faire appel a fini le",
    en_general: "L’appel se fait dans le mois qui suit la remise du jugement, ou dans les quinze jours pour une ordonnance de référé. L’acte remis indique votre délai.",
};

pub(super) static ASSIGNATION: Explication = Explication {
    code: "assignation_delivree",
    titre: "Vous êtes convoqué devant le juge : venez à l’audience",
    ou_en_est_on: &[
        "Vous avez reçu une assignation. C’est une convocation devant le juge qui s’occupe des litiges de logement.",
        "Votre propriétaire demande la fin du bail. Le juge vous écoutera avant de décider.",
        "Un travailleur social peut faire avec vous un diagnostic social et financier. Le juge le lit avant l’audience.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Aller à l’audience.",
            "Les ménages présents obtiennent bien plus souvent des délais. Si vous ne pouvez pas venir, prévenez le tribunal et faites-vous représenter.",
        ),
        conseil(
            "Reprendre le loyer avant l’audience.",
            "Depuis 2023, le juge n’accorde de délais que si le loyer du mois est de nouveau payé en entier.",
        ),
        conseil(
            "Demander des délais au juge.",
            "Il peut accorder jusqu’à trois ans pour rembourser. Demandez aussi que la fin du bail soit suspendue : il ne le fait que si on le lui demande.",
        ),
        conseil(
            "Accepter le rendez-vous du diagnostic.",
            "C’est l’occasion de dire votre situation avec vos mots.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Adil, Guichet::Avocat],
    avant_quand: &[Attendu {
        echeance: Echeance::Audience,
        a_venir: "L’audience est fixée au",
        passee: "L’audience était fixée au",
        en_general: "L’assignation porte la date, l’heure et le lieu de l’audience. Elle est connue au moins six semaines à l’avance.",
    }],
    ce_qui_ne_change_pas: &["Tant que le juge n’a pas décidé, vous restez chez vous.", PREFET],
};

pub(super) static AUDIENCE: Explication = Explication {
    code: "audience",
    titre: "L’audience a eu lieu : le juge va décider",
    ou_en_est_on: &[
        "Le juge a entendu l’affaire. Il rend sa décision à une date annoncée à l’audience.",
        "Il peut accorder des délais, refuser la demande de votre propriétaire ou mettre fin au bail.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Continuer à payer le loyer.",
            "Ce que vous payez maintenant compte, quelle que soit la décision.",
        ),
        conseil(
            "Dire pourquoi vous étiez absent.",
            "Si vous n’étiez pas à l’audience, contactez vite le tribunal, l’ADIL ou un avocat.",
        ),
        conseil(
            "Poursuivre vos démarches.",
            "FSL, surendettement, demande de logement social : elles restent utiles.",
        ),
    ],
    avec_qui: &[Guichet::Adil, Guichet::ServiceSocial, Guichet::Avocat],
    avant_quand: &[],
    ce_qui_ne_change_pas: &["Tant que la décision n’est pas rendue, vous restez chez vous.", TREVE],
};

pub(super) static DELAIS_ACCORDES: Explication = Explication {
    code: "delais_accordes_clause_suspendue",
    titre: "Le juge vous a accordé des délais",
    ou_en_est_on: &[
        "Le juge vous laisse du temps pour rembourser. La fin du bail est suspendue pendant ce temps.",
        "Si le loyer et chaque mensualité sont payés à l’heure, le bail continue comme avant.",
        "Un seul versement manqué peut faire reprendre la procédure.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Payer le loyer et la mensualité à la date fixée.",
            "Un virement automatique peut vous y aider. Gardez les preuves.",
        ),
        conseil(
            "Prévenir avant un retard.",
            "Parlez-en tout de suite à votre propriétaire et à un travailleur social. Un accord écrit vaut mieux qu’un silence.",
        ),
        conseil(
            "Vérifier votre aide au logement.",
            "Dites à la Caf ou à la MSA que le juge a fixé un plan : l’aide peut reprendre ou continuer.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::OrganismePayeur, Guichet::Adil],
    avant_quand: &[Attendu {
        echeance: Echeance::FinDesDelais,
        a_venir: "Les délais accordés courent jusqu’au",
        passee: "Les délais accordés ont pris fin le",
        en_general: "La durée des délais est écrite dans le jugement. Elle ne dépasse pas trois ans.",
    }],
    ce_qui_ne_change_pas: &[
        "Tant que les délais sont tenus, personne ne peut demander votre départ pour cette dette.",
    ],
};

pub(super) static REJET: Explication = Explication {
    code: "rejet_demande",
    titre: "Le juge n’a pas suivi votre propriétaire",
    ou_en_est_on: &[
        "Le juge a rejeté la demande de votre propriétaire. Votre bail continue.",
        "La dette, s’il en reste une, n’a pas disparu. Votre propriétaire peut faire appel ou recommencer une procédure.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Lire le jugement avec l’ADIL.",
            "Elle vous dit ce qu’il reste à payer et ce qui peut arriver ensuite.",
        ),
        conseil(
            "Régler ce qui reste.",
            "Proposez un échéancier par écrit et payez le loyer du mois.",
        ),
        conseil("Demander le FSL.", "Il peut encore aider à solder la dette."),
    ],
    avec_qui: &[Guichet::Adil, Guichet::Fsl, Guichet::ServiceSocial],
    avant_quand: &[],
    ce_qui_ne_change_pas: &["Votre bail vous protège, comme avant."],
};

pub(super) static EXPULSION_ORDONNEE: Explication = Explication {
    code: "resiliation_expulsion_ordonnee",
    titre: "Le juge a mis fin au bail : des recours et des délais existent",
    ou_en_est_on: &[
        "Le juge a mis fin au bail et permis une expulsion. Celle-ci n’est pas pour aujourd’hui.",
        "D’abord, le jugement vous sera remis. Ensuite viendra un commandement de quitter les lieux, qui laisse en général deux mois.",
        "La somme due chaque mois pour le logement s’appelle désormais une indemnité d’occupation.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Vous faire conseiller vite.",
            "Un avocat ou l’ADIL vous dit si un appel est utile. L’appel n’arrête pas le jugement à lui seul.",
        ),
        conseil(
            "Préparer un relogement.",
            "Déposez ou mettez à jour une demande de logement social. Avec ce jugement, vous pouvez faire un recours DALO, le droit au logement opposable.",
        ),
        conseil(
            "Continuer à payer chaque mois.",
            "C’est utile pour obtenir du temps, garder l’aide au logement et négocier.",
        ),
    ],
    avec_qui: &[Guichet::Avocat, Guichet::Adil, Guichet::ServiceSocial, Guichet::Dalo],
    avant_quand: &[APPEL],
    ce_qui_ne_change_pas: &[PREFET, TREVE],
};

pub(super) static JUGEMENT_SIGNIFIE: Explication = Explication {
    code: "jugement_signifie",
    titre: "Le jugement vous a été remis",
    ou_en_est_on: &[
        "Un commissaire de justice vous a remis le jugement qui met fin au bail. À partir de ce jour, le délai pour faire appel court.",
        "La suite possible est un commandement de quitter les lieux, qui laisse en général deux mois.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Voir un avocat sans attendre.",
            "L’aide juridictionnelle peut payer ses honoraires selon vos revenus. L’appel n’arrête pas le jugement à lui seul.",
        ),
        conseil(
            "Faire un recours DALO.",
            "La commission de médiation peut reconnaître que votre relogement est prioritaire. Elle répond en trois mois environ.",
        ),
        conseil(
            "Proposer un accord.",
            "Votre propriétaire peut encore accepter un plan. Un bailleur social peut signer un protocole de cohésion sociale, qui suspend l’expulsion.",
        ),
    ],
    avec_qui: &[Guichet::Avocat, Guichet::Dalo, Guichet::ServiceSocial, Guichet::Adil],
    avant_quand: &[APPEL],
    ce_qui_ne_change_pas: &[PREFET, TREVE],
};
