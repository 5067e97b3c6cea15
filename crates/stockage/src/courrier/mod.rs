//! Les lettres d'un dossier ou d'une notice, et l'état de chacune.

use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::partenaires::habilitation::{Lecture, Perimetre, Portee};
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Sql, Stockage, sql};
use crate::echec::Echec;
use crate::liste::perimetre;

pub mod filtre;

/// Une lettre, telle qu'elle se lit dans une liste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VueCourrier {
    /// Son numéro, attribué par le compteur `courrier`.
    pub id: i64,
    /// Le dossier ; aucun pour la question posée sur une notice sans dossier.
    pub dossier: Option<DossierId>,
    /// La notice à laquelle elle répond.
    pub notice: Option<NoticeId>,
    /// Le modèle de lettre.
    pub modele: String,
    /// Le destinataire, selon le modèle : `bailleur`, `locataire`, `maire`, `emetteur`…
    pub destinataire: String,
    /// Par où elle part.
    pub canal: Canal,
    /// Où elle en est.
    pub etat: EtatDeCourrier,
    /// L'instant où elle a été préparée.
    pub prepare_le: Timestamp,
    /// L'instant de son dernier changement d'état.
    pub change_le: Timestamp,
    /// Une précision : la raison d'un échec ou d'un retour.
    pub detail: String,
}

noms_ecrits!(
    /// Par où part une lettre.
    Canal {
        /// Imprimée et postée.
        Papier = "papier",
        /// Par courriel.
        Courriel = "courriel",
    }
);

noms_ecrits!(
    /// Où en est une lettre.
    EtatDeCourrier {
        /// Prête, pas encore partie.
        Prepare = "prepare",
        /// Imprimée.
        Imprime = "imprime",
        /// Partie.
        Envoye = "envoye",
        /// Le destinataire a répondu.
        Repondu = "repondu",
        /// Revenue : inconnu à l'adresse, refusée.
        Retourne = "retourne",
        /// Le courriel n'est pas parti.
        Echec = "echec",
        /// Elle n'a plus lieu d'être : la notice a été corrigée ou complétée.
        Annule = "annule",
    }
);

impl DepuisLigne for VueCourrier {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            dossier: l.entier_ou_rien("dossier")?.map(DossierId),
            notice: l.entier_ou_rien("notice")?.map(NoticeId),
            modele: l.texte("modele")?,
            destinataire: l.texte("destinataire")?,
            canal: Canal::lu(&l.texte("canal")?)?,
            etat: EtatDeCourrier::lu(&l.texte("etat")?)?,
            prepare_le: l.instant("prepare_le")?,
            change_le: l.instant("change_le")?,
            detail: l.texte("detail")?,
        })
    }
}

impl VueCourrier {
    pub(crate) fn en_ligne(self) -> [Valeur; 10] {
        [
            self.id.into(),
            self.dossier.into(),
            self.notice.into(),
            self.modele.into(),
            self.destinataire.into(),
            self.canal.into(),
            self.etat.into(),
            self.prepare_le.into(),
            self.change_le.into(),
            self.detail.into(),
        ]
    }
}

impl Stockage {
    /// Les lettres d'un dossier ; pour une étude, celles qui lui répondent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn courriers_du_dossier(
        &self,
        lecture: &Lecture,
        du: &Perimetre,
    ) -> Result<Vec<VueCourrier>, Echec> {
        let courriers: Vec<VueCourrier> =
            self.base.lire(sql!("du_dossier.sql"), valeurs![lecture.dossier()]).await?;
        match lecture.portee() {
            Portee::Entier => Ok(courriers),
            Portee::SaPart => {
                let siennes = self.notices_du_dossier(lecture, du).await?;
                Ok(courriers
                    .into_iter()
                    .filter(|c| {
                        let repond = siennes.iter().any(|n| Some(n.id) == c.notice);
                        (c.destinataire != "emetteur" && c.destinataire != "locataire") || repond
                    })
                    .filter(|c| c.destinataire != "locataire")
                    .collect())
            }
        }
    }

    /// Les lettres de ces dossiers dans cet état, dans l'ordre de leur préparation.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn courriers_des_dossiers(
        &self,
        du: &Perimetre,
        references: &[String],
        etat: EtatDeCourrier,
    ) -> Result<Vec<VueCourrier>, Echec> {
        let mut requete = perimetre::avec_les_dossiers(du, include_str!("avec_dossier.sql"));
        requete.texte(" AND c.etat = ").valeur(etat).texte(" AND d.reference IN (");
        for (i, reference) in references.iter().enumerate() {
            requete.texte(if i == 0 { "" } else { ", " }).valeur(reference.as_str());
        }
        requete.texte(if references.is_empty() { "NULL)" } else { ")" }).texte(" ORDER BY c.id");
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Les lettres, dans cet état, sur des notices sans dossier : au secrétariat, ou à la sous-commission
    /// de la notice.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn courriers_sans_dossier(
        &self,
        du: &Perimetre,
        etat: EtatDeCourrier,
        apres: Option<i64>,
        limite: i64,
    ) -> Result<Vec<VueCourrier>, Echec> {
        let mut requete = perimetre::des_notices(du, include_str!("avec_notice.sql"));
        requete.texte(" AND c.dossier IS NULL AND c.etat = ").valeur(etat);
        requete.texte(" AND c.id > ").valeur(apres.unwrap_or(0));
        requete.texte(" ORDER BY c.id LIMIT ").valeur(limite);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Une lettre, par son numéro, avant l'habilitation sur son dossier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe pas.
    pub async fn courrier(&self, id: i64) -> Result<VueCourrier, Echec> {
        self.base.lire_une(sql!("un.sql"), valeurs![id]).await?.ok_or(Echec::Introuvable)
    }
}
