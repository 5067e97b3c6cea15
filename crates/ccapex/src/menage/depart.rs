//! Du commandement de quitter les lieux à la réponse du préfet.

use super::texte::{Attendu, Conseil, Echeance, Explication, Guichet, conseil};

const TREVE: &str = "Du 1er novembre au 31 mars, la trêve hivernale protège la plupart des ménages : l’expulsion n’a pas lieu.";
const NI_DIMANCHE: &str = "Une expulsion ne se fait ni un dimanche, ni un jour férié, ni la nuit. Seul un commissaire de justice peut y procéder.";
const JUGE: Conseil = conseil(
    "Demander du temps au juge de l’exécution.",
    "Il peut accorder d’un mois à un an, renouvelable, pour préparer un relogement. Montrez-lui vos recherches et vos paiements.",
);
const RELOGEMENT: Conseil = conseil(
    "Chercher un relogement par toutes les voies.",
    "Demande de logement social, recours DALO, demande au SIAO : un travailleur social peut les faire avec vous.",
);
const PAYER: Conseil = conseil(
    "Payer chaque mois l’indemnité d’occupation.",
    "Le juge, le préfet et les bailleurs sociaux regardent ces paiements.",
);
const FIN_DU_CQL: Attendu = Attendu {
    echeance: Echeance::FinDuCql,
    a_venir: "Le délai pour quitter le logement prend fin le",
    passee: "Le délai pour quitter le logement a pris fin le",
    en_general: "Le délai est en général de deux mois. Il peut être plus court ou plus long si le juge l’a décidé.",
};

pub(super) static CQL_SIGNIFIE: Explication = Explication {
    code: "cql_signifie",
    titre: "Vous avez reçu un commandement de quitter les lieux",
    ou_en_est_on: &[
        "Un commissaire de justice vous a remis un commandement de quitter les lieux. Il vous laisse un délai, en général deux mois.",
        "Pendant ce délai, personne ne peut vous faire partir de force.",
        "Après ce délai, votre propriétaire peut demander au préfet l’aide de la police.",
    ],
    ce_que_vous_pouvez_faire: &[
        JUGE,
        RELOGEMENT,
        PAYER,
        conseil(
            "Proposer un accord.",
            "Même à ce moment, un plan ou un protocole de cohésion sociale peut tout arrêter.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Adil, Guichet::Dalo, Guichet::Siao],
    avant_quand: &[FIN_DU_CQL],
    ce_qui_ne_change_pas: &[NI_DIMANCHE, TREVE],
};

pub(super) static DELAI_EXPIRE: Explication = Explication {
    code: "delai_cql_expire",
    titre: "Le délai pour quitter le logement est passé",
    ou_en_est_on: &[
        "Le délai du commandement de quitter les lieux est terminé.",
        "Un commissaire de justice peut se présenter. Si vous ne partez pas, il demande au préfet l’aide de la police.",
        "Depuis 2023, rester plus de deux mois après ce commandement peut dans certains cas donner lieu à une amende. Cela ne vaut ni pendant la trêve hivernale, ni tant que le juge examine une demande de délais, ni dans un logement social. L’ADIL vous dit si cela vous concerne.",
    ],
    ce_que_vous_pouvez_faire: &[JUGE, RELOGEMENT, PAYER],
    avec_qui: &[Guichet::Adil, Guichet::ServiceSocial, Guichet::Dalo, Guichet::Siao],
    avant_quand: &[FIN_DU_CQL],
    ce_qui_ne_change_pas: &[NI_DIMANCHE, TREVE],
};

pub(super) static CFP_DEMANDE: Explication = Explication {
    code: "cfp_demande",
    titre: "Le préfet est saisi d’une demande d’expulsion",
    ou_en_est_on: &[
        "Votre propriétaire a demandé au préfet l’aide de la police pour vous faire partir. Cela s’appelle le concours de la force publique.",
        "Le préfet examine votre situation : le maire, les services sociaux et la commission sont consultés. Il peut accepter ou refuser.",
        "Sans réponse au bout de deux mois, la demande est refusée. Le préfet peut encore l’accorder plus tard.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Venir au rendez-vous proposé.",
            "La préfecture ou la mairie peut vous inviter à un entretien. Dites-y vos démarches, votre santé et vos enfants si vous le souhaitez.",
        ),
        JUGE,
        RELOGEMENT,
        conseil(
            "Dire tout changement.",
            "Un emploi, une naissance, une offre de logement : prévenez le secrétariat de la commission.",
        ),
    ],
    avec_qui: &[Guichet::Commission, Guichet::ServiceSocial, Guichet::Siao, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[NI_DIMANCHE, TREVE],
};

pub(super) static CFP_ACCORDE: Explication = Explication {
    code: "cfp_accorde",
    titre: "Le préfet a accordé l’aide de la police : préparons la suite ensemble",
    ou_en_est_on: &[
        "Le préfet a accepté la demande de votre propriétaire. Une expulsion est possible à partir d’une date fixée par sa décision.",
        "Des services peuvent encore vous aider à partir dans de bonnes conditions et à trouver où dormir.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Appeler le service social aujourd’hui.",
            "Il peut demander pour vous un logement prioritaire ou un hébergement.",
        ),
        conseil(
            "Appeler le 115.",
            "Le SIAO cherche une place d’hébergement. L’appel est gratuit, jour et nuit.",
        ),
        JUGE,
        conseil(
            "Mettre vos papiers et vos affaires à l’abri.",
            "Papiers d’identité, livret de famille, ordonnances, affaires des enfants : gardez-les avec vous.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Siao, Guichet::Adil, Guichet::Ccas],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[NI_DIMANCHE, TREVE],
};

pub(super) static CFP_REFUSE: Explication = Explication {
    code: "cfp_refuse",
    titre: "Le préfet n’a pas accordé l’aide de la police",
    ou_en_est_on: &[
        "La demande de votre propriétaire est refusée pour le moment. Vous restez dans le logement.",
        "Le jugement existe toujours. Votre propriétaire peut demander à nouveau, et le préfet peut changer d’avis.",
        "L’État peut indemniser votre propriétaire. Cela n’efface pas ce que vous devez.",
    ],
    ce_que_vous_pouvez_faire: &[
        conseil(
            "Utiliser ce temps.",
            "C’est le moment d’obtenir un relogement ou un accord écrit.",
        ),
        RELOGEMENT,
        PAYER,
        conseil(
            "Demander à rester.",
            "Si la dette baisse, votre propriétaire peut proposer un plan, un protocole ou un nouveau bail.",
        ),
    ],
    avec_qui: &[Guichet::ServiceSocial, Guichet::Dalo, Guichet::Adil],
    avant_quand: &[],
    ce_qui_ne_change_pas: &[NI_DIMANCHE, TREVE],
};
