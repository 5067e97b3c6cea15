//! La forme d'une explication.

/// Ce qu'on dit à un ménage. Aucune donnée personnelle, aucune somme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explication {
    /// Le nom du stade ou de la situation.
    pub code: &'static str,
    /// Le titre, adressé au ménage.
    pub titre: &'static str,
    /// Où il en est.
    pub ou_en_est_on: &'static [&'static str],
    /// Ce qu'il peut faire, le plus utile d'abord.
    pub ce_que_vous_pouvez_faire: &'static [Conseil],
    /// Avec qui.
    pub avec_qui: &'static [Guichet],
    /// Avant quand.
    pub avant_quand: &'static [Attendu],
    /// Ce qui reste vrai, et rassure.
    pub ce_qui_ne_change_pas: &'static [&'static str],
}

/// Une chose à faire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conseil {
    /// Le geste, en quelques mots.
    pub quoi: &'static str,
    /// Comment, ou pourquoi.
    pub comment: &'static str,
}

/// Une date qui compte : ce qu'on en dit quand on la connaît, et ce qu'on en sait pour tout le monde.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attendu {
    /// Laquelle.
    pub echeance: Echeance,
    /// La phrase qui précède la date, quand elle est à venir : « L’audience est fixée au ».
    pub a_venir: &'static str,
    /// La même, quand elle est passée.
    pub passee: &'static str,
    /// Ce qu'on en dit sans connaître le dossier.
    pub en_general: &'static str,
}

/// Les jours qu'un dossier peut donner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Echeance {
    /// Dernier jour pour payer après un commandement.
    FinDuCommandement,
    /// L'audience.
    Audience,
    /// Dernier jour des délais de paiement du juge.
    FinDesDelais,
    /// Délai d'appel : il dépend de l'acte, le programme ne le calcule pas.
    Appel,
    /// Dernier jour après un commandement de quitter les lieux.
    FinDuCql,
    /// Dernier jour des délais du juge de l'exécution.
    FinDesDelaisDuJuge,
    /// Dernier jour de la trêve.
    FinDeLaTreve,
    /// Fin du plan d'apurement.
    FinDuPlan,
    /// Dernier jour du protocole.
    FinDuProtocole,
    /// Deux mois pour reprendre ses meubles : le procès-verbal le dit.
    Meubles,
}

/// Une porte où trouver de l'aide. Ses coordonnées viennent du profil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guichet {
    /// Agence d'information sur le logement.
    Adil,
    /// Fonds de solidarité.
    Fsl,
    /// Travailleur social.
    ServiceSocial,
    /// Banque de France.
    Surendettement,
    /// Mairie ou CCAS.
    Ccas,
    /// Secrétariat de la commission.
    Commission,
    /// Hébergement d'urgence.
    Siao,
    /// Caf ou MSA.
    OrganismePayeur,
    /// Avocat et aide juridictionnelle.
    Avocat,
    /// Commission de médiation.
    Dalo,
}

impl Guichet {
    /// Tous.
    pub const TOUS: [Self; 10] = [
        Self::Adil,
        Self::Fsl,
        Self::ServiceSocial,
        Self::Surendettement,
        Self::Ccas,
        Self::Commission,
        Self::Siao,
        Self::OrganismePayeur,
        Self::Avocat,
        Self::Dalo,
    ];

    /// Le code du contact dans le profil.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Adil => "adil",
            Self::Fsl => "fsl",
            Self::ServiceSocial => "service_social",
            Self::Surendettement => "surendettement",
            Self::Ccas => "ccas",
            Self::Commission => "commission",
            Self::Siao => "siao",
            Self::OrganismePayeur => "organisme_payeur",
            Self::Avocat => "avocat",
            Self::Dalo => "dalo",
        }
    }

    /// Son nom, quand le profil n'en donne pas.
    #[must_use]
    pub fn nom(self) -> &'static str {
        match self {
            Self::Adil => "Agence départementale d’information sur le logement (ADIL)",
            Self::Fsl => "Fonds de solidarité pour le logement (FSL)",
            Self::ServiceSocial => "Service social de votre secteur",
            Self::Surendettement => "Commission de surendettement, Banque de France",
            Self::Ccas => "Mairie ou centre communal d’action sociale (CCAS)",
            Self::Commission => "Secrétariat de la commission",
            Self::Siao => "SIAO, numéro d’appel 115",
            Self::OrganismePayeur => "Caf ou MSA",
            Self::Avocat => "Un avocat ou un point-justice, numéro d’appel 3039",
            Self::Dalo => "Commission de médiation (DALO), à la préfecture",
        }
    }

    /// Ce qu'on y trouve.
    #[must_use]
    pub fn role(self) -> &'static str {
        match self {
            Self::Adil => "vos droits, gratuitement",
            Self::Fsl => "une aide pour payer une dette de loyer ou un déménagement",
            Self::ServiceSocial => "un travailleur social vous accompagne",
            Self::Surendettement => "si vous ne pouvez plus payer plusieurs dettes",
            Self::Ccas => "des aides locales et de l’écoute",
            Self::Commission => "un point sur votre situation",
            Self::Siao => "une solution d’hébergement",
            Self::OrganismePayeur => "votre aide au logement",
            Self::Avocat => "vous défendre ; l’aide juridictionnelle peut payer ses honoraires",
            Self::Dalo => "faire reconnaître que votre relogement est prioritaire",
        }
    }
}

impl Explication {
    /// Toutes ses phrases, pour les relire.
    pub fn phrases(&self) -> impl Iterator<Item = &'static str> {
        [self.titre]
            .into_iter()
            .chain(self.ou_en_est_on.iter().copied())
            .chain(self.ce_que_vous_pouvez_faire.iter().flat_map(|c| [c.quoi, c.comment]))
            .chain(self.avant_quand.iter().map(|a| a.en_general))
            .chain(self.ce_qui_ne_change_pas.iter().copied())
    }
}

/// Un conseil, en une ligne.
pub(super) const fn conseil(quoi: &'static str, comment: &'static str) -> Conseil {
    Conseil { quoi, comment }
}
