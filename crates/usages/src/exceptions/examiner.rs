//! Examiner les accès exceptionnels : les lire, dire s'ils étaient justifiés, y mettre fin.

use ccapex::notice::Identite;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::Timestamp;
use stockage::exception::Exception;

use super::ouvrir::RAISON;
use crate::echec::Echec;
use crate::maison::Maison;
use crate::registre::consulter::geste_en_mots;

/// Un accès, tel que le délégué le lit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionVue {
    /// Ce qui en est gardé.
    pub exception: Exception,
    /// Le rôle d'alors, en mots.
    pub role: String,
    /// Le motif, en mots.
    pub motif: String,
    /// Où il en est.
    pub etat: Etat,
}

/// Où en est un accès.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etat {
    /// Il ouvre le dossier.
    EnCours,
    /// Son heure est passée.
    Finie,
    /// Quelqu'un y a mis fin.
    Arretee,
    /// La référence n'ouvrait rien.
    SansSuite,
}

/// Un accès en détail : la raison écrite, et ce qui a été lu et écrit pendant ce temps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionDetaillee {
    /// L'accès.
    pub vue: ExceptionVue,
    /// La raison, dans les mots de la personne ; vide une fois effacée.
    pub raison: String,
    /// L'instant, le geste en mots, la page.
    pub acces: Vec<(Timestamp, String, String)>,
}

/// Ce que le délégué en dit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Avis {
    /// L'urgence était réelle, et l'accès proportionné.
    Justifie,
    /// Il ne l'était pas : la suite revient à l'organisme de la personne.
    NonJustifie,
}

impl Avis {
    /// Tous.
    pub const TOUS: [Self; 2] = [Self::Justifie, Self::NonJustifie];

    /// Le nom écrit.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Justifie => "justifie",
            Self::NonJustifie => "non_justifie",
        }
    }

    /// L'avis de ce nom.
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|avis| avis.code() == code)
    }

    /// En mots.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Justifie => "justifié",
            Self::NonJustifie => "non justifié",
        }
    }
}

const LIMITE: i64 = 500;

/// Les accès exceptionnels du profil, les derniers d'abord.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'est pas délégué.
pub async fn lister(
    maison: &Maison,
    agent: &Agent,
    maintenant: Timestamp,
) -> Result<Vec<ExceptionVue>, Echec> {
    agent.examine_les_exceptions()?;
    let toutes = maison.stockage.exceptions(&agent.profil, LIMITE).await?;
    toutes.into_iter().map(|e| vue(maison, e, maintenant)).collect()
}

/// Un accès, en détail. Sa raison parle souvent du ménage : la lire s'inscrit.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'est pas délégué ; introuvable hors de son profil.
pub async fn detailler(
    maison: &Maison,
    agent: &Agent,
    id: i64,
    maintenant: Timestamp,
) -> Result<ExceptionDetaillee, Echec> {
    agent.examine_les_exceptions()?;
    let exception = maison.stockage.exception(id, &agent.profil).await?;
    let mut acces = Vec::new();
    if let Some(dossier) = exception.dossier {
        let situation = maison.stockage.situation_par_id(dossier).await?;
        let controle = agent.peut_controler(&situation.situation())?;
        for ligne in maison.stockage.acces_pendant(&controle, &exception, LIMITE).await? {
            acces.push((ligne.quand, geste_en_mots(&ligne.geste).to_owned(), ligne.objet));
        }
    }
    let garde: Identite = serde_json::from_str(&exception.raison).unwrap_or_default();
    let raison = garde.textes.get(RAISON).cloned().unwrap_or_default();
    Ok(ExceptionDetaillee { vue: vue(maison, exception, maintenant)?, raison, acces })
}

/// Met fin à un accès avant l'heure. Rend `false` s'il était déjà fini.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'est pas délégué.
pub async fn finir(
    maison: &Maison,
    agent: &Agent,
    id: i64,
    maintenant: Timestamp,
) -> Result<bool, Echec> {
    let controle = controle(maison, agent, id).await?;
    Ok(maison.stockage.finir_une_exception(&controle, agent, id, maintenant).await?)
}

/// Garde l'avis du délégué. Rend `false` si un avis était déjà donné : il reste.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'est pas délégué.
pub async fn examiner(
    maison: &Maison,
    agent: &Agent,
    id: i64,
    avis: Avis,
    maintenant: Timestamp,
) -> Result<bool, Echec> {
    let controle = controle(maison, agent, id).await?;
    let stockage = &maison.stockage;
    Ok(stockage.examiner_une_exception(&controle, agent, id, avis.code(), maintenant).await?)
}

/// Combien d'accès attendent d'être examinés ; rien pour qui ne les examine pas.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn a_examiner(maison: &Maison, agent: &Agent) -> Result<Option<i64>, Echec> {
    match agent.examine_les_exceptions() {
        Ok(()) => Ok(Some(maison.stockage.exceptions_a_examiner(&agent.profil).await?)),
        Err(_) => Ok(None),
    }
}

async fn controle(
    maison: &Maison,
    agent: &Agent,
    id: i64,
) -> Result<ccapex::partenaires::controle::Controle, Echec> {
    agent.examine_les_exceptions()?;
    let exception = maison.stockage.exception(id, &agent.profil).await?;
    let Some(dossier) = exception.dossier else {
        return Err(Echec::Refus(
            "Cet essai n'a rien ouvert : il n'y a ni accès à finir, ni lecture à examiner. Il reste dans la liste."
                .to_owned(),
        ));
    };
    let situation = maison.stockage.situation_par_id(dossier).await?;
    Ok(agent.peut_controler(&situation.situation())?)
}

fn vue(
    maison: &Maison,
    exception: Exception,
    maintenant: Timestamp,
) -> Result<ExceptionVue, Echec> {
    let profil = maison.profil(&exception.profil)?;
    let motif = profil.acces_exceptionnel.motif(&exception.motif);
    Ok(ExceptionVue {
        role: Role::de_code(&exception.role).map_or("", Role::libelle).to_owned(),
        motif: motif.unwrap_or(&exception.motif).to_owned(),
        etat: match (&exception.dossier, exception.finie_par) {
            (None, _) => Etat::SansSuite,
            (Some(_), Some(_)) => Etat::Arretee,
            (Some(_), None) if exception.fin > maintenant => Etat::EnCours,
            (Some(_), None) => Etat::Finie,
        },
        exception,
    })
}
