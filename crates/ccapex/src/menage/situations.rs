//! Ce qui court à côté de la procédure et change ce que le ménage peut faire.

use super::texte::{Attendu, Echeance, Explication, Guichet, conseil};

pub(super) static DIAGNOSTIC: Explication = Explication {
    code: "dsf_en_cours",
    titre: "Un diagnostic vous est proposé avant l’audience",
    ou_en_est_on: &[
        "Un organisme est chargé de faire avec vous un diagnostic social et financier.",
        "Il y est question de vos ressources, de vos charges, de la dette et de vos projets. Le juge et la commission le lisent. Vous le recevez, et votre propriétaire aussi.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Accepter le rendez-vous.",
            "Il peut se faire chez vous, dans un service ou par téléphone.",
        ),
        conseil(
            "Apporter vos papiers.",
            "Revenus, charges, courriers du propriétaire, preuves de paiement.",
        ),
        conseil(
            "Dire ce que vous pensez.",
            "Vos observations sont écrites dans le diagnostic, avec vos mots.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Adil],
    avant_quand: &[Attendu {
        echeance: Echeance::Audience,
        a_venir: "L’audience est fixée au",
        passee: "L’audience était fixée au",
        en_general: "Le diagnostic est envoyé au juge au moins cinq jours ouvrés avant l’audience.",
    }],
    ce_qui_ne_change_pas: &[
        "Ne pas y répondre ne vous fait perdre aucun droit devant le juge. Y répondre aide presque toujours.",
    ],
};

pub(super) static PLAN: Explication = Explication {
    code: "plan_apurement",
    titre: "Vous avez un plan pour rembourser",
    ou_en_est_on: &[
        "Un plan d’apurement est un calendrier : une somme chaque mois, en plus du loyer.",
        "Tant qu’il est tenu, il est la meilleure protection de votre logement.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Payer le loyer et la mensualité à la date prévue.",
            "Gardez une preuve de chaque versement.",
        ),
        conseil(
            "Prévenir avant un retard.",
            "Un plan se renégocie. Parlez-en avant la date, pas après.",
        ),
        conseil(
            "Signaler tout changement.",
            "Si vos revenus baissent, la Caf ou la MSA et le FSL peuvent revoir leur aide.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::OrganismePayeur, Guichet::Fsl],
    avant_quand: &[Attendu {
        echeance: Echeance::FinDuPlan,
        a_venir: "La dernière mensualité est prévue vers le",
        passee: "La dernière mensualité était prévue vers le",
        en_general: "Le plan dit la date de chaque versement et celle du dernier.",
    }],
    ce_qui_ne_change_pas: &["Un plan tenu jusqu’au bout règle la dette."],
};

pub(super) static AIDE_AVANT_2027: Explication = Explication {
    code: "aide_suspendue",
    titre: "Votre aide au logement est suspendue",
    ou_en_est_on: &[
        "La Caf ou la MSA a arrêté de verser votre aide au logement à cause de l’impayé.",
        "Elle peut reprendre si un plan est trouvé ou si le loyer est de nouveau payé.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Contacter la Caf ou la MSA.",
            "Demandez pourquoi l’aide est arrêtée et ce qu’il faut pour qu’elle reprenne.",
        ),
        conseil("Proposer un plan.", "Un travailleur social ou le FSL peut le préparer avec vous."),
        conseil(
            "Contester si vous n’êtes pas d’accord.",
            "La décision dit comment faire un recours. L’ADIL peut vous aider à l’écrire.",
        ),
    ],
    avec_qui: &[Guichet::OrganismePayeur, Guichet::ServiceSocial, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &["La suspension de l’aide ne met pas fin au bail."],
};

pub(super) static AIDE_DEPUIS_2027: Explication = Explication {
    code: "aide_suspendue",
    titre: "Votre aide au logement est suspendue",
    ou_en_est_on: &[
        "Depuis le 1er janvier 2027, c’est la commission qui décide de maintenir ou de suspendre l’aide. Elle explique pourquoi par écrit.",
        "La suspension commence le premier jour du mois qui suit l’envoi de la décision à la Caf ou à la MSA.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Lire les raisons de la décision.",
            "Elles disent ce qui a compté et comment faire un recours.",
        ),
        conseil(
            "Dire ce qui a changé.",
            "Un paiement, un plan, un emploi : prévenez la commission et la Caf ou la MSA.",
        ),
        conseil("Reprendre le loyer.", "C’est le premier pas pour demander que l’aide reprenne."),
    ],
    avec_qui: &[Guichet::Commission, Guichet::OrganismePayeur, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &["La suspension de l’aide ne met pas fin au bail."],
};

pub(super) static SURENDETTEMENT: Explication = Explication {
    code: "surendettement",
    titre: "Vous avez déposé un dossier de surendettement",
    ou_en_est_on: &[
        "La commission de surendettement de la Banque de France étudie l’ensemble de vos dettes.",
        "Si votre dossier est accepté, votre aide au logement peut reprendre et la dette de loyer entre dans le plan.",
        "Cela n’arrête pas l’expulsion à lui seul : seul un juge peut la suspendre, pour deux ans au plus.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Dire qu’une expulsion est en cours.",
            "La commission de surendettement peut demander au juge de la suspendre. Vous pouvez aussi le demander vous-même.",
        ),
        conseil(
            "Payer le loyer du mois.",
            "Les loyers à venir ne sont pas dans le dossier de surendettement.",
        ),
        conseil(
            "Prévenir le juge et votre propriétaire.",
            "Donnez-leur une copie de la décision de la Banque de France.",
        ),
    ],
    avec_qui: &[Guichet::Surendettement, Guichet::ServiceSocial, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[
        "Votre dossier de surendettement reste à l’étude, quelle que soit la suite de la procédure.",
    ],
};

pub(super) static DELAIS_DU_JUGE: Explication = Explication {
    code: "delai_jex",
    titre: "Le juge vous a laissé du temps pour partir",
    ou_en_est_on: &[
        "Le juge vous a accordé des délais pour quitter le logement. Jusqu’à leur fin, personne ne peut vous faire partir de force.",
        "Ce temps sert à trouver un autre logement.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Respecter ce que le juge a demandé.",
            "Le plus souvent, payer chaque mois l’indemnité d’occupation.",
        ),
        conseil(
            "Avancer le relogement.",
            "Demande de logement social, recours DALO, SIAO. Gardez la preuve de chaque démarche.",
        ),
        conseil(
            "Revenir devant le juge avant la fin.",
            "Il peut renouveler les délais si vos recherches n’ont pas abouti.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Dalo, Guichet::Avocat],
    avant_quand: &[Attendu {
        echeance: Echeance::FinDesDelaisDuJuge,
        a_venir: "Les délais du juge courent jusqu’au",
        passee: "Les délais du juge ont pris fin le",
        en_general: "La décision du juge dit la durée : d’un mois à un an depuis 2023.",
    }],
    ce_qui_ne_change_pas: &[
        "Pendant ces délais, le préfet ne peut pas faire exécuter l’expulsion.",
    ],
};

pub(super) static PROTOCOLE: Explication = Explication {
    code: "pcs",
    titre: "Vous avez signé un protocole de cohésion sociale",
    ou_en_est_on: &[
        "Votre bailleur social s’est engagé à ne pas vous expulser tant que le protocole est respecté. Vous vous êtes engagé à payer chaque mois.",
        "Votre aide au logement peut reprendre pendant le protocole.",
        "S’il est respecté jusqu’au bout, un nouveau bail vous est proposé dans les trois mois.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil("Payer à la date prévue.", "Gardez la preuve de chaque versement."),
        conseil(
            "Prévenir en cas de difficulté.",
            "Le protocole peut être revu. Parlez-en au bailleur avant de manquer un versement.",
        ),
        conseil("Vérifier votre aide au logement.", "Donnez le protocole à la Caf ou à la MSA."),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::OrganismePayeur, Guichet::Adil],
    avant_quand: &[Attendu {
        echeance: Echeance::FinDuProtocole,
        a_venir: "Le protocole va jusqu’au",
        passee: "Le protocole allait jusqu’au",
        en_general: "Le protocole dure en général deux ans. Il peut être prolongé.",
    }],
    ce_qui_ne_change_pas: &["Tant que le protocole est respecté, l’expulsion est suspendue."],
};

pub(super) static DALO: Explication = Explication {
    code: "dalo",
    titre: "Vous avez fait un recours DALO",
    ou_en_est_on: &[
        "La commission de médiation examine si votre relogement, ou votre hébergement, est prioritaire. Elle répond en trois mois environ pour un logement, en six semaines pour un hébergement.",
        "Ce recours n’arrête pas la procédure à lui seul.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil("Envoyer les papiers demandés.", "Un dossier complet est examiné plus vite."),
        conseil(
            "Signaler tout changement d’adresse ou de téléphone.",
            "Une offre de logement peut arriver à tout moment.",
        ),
        conseil(
            "Demander du temps au juge.",
            "Si vous êtes reconnu prioritaire, dites-le au juge de l’exécution : il en tient compte.",
        ),
    ],
    avec_qui: &[Guichet::Dalo, Guichet::ServiceSocial, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[
        "Votre demande de logement social garde son ancienneté. Renouvelez-la chaque année.",
    ],
};

pub(super) static TREVE: Explication = Explication {
    code: "treve_active",
    titre: "La trêve hivernale vous protège",
    ou_en_est_on: &[
        "Du 1er novembre au 31 mars, une expulsion n’a pas lieu, même si le juge l’a ordonnée.",
        "La procédure, elle, continue : les audiences, les jugements et les courriers ne s’arrêtent pas.",
        "Quelques situations ne sont pas protégées, par exemple un relogement adapté déjà assuré ou une entrée par la force dans le logement. L’ADIL vous dit si vous l’êtes.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil("Utiliser ces mois.", "Cherchez un accord ou un relogement dès maintenant."),
        conseil("Payer chaque mois.", "La dette continue pendant la trêve."),
        conseil("Répondre aux courriers.", "Les délais courent aussi en hiver."),
    ],
    avec_qui: &[Guichet::Adil, Guichet::ServiceSocial, Guichet::Dalo],
    avant_quand: &[Attendu {
        echeance: Echeance::FinDeLaTreve,
        a_venir: "La trêve prend fin le",
        passee: "La trêve a pris fin le",
        en_general: "La trêve va du 1er novembre au 31 mars, ces deux jours compris.",
    }],
    ce_qui_ne_change_pas: &["Après la trêve, un départ forcé suppose toujours l’accord du préfet."],
};
