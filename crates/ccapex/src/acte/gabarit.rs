//! Ce qu'un acte demande : ses champs, dans l'ordre d'un formulaire. Les formulaires, la ligne de
//! commande et l'interface de programme le lisent ici, et ici seulement.

use crate::acte::codes::{
    Adhesion, Avancee, CodeDAlerte, IssueDAccueil, IssueDAppel, IssueDAvis, IssueDIndemnisation,
    IssueDeCfp, IssueDeComplexite, IssueDeDecisionSurAide, IssueDeDispositif, IssueDeGarantie,
    IssueDePriseEnCharge, IssueDuMenage, ModeDeContact, MotifDeConge, MotifDeRestriction,
    NatureDeProtection, RemiseDeLActe, SortDEcheance, SortDeLAide,
};

/// Un acte qu'on peut consigner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gabarit {
    /// Le nom écrit.
    pub nom: &'static str,
    /// L'acte, en mots.
    pub libelle: &'static str,
    /// Où le ranger dans un menu.
    pub famille: Famille,
    /// Ce que sa date veut dire.
    pub date: &'static str,
    /// Ses champs, hors date et note.
    pub champs: &'static [Champ],
}

/// Les familles d'actes, dans l'ordre où une personne les cherche.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Famille {
    /// Joindre et accompagner le ménage.
    Accompagnement,
    /// La dette et ce qui la règle.
    Dette,
    /// Le diagnostic social et financier.
    Diagnostic,
    /// La procédure devant le juge.
    Justice,
    /// Le concours de la force publique et l'expulsion.
    ForcePublique,
    /// La commission et ses partenaires.
    Commission,
    /// Ce que le ménage devient.
    Issue,
}

impl Famille {
    /// Toutes, dans l'ordre d'un menu.
    pub const TOUTES: [Self; 7] = [
        Self::Accompagnement,
        Self::Dette,
        Self::Diagnostic,
        Self::Justice,
        Self::ForcePublique,
        Self::Commission,
        Self::Issue,
    ];

    /// La famille, en mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Accompagnement => "Joindre et accompagner",
            Self::Dette => "Dette, aides et plans",
            Self::Diagnostic => "Diagnostic social et financier",
            Self::Justice => "Procédure judiciaire",
            Self::ForcePublique => "Force publique et expulsion",
            Self::Commission => "Commission et partenaires",
            Self::Issue => "Relogement et issue",
        }
    }
}

/// Un champ d'un acte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Champ {
    /// Le nom écrit.
    pub nom: &'static str,
    /// Le libellé du formulaire.
    pub libelle: &'static str,
    /// Ce qu'on y écrit.
    pub genre: Genre,
    /// L'acte n'a pas de sens sans lui.
    pub obligatoire: bool,
}

/// Ce qu'un champ accepte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// Un jour.
    Jour,
    /// Une somme, en centimes dans un fichier, en euros dans un formulaire.
    Montant,
    /// Un nombre entier, bornes comprises.
    Nombre {
        /// Le plus petit.
        min: u16,
        /// Le plus grand.
        max: u16,
    },
    /// Oui ou non.
    OuiNon,
    /// Un mot parmi ceux-ci.
    Choix(&'static [(&'static str, &'static str)]),
    /// Un code d'institution ou de service : jamais une personne.
    Code,
    /// Plusieurs codes.
    Codes,
    /// Une phrase : elle va au coffre.
    Texte,
}

const fn requis(nom: &'static str, libelle: &'static str, genre: Genre) -> Champ {
    Champ { nom, libelle, genre, obligatoire: true }
}

const fn libre(nom: &'static str, libelle: &'static str, genre: Genre) -> Champ {
    Champ { nom, libelle, genre, obligatoire: false }
}

const fn acte(
    nom: &'static str,
    famille: Famille,
    libelle: &'static str,
    date: &'static str,
    champs: &'static [Champ],
) -> Gabarit {
    Gabarit { nom, libelle, famille, date, champs }
}

const DIAGNOSTIC: &[Champ] = &[
    libre("organisme", "Organisme", Genre::Code),
    libre("mode", "Comment", Genre::Choix(ModeDeContact::CHOIX)),
];
const MANDAT: &[Champ] = &[
    libre("organisme", "Organisme", Genre::Code),
    libre("mode", "Comment", Genre::Choix(ModeDeContact::CHOIX)),
    libre("travailleur", "Travailleur social désigné", Genre::Texte),
];
const ENVOI: &[Champ] = &[
    libre("organisme", "Organisme", Genre::Code),
    libre("mode", "Comment", Genre::Choix(ModeDeContact::CHOIX)),
    libre("destinataires", "Destinataires", Genre::Texte),
];
const DEMARCHE: &[Champ] = &[
    requis("etape", "Où en est la démarche", Genre::Choix(Avancee::CHOIX)),
    libre("montant", "Montant", Genre::Montant),
    libre("jusqu_au", "Jusqu'au", Genre::Jour),
];
const INSTRUCTION: &[Champ] = &[libre("avis", "Conclusion", Genre::Choix(CONCLUSIONS))];
/// Le SIAO, ou un autre, a une solution pour le ménage.
pub const SOLUTION_TROUVEE: &str = "trouve";
/// Ce que conclut une pièce de l'instruction d'une demande de concours.
pub const CONCLUSIONS: &[(&str, &str)] = &[
    ("favorable", "favorable au concours"),
    ("defavorable", "défavorable au concours"),
    ("reserve", "réservé"),
    ("demande", "demandé, en attente"),
    (SOLUTION_TROUVEE, "solution trouvée"),
    ("aucune", "aucune solution"),
    ("fait", "fait"),
    ("absent", "ménage absent"),
];
/// L'accord de plus de cinq ans, même de trois, n'est permis par aucun texte : au-delà, une erreur de saisie.
const MOIS: Genre = Genre::Nombre { min: 1, max: 120 };
const NOTE: Champ = libre("note", "Note", Genre::Texte);

/// Tous les actes qu'on peut consigner, notices exceptées.
#[rustfmt::skip]
pub static GABARITS: &[Gabarit] = &[
    acte("contact", Famille::Accompagnement, "Tentative de contact", "Jour de la tentative", &[
        requis("mode", "Comment", Genre::Choix(ModeDeContact::CHOIX)),
        requis("issue", "Résultat", Genre::Choix(IssueDAccueil::CHOIX)),
    ]),
    acte("parole_menage", Famille::Accompagnement, "Ce que dit le ménage", "Jour de l'échange", &[
        libre("adhesion", "Adhésion à l'accompagnement", Genre::Choix(Adhesion::CHOIX)),
        libre("parole", "Ce qu'il dit", Genre::Texte),
    ]),
    acte("prise_en_charge", Famille::Accompagnement, "Prise en charge", "Jour de la réponse", &[
        requis("service", "Service", Genre::Code),
        requis("issue", "Réponse", Genre::Choix(IssueDePriseEnCharge::CHOIX)),
        libre("motif", "Motif", Genre::Texte),
    ]),
    acte("dispositif", Famille::Accompagnement, "Mesure activée", "Jour de l'étape", &[
        requis("code", "Mesure", Genre::Code),
        requis("etape", "Où elle en est", Genre::Choix(IssueDeDispositif::CHOIX)),
    ]),
    acte("mesure_protection", Famille::Accompagnement, "Mesure de protection", "Jour de la mesure", &[
        requis("nature", "Mesure", Genre::Choix(NatureDeProtection::CHOIX)),
        libre("mandataire", "Mandataire", Genre::Texte),
    ]),
    acte("dette", Famille::Dette, "Décompte de la dette", "Jour du décompte", &[
        requis("montant", "Reste dû", Genre::Montant),
    ]),
    acte("plan_apurement", Famille::Dette, "Plan d'apurement", "Jour de l'accord", &[
        requis("mensualite", "Mensualité", Genre::Montant),
        requis("echeances", "Nombre de mensualités", Genre::Nombre { min: 1, max: 240 }),
        libre("origine", "Négocié par", Genre::Code),
    ]),
    acte("echeance_plan", Famille::Dette, "Mensualité du plan", "Jour de la mensualité", &[
        requis("issue", "Mensualité", Genre::Choix(SortDEcheance::CHOIX)),
    ]),
    acte("plan_rompu", Famille::Dette, "Plan rompu", "Jour de la rupture", &[]),
    acte("plan_termine", Famille::Dette, "Plan mené à son terme", "Jour du dernier versement", &[]),
    acte("pcs", Famille::Dette, "Protocole de cohésion sociale", "Jour de la signature", &[
        requis("duree_mois", "Durée, en mois", MOIS),
    ]),
    acte("pcs_denonce", Famille::Dette, "Protocole dénoncé", "Jour de la dénonciation", &[]),
    acte("pcs_respecte", Famille::Dette, "Protocole respecté jusqu'à son terme", "Jour du terme", &[]),
    acte("fsl", Famille::Dette, "Fonds de solidarité pour le logement", "Jour de l'étape", DEMARCHE),
    acte("surendettement", Famille::Dette, "Surendettement", "Jour de l'étape", DEMARCHE),
    acte("aide_logement", Famille::Dette, "Aide au logement", "Jour de l'étape", &[
        requis("etape", "Ce qu'elle devient", Genre::Choix(SortDeLAide::CHOIX)),
    ]),
    acte("decision_aide", Famille::Commission, "Décision de la commission sur l'aide au logement", "Jour de la décision", &[
        requis("issue", "Décision", Genre::Choix(IssueDeDecisionSurAide::CHOIX)),
        libre("notifiee_le", "Notifiée à l'organisme payeur le", Genre::Jour),
        requis("motif", "Motivation", Genre::Texte),
    ]),
    acte("garantie", Famille::Dette, "Garantie du loyer", "Jour de l'étape", &[
        requis("code", "Garantie", Genre::Code),
        requis("etape", "Ce qu'elle devient", Genre::Choix(IssueDeGarantie::CHOIX)),
    ]),
    acte("dsf_demande", Famille::Diagnostic, "Diagnostic demandé à un organisme", "Jour du mandat", MANDAT),
    acte("dsf_rendez_vous", Famille::Diagnostic, "Entretien proposé", "Jour de l'entretien", DIAGNOSTIC),
    acte("porte_close", Famille::Diagnostic, "Porte close", "Jour de la visite", DIAGNOSTIC),
    acte("dsf_redige", Famille::Diagnostic, "Rubriques du diagnostic écrites", "Jour de l'écriture", &[
        requis("rubriques", "Rubriques", Genre::Codes),
    ]),
    acte("dsf_realise", Famille::Diagnostic, "Diagnostic réalisé", "Jour de la fin du diagnostic", DIAGNOSTIC),
    acte("dsf_transmis", Famille::Diagnostic, "Diagnostic transmis", "Jour de l'envoi au juge et à la commission", ENVOI),
    acte("conge", Famille::Justice, "Congé donné par le bailleur", "Jour du congé", &[
        requis("motif", "Motif", Genre::Choix(MotifDeConge::CHOIX)),
        requis("effet_au", "Prend effet le", Genre::Jour),
    ]),
    acte("audience", Famille::Justice, "Audience", "Jour de l'audience", &[
        libre("locataire_present", "Le locataire était présent", Genre::OuiNon),
        libre("renvoi_au", "Renvoyée au", Genre::Jour),
    ]),
    acte("signification_jugement", Famille::Justice, "Signification du jugement", "Jour de la signification", &[
        libre("issue", "Remise", Genre::Choix(RemiseDeLActe::CHOIX)),
    ]),
    acte("appel", Famille::Justice, "Appel", "Jour de l'appel, ou de sa suite", &[
        libre("issue", "Suite", Genre::Choix(IssueDAppel::CHOIX)),
    ]),
    acte("decision_jex", Famille::Justice, "Délais du juge de l'exécution", "Jour de la décision", &[
        libre("delai_mois", "Durée, en mois", MOIS),
        libre("jusqu_au", "Jusqu'au", Genre::Jour),
    ]),
    acte("desistement", Famille::Justice, "Désistement du bailleur", "Jour du désistement", &[]),
    acte("renonciation", Famille::Justice, "Renonciation du bailleur", "Jour de la renonciation", &[]),
    acte("tentative_expulsion", Famille::ForcePublique, "Tentative d'expulsion", "Jour du procès-verbal", INSTRUCTION),
    acte("avis_maire", Famille::ForcePublique, "Avis du maire", "Jour de l'avis", INSTRUCTION),
    acte("entretien_derniere_chance", Famille::ForcePublique, "Entretien de la dernière chance", "Jour de l'entretien", INSTRUCTION),
    acte("renseignement_police", Famille::ForcePublique, "Renseignement de la police ou de la gendarmerie", "Jour du renseignement", INSTRUCTION),
    acte("enquete_sociale", Famille::ForcePublique, "Enquête sociale", "Jour de l'enquête", INSTRUCTION),
    acte("place_siao", Famille::ForcePublique, "Place du SIAO", "Jour de la réponse", INSTRUCTION),
    acte("decision_cfp", Famille::ForcePublique, "Décision sur le concours de la force publique", "Jour de la décision", &[
        requis("issue", "Décision", Genre::Choix(IssueDeCfp::CHOIX)),
        libre("date_effet", "Prend effet le", Genre::Jour),
        libre("decideur", "Qui décide", Genre::Texte),
        libre("motif", "Motivation", Genre::Texte),
    ]),
    acte("notification_cfp", Famille::ForcePublique, "Décision sur le concours notifiée", "Jour de la notification", &[
        libre("mode", "Comment", Genre::Choix(ModeDeContact::CHOIX)),
    ]),
    acte("expulsion", Famille::ForcePublique, "Expulsion", "Jour du procès-verbal", &[
        libre("relogement_assure", "Le relogement était assuré", Genre::OuiNon),
        libre("voie_de_fait", "Entrée par voie de fait, constatée par le juge", Genre::OuiNon),
    ]),
    acte("indemnisation", Famille::ForcePublique, "Indemnisation du bailleur", "Jour de l'étape", &[
        requis("etape", "Où elle en est", Genre::Choix(IssueDIndemnisation::CHOIX)),
        libre("montant", "Montant", Genre::Montant),
    ]),
    acte("alerte", Famille::Commission, "Alerte entre partenaires", "Jour de l'alerte", &[
        requis("code", "Moment clé", Genre::Choix(CodeDAlerte::CHOIX)),
        libre("destinataires", "Destinataires", Genre::Codes),
        libre("contenu", "Ce qui se passe, ce qui est attendu", Genre::Texte),
    ]),
    acte("alerte_reponse", Famille::Commission, "Réponse à une alerte", "Jour de la réponse", &[
        requis("code", "Moment clé", Genre::Choix(CodeDAlerte::CHOIX)),
        libre("destinataires", "De la part de", Genre::Codes),
        libre("contenu", "Réponse", Genre::Texte),
    ]),
    acte("avis", Famille::Commission, "Avis de la commission", "Jour de l'avis", &[
        libre("seance", "Séance", Genre::Code),
        libre("secretariat", "Rendu par le secrétariat", Genre::OuiNon),
        requis("destinataire", "Adressé à", Genre::Code),
        requis("contenu", "Avis", Genre::Texte),
    ]),
    acte("suite", Famille::Commission, "Suite donnée à un avis", "Jour de la réponse", &[
        requis("avis", "Avis", Genre::Code),
        requis("issue", "Suite", Genre::Choix(IssueDAvis::CHOIX)),
        requis("motif", "Motif", Genre::Texte),
    ]),
    acte("cas_complexe", Famille::Commission, "Cas complexe", "Jour de la décision", &[
        requis("issue", "Décision", Genre::Choix(IssueDeComplexite::CHOIX)),
        libre("criteres", "Critères retenus", Genre::Codes),
        libre("motif", "Motif", Genre::Texte),
    ]),
    acte("acces_restreint", Famille::Commission, "Accès restreint à des personnes nommées", "Jour de la décision", &[
        requis("motif", "Raison", Genre::Choix(MotifDeRestriction::CHOIX)),
        requis("nommes", "Qui peut seul ouvrir ce dossier : identifiants de compte, codes d'organisme", Genre::Codes),
    ]),
    acte("acces_retabli", Famille::Commission, "Accès rétabli", "Jour de la décision", &[]),
    acte("dalo", Famille::Issue, "Recours DALO", "Jour de l'étape", DEMARCHE),
    acte("daho", Famille::Issue, "Recours DAHO", "Jour de l'étape", DEMARCHE),
    acte("depart", Famille::Issue, "Départ du ménage", "Jour du départ", &[]),
    acte("nouveau_bail", Famille::Issue, "Nouveau bail dans le logement", "Jour de la signature", &[
        libre("date_bail", "Date du bail, si elle est autre", Genre::Jour),
    ]),
    acte("relogement", Famille::Issue, "Relogement", "Jour de l'entrée", &[
        libre("date_bail", "Date du bail, si elle est autre", Genre::Jour),
    ]),
    acte("hebergement", Famille::Issue, "Hébergement", "Jour de l'entrée", &[
        libre("date_bail", "Date de l'entrée, si elle est autre", Genre::Jour),
    ]),
    acte("issue_menage", Famille::Issue, "Issue pour le ménage", "Jour où elle est constatée", &[
        requis("issue", "Issue", Genre::Choix(IssueDuMenage::CHOIX)),
    ]),
];

/// Le gabarit d'un acte, par son nom.
///
/// ```
/// use ccapex::acte::gabarit::gabarit;
///
/// assert_eq!(gabarit("audience").map(|g| g.libelle), Some("Audience"));
/// assert!(gabarit("exorcisme").is_none());
/// ```
#[must_use]
pub fn gabarit(nom: &str) -> Option<&'static Gabarit> {
    GABARITS.iter().find(|g| g.nom == nom)
}

impl Gabarit {
    /// Le champ de ce nom ; tout acte accepte une note.
    #[must_use]
    pub fn champ(&self, nom: &str) -> Option<&'static Champ> {
        if nom == NOTE.nom {
            return Some(&NOTE);
        }
        self.champs.iter().find(|c| c.nom == nom)
    }

    /// Les champs d'un formulaire, la note en dernier.
    pub fn tous_les_champs(&self) -> impl Iterator<Item = &'static Champ> {
        self.champs.iter().chain(std::iter::once(&NOTE))
    }
}
