//! Ce qu'on a demandé à l'émetteur d'une notice : quand, à qui, en quels mots, pour quand.

use ccapex::identifiants::NoticeId;
use ccapex::partenaires::habilitation::{Depot, Perimetre};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Sql, Stockage, sql};
use crate::depart::{DEMANDE, EtatDeDepart};
use crate::echec::Echec;
use crate::liste::perimetre;

/// Une demande faite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demande {
    /// Son numéro.
    pub id: i64,
    /// La notice où il manquait quelque chose.
    pub notice: NoticeId,
    /// Quand elle a été faite.
    pub le: Timestamp,
    /// L'adresse écrite ; vide quand la personne a demandé autrement.
    pub a: String,
    /// L'objet.
    pub objet: String,
    /// Le texte.
    pub corps: String,
    /// Le jour où la réponse est attendue.
    pub avant_le: Date,
    /// Le nom de qui l'a faite ; vide si son compte n'existe plus.
    pub par: String,
    /// Où en est le courriel que Seuil en a fait ; rien quand la personne a écrit elle-même.
    pub depart: Option<EtatDeDepart>,
}

/// Une demande à faire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AFaire {
    /// La notice où il manque quelque chose.
    pub notice: NoticeId,
    /// L'adresse ; vide quand la personne a demandé autrement.
    pub a: String,
    /// L'objet.
    pub objet: String,
    /// Le texte.
    pub corps: String,
    /// Le jour où la réponse est attendue.
    pub avant_le: Date,
    /// Qui l'envoie.
    pub voie: Voie,
}

/// Qui envoie une demande.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voie {
    /// Seuil, par sa boîte de départ.
    Seuil,
    /// La personne, de sa messagerie, par téléphone ou par courrier.
    Personne,
}

struct Texte(String);

impl DepuisLigne for Texte {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("a")?))
    }
}

impl DepuisLigne for Demande {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            notice: NoticeId(l.entier("notice")?),
            le: l.instant("le")?,
            a: l.texte("a")?,
            objet: l.texte("objet")?,
            corps: l.texte("corps")?,
            avant_le: l.jour("avant_le")?,
            par: l.texte_ou_rien("par_nom")?.unwrap_or_default(),
            depart: l.texte_ou_rien("depart_etat")?.map(|e| EtatDeDepart::lu(&e)).transpose()?,
        })
    }
}

impl Stockage {
    /// Inscrit une demande, et prépare son courriel quand Seuil l'envoie.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn demander(
        &self,
        depot: &Depot,
        demande: &AFaire,
        quand: Timestamp,
    ) -> Result<i64, Echec> {
        let AFaire { notice, a, objet, corps, avant_le, voie } = demande;
        let mut connexion = self.base.ecrire().await?;
        let depart = match voie {
            Voie::Personne => None,
            Voie::Seuil => {
                let id = connexion.numeroter("depart", 1).await?;
                let etat = EtatDeDepart::EnAttente;
                let valeurs =
                    valeurs![id, DEMANDE, a.as_str(), objet.as_str(), corps.as_str(), etat, quand];
                connexion.executer(sql!("../depart/preparer.sql"), valeurs).await?;
                Some(id)
            }
        };
        let id = connexion.numeroter("demande", 1).await?;
        let valeurs = valeurs![
            id,
            *notice,
            depot.agent(),
            quand,
            a.as_str(),
            objet.as_str(),
            corps.as_str(),
            *avant_le,
            depart
        ];
        connexion.executer(sql!("inscrire.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Les demandes faites sur ces notices, dans leur ordre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn demandes(
        &self,
        du: &Perimetre,
        notices: &[NoticeId],
    ) -> Result<Vec<Demande>, Echec> {
        if notices.is_empty() {
            return Ok(Vec::new());
        }
        let mut requete = perimetre::des_notices(du, include_str!("des_notices.sql"));
        requete.texte(" AND n.id IN (");
        for (i, notice) in notices.iter().enumerate() {
            requete.texte(if i == 0 { "" } else { ", " }).valeur(*notice);
        }
        requete.texte(") ORDER BY q.id");
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// La dernière adresse où l'on a écrit à cet émetteur.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn adresse_de_l_emetteur(
        &self,
        du: &Perimetre,
        emetteur: &str,
    ) -> Result<Option<String>, Echec> {
        let mut requete = perimetre::des_notices(du, include_str!("adresse.sql"));
        requete.texte(" AND n.emetteur = ").valeur(emetteur);
        requete.texte(" AND q.a <> '' ORDER BY q.id DESC LIMIT 1");
        let lue: Option<Texte> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(lue.map(|texte| texte.0))
    }

    /// La notice que vise un courriel de demande ; rien hors du périmètre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notice_demandee(
        &self,
        du: &Perimetre,
        depart: i64,
    ) -> Result<Option<NoticeId>, Echec> {
        let mut requete = perimetre::des_notices(du, include_str!("du_depart.sql"));
        requete.texte(" AND q.depart = ").valeur(depart);
        let lue: Option<i64> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(lue.map(NoticeId))
    }
}
