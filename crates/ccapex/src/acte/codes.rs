//! Les mots qu'un acte peut porter, avec leur libellé. Les noms écrits ne changent jamais.

use serde::{Deserialize, Serialize};

/// Déclare une liste de mots : le type, son nom écrit et son libellé.
macro_rules! codes {
    ($(#[$doc:meta])* $nom:ident { $($(#[$vdoc:meta])* $variante:ident = $code:literal, $libelle:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $nom {
            $($(#[$vdoc])* #[serde(rename = $code)] $variante,)+
        }

        impl $nom {
            /// Les mots, chacun avec son libellé, dans l'ordre d'un formulaire.
            pub const CHOIX: &'static [(&'static str, &'static str)] = &[$(($code, $libelle)),+];

            /// Le nom écrit.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)+ }
            }

            /// Le libellé.
            #[must_use]
            pub fn libelle(self) -> &'static str {
                match self { $(Self::$variante => $libelle,)+ }
            }
        }
    };
}

codes! {
    /// Pourquoi un bailleur donne congé.
    MotifDeConge {
        /// Vente du logement.
        Vente = "vente", "pour vendre";
        /// Reprise pour habiter.
        Reprise = "reprise", "pour habiter";
        /// Motif légitime et sérieux.
        Serieux = "serieux", "pour un motif légitime et sérieux";
    }
}

codes! {
    /// Comment on a cherché à joindre le ménage.
    ModeDeContact {
        /// Visite à domicile.
        Visite = "visite", "visite à domicile";
        /// Courrier.
        Courrier = "courrier", "courrier";
        /// Téléphone.
        Telephone = "telephone", "téléphone";
        /// Message écrit.
        Message = "message", "courriel ou message";
        /// Entretien dans un service.
        Entretien = "entretien", "entretien dans un service";
        /// Transmission électronique.
        Electronique = "electronique", "voie électronique";
    }
}

codes! {
    /// Ce qu'une tentative de contact a donné.
    IssueDAccueil {
        /// Le ménage a répondu.
        Joint = "joint", "ménage joint";
        /// Personne n'a répondu.
        SansReponse = "sans_reponse", "sans réponse";
    }
}

codes! {
    /// Comment un acte a été remis (CPC, art. 654 à 659).
    RemiseDeLActe {
        /// À la personne elle-même.
        Personne = "personne", "à la personne";
        /// À son domicile, à quelqu'un d'autre.
        Domicile = "domicile", "à domicile";
        /// Déposé à l'étude, un avis laissé sur place.
        Etude = "etude", "à l'étude";
        /// Procès-verbal de recherches : personne ne sait où elle est.
        Recherches = "recherches", "procès-verbal de recherches";
    }
}

codes! {
    /// Ce qu'un appel est devenu.
    IssueDAppel {
        /// Jugement confirmé.
        Confirmation = "confirmation", "jugement confirmé";
        /// Jugement infirmé : plus d'expulsion ordonnée.
        Infirmation = "infirmation", "jugement infirmé";
        /// Exécution provisoire arrêtée par le premier président (CPC, art. 514-3).
        ArretExecution = "arret_execution", "exécution provisoire arrêtée";
        /// Appel abandonné ou irrecevable.
        Abandon = "abandon", "appel abandonné ou irrecevable";
    }
}

codes! {
    /// Ce que le préfet décide d'une demande de concours.
    IssueDeCfp {
        /// Accordé.
        Accord = "accord", "concours accordé";
        /// Refusé.
        Refus = "refus", "concours refusé";
        /// Accord retiré.
        Revocation = "revocation", "accord retiré";
    }
}

codes! {
    /// Ce que le juge décide.
    IssueDeDecision {
        /// Délais de paiement : la clause est suspendue.
        Delais = "delais", "délais accordés, clause suspendue";
        /// Bail résilié, expulsion ordonnée.
        Resiliation = "resiliation", "bail résilié, expulsion ordonnée";
        /// Demande rejetée ou irrecevable.
        Rejet = "rejet", "demande rejetée";
        /// Désistement constaté.
        Desistement = "desistement", "désistement constaté";
    }
}

codes! {
    /// Ce qu'une mensualité est devenue.
    SortDEcheance {
        /// Payée.
        Payee = "payee", "payée";
        /// Manquée.
        Manquee = "manquee", "manquée";
    }
}

codes! {
    /// Où en est une démarche : FSL, DALO, DAHO, surendettement.
    Avancee {
        /// Dossier déposé.
        Depose = "depose", "déposé";
        /// Accordé.
        Accord = "accord", "accordé";
        /// Refusé.
        Refus = "refus", "refusé";
        /// Reconnu prioritaire et urgent.
        Prioritaire = "prioritaire", "reconnu prioritaire";
        /// Recours rejeté.
        Rejet = "rejet", "rejeté";
        /// Dossier de surendettement recevable.
        Recevable = "recevable", "recevable";
        /// Dossier de surendettement irrecevable.
        Irrecevable = "irrecevable", "irrecevable";
        /// Mesures de la commission de surendettement, ou plan conventionnel.
        Mesures = "mesures", "plan ou mesures";
        /// Dettes effacées.
        Effacement = "effacement", "dettes effacées";
        /// Le juge suspend l'expulsion (C. conso., art. L. 722-6 s.).
        SuspensionExpulsion = "suspension_expulsion", "expulsion suspendue par le juge";
        /// Une offre est faite au ménage.
        Offre = "offre", "offre faite";
        /// Le ménage est relogé ou hébergé.
        Relogement = "relogement", "relogé";
        /// Clos sans suite.
        SansSuite = "sans_suite", "clos sans suite";
    }
}

codes! {
    /// Ce que devient l'aide au logement.
    SortDeLAide {
        /// Droits ouverts.
        Ouverte = "ouverte", "droits ouverts";
        /// Versement suspendu.
        Suspendue = "suspendue", "versement suspendu";
        /// Maintenue malgré l'impayé.
        Maintenue = "maintenue", "maintenue";
        /// Versement rétabli.
        Retablie = "retablie", "rétablie";
    }
}

codes! {
    /// Ce que la commission décide de l'aide au logement.
    IssueDeDecisionSurAide {
        /// Suspendre.
        Suspension = "suspension", "suspension de l'aide";
        /// Maintenir.
        Maintien = "maintien", "maintien de l'aide";
    }
}

codes! {
    /// Ce que devient une garantie.
    IssueDeGarantie {
        /// Déclarée.
        Declaree = "declaree", "déclarée";
        /// Mobilisée.
        Mobilisee = "mobilisee", "mobilisée";
        /// Levée.
        Levee = "levee", "levée";
    }
}

codes! {
    /// La réponse d'un service à qui un ménage est confié.
    IssueDePriseEnCharge {
        /// Proposée.
        Proposee = "proposee", "proposée";
        /// Acceptée.
        Acceptee = "acceptee", "acceptée";
        /// Refusée.
        Refusee = "refusee", "refusée";
        /// Terminée.
        Terminee = "terminee", "terminée";
    }
}

codes! {
    /// Ce que devient une mesure activée.
    IssueDeDispositif {
        /// Activée.
        Active = "active", "activée";
        /// Sans suite.
        SansSuite = "sans_suite", "sans suite";
        /// Aboutie.
        Abouti = "abouti", "aboutie";
    }
}

codes! {
    /// Les neuf moments clés de la charte (action 4).
    CodeDAlerte {
        /// Suspension des aides de la Caf.
        SuspensionAide = "suspension_aide", "suspension de l'aide au logement";
        /// Changement important de situation, ou demandes d'aide répétées.
        ChangementSituation = "changement_situation", "changement de situation ou demandes d'aide répétées";
        /// Portes closes au diagnostic.
        PorteClose = "porte_close", "portes closes au diagnostic";
        /// Absence du ménage à l'audience.
        AbsenceAudience = "absence_audience", "absence à l'audience";
        /// Dossier complexe à coordonner.
        DossierComplexe = "dossier_complexe", "dossier complexe à coordonner";
        /// Protocole ou nouveau bail signé.
        ProtocoleOuBail = "protocole_ou_bail", "protocole ou nouveau bail signé";
        /// Risque de rupture d'un protocole ou d'un plan.
        RisqueDeRupture = "risque_de_rupture", "risque de rupture d'un protocole ou d'un plan";
        /// Refus d'une mutation.
        RefusMutation = "refus_mutation", "refus d'une mutation";
        /// Déni en phase contentieuse.
        Deni = "deni", "déni en phase contentieuse";
    }
}

codes! {
    /// Ce qu'un destinataire a fait d'un avis.
    IssueDAvis {
        /// Suivi.
        Suivi = "suivi", "suivi";
        /// Suivi en partie.
        Partiel = "partiel", "suivi en partie";
        /// Non suivi.
        NonSuivi = "non_suivi", "non suivi";
    }
}

codes! {
    /// Une mesure de protection des majeurs.
    NatureDeProtection {
        /// Tutelle.
        Tutelle = "tutelle", "tutelle";
        /// Curatelle.
        Curatelle = "curatelle", "curatelle";
        /// Sauvegarde de justice.
        Sauvegarde = "sauvegarde", "sauvegarde de justice";
        /// Habilitation familiale.
        Habilitation = "habilitation", "habilitation familiale";
        /// Mesure d'accompagnement.
        Accompagnement = "accompagnement", "mesure d'accompagnement (MASP, MAJ)";
        /// Levée de la mesure.
        Levee = "levee", "mesure levée";
    }
}

codes! {
    /// Où en est une demande d'indemnisation.
    IssueDIndemnisation {
        /// Demandée.
        Demande = "demande", "demandée";
        /// Réglée par transaction.
        Transaction = "transaction", "transaction";
        /// Rejetée.
        Rejet = "rejet", "rejetée";
    }
}

codes! {
    /// Ce que le ménage est devenu.
    IssueDuMenage {
        /// Il reste dans son logement.
        Maintien = "maintien", "maintien dans le logement";
        /// Il est relogé.
        Relogement = "relogement", "relogement";
        /// Il est hébergé.
        Hebergement = "hebergement", "hébergement";
        /// Il a trouvé seul.
        SolutionPersonnelle = "solution_personnelle", "solution personnelle";
        /// Personne ne sait.
        SansNouvelles = "sans_nouvelles", "sans nouvelles";
        /// Décès.
        Deces = "deces", "décès";
    }
}

codes! {
    /// Ce que dit le ménage de l'accompagnement.
    Adhesion {
        /// Il y adhère.
        Oui = "oui", "adhère à l'accompagnement";
        /// Il hésite.
        Hesite = "hesite", "hésite";
        /// Il n'y adhère pas.
        Non = "non", "n'adhère pas";
    }
}

codes! {
    /// Ce qu'une personne décide d'un cas proposé comme complexe.
    IssueDeComplexite {
        /// Porté devant la commission.
        Retenu = "retenu", "retenu : à porter devant la commission";
        /// Suivi ordinaire.
        Ecarte = "ecarte", "écarté : suivi ordinaire";
    }
}

codes! {
    /// Pourquoi un dossier n'est ouvert qu'à des personnes nommées.
    MotifDeRestriction {
        /// Violences au foyer, adresse à taire.
        Violences = "violences", "violences, adresse à taire";
        /// Élu, agent public, personne connue du public.
        PersonnePublique = "personne_publique", "élu, agent public ou personne connue";
        /// Le ménage est connu d'une personne d'un service.
        ConnuDUnAgent = "connu_d_un_agent", "ménage connu d'un agent";
        /// Autre raison, dite dans la note.
        Autre = "autre", "autre raison, dite dans la note";
    }
}
