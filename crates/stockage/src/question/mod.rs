//! Les rapprochements douteux, qu'une personne confirme ou écarte.

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::{Lecture, Perimetre};
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Sql, Stockage, sql};
use crate::echec::Echec;
use crate::liste::perimetre;

/// « Est-ce le même ménage ? », entre un dossier et un candidat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VueQuestion {
    /// Son numéro, attribué par le compteur `question`.
    pub id: i64,
    /// Le dossier ouvert par la notice.
    pub dossier: DossierId,
    /// Le dossier qui lui ressemble.
    pub candidat: DossierId,
    /// La place du candidat, le meilleur d'abord.
    pub rang: i64,
    /// Les raisons, en JSON.
    pub motifs: String,
    /// Ce qui a été répondu.
    pub etat: EtatDeQuestion,
    /// L'instant où elle a été posée.
    pub creee_le: Timestamp,
}

noms_ecrits!(
    /// Ce qui a été répondu à une question de rapprochement.
    EtatDeQuestion {
        /// Sans réponse.
        Ouverte = "ouverte",
        /// Même ménage : les dossiers sont joints.
        Jointe = "jointe",
        /// Ménages différents.
        Ecartee = "ecartee",
    }
);

impl DepuisLigne for VueQuestion {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            dossier: DossierId(l.entier("dossier")?),
            candidat: DossierId(l.entier("candidat")?),
            rang: l.entier("rang")?,
            motifs: l.texte("motifs")?,
            etat: EtatDeQuestion::lu(&l.texte("etat")?)?,
            creee_le: l.instant("creee_le")?,
        })
    }
}

impl VueQuestion {
    pub(crate) fn en_ligne(self) -> [Valeur; 7] {
        [
            self.id.into(),
            self.dossier.into(),
            self.candidat.into(),
            self.rang.into(),
            self.motifs.into(),
            self.etat.into(),
            self.creee_le.into(),
        ]
    }
}

impl Stockage {
    /// Les questions d'un dossier, comme dossier ou comme candidat.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn questions(&self, lecture: &Lecture) -> Result<Vec<VueQuestion>, Echec> {
        self.base.lire(sql!("du_dossier.sql"), valeurs![lecture.dossier()]).await
    }

    /// La file des rapprochements à confirmer, les plus anciens d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn questions_ouvertes(
        &self,
        du: &Perimetre,
        apres: Option<i64>,
        limite: i64,
    ) -> Result<Vec<VueQuestion>, Echec> {
        let mut requete = perimetre::avec_les_dossiers(du, include_str!("avec_dossier.sql"));
        requete.texte(" AND q.etat = 'ouverte' AND q.id > ").valeur(apres.unwrap_or(0));
        requete.texte(" ORDER BY q.id LIMIT ").valeur(limite);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Une question, par son numéro, avant l'habilitation sur ses dossiers.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe pas.
    pub async fn question(&self, id: i64) -> Result<VueQuestion, Echec> {
        self.base.lire_une(sql!("une.sql"), valeurs![id]).await?.ok_or(Echec::Introuvable)
    }
}
