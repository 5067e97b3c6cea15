//! Le registre de ce qui a été reçu, ligne par ligne.

use std::collections::BTreeMap;

use ccapex::identifiants::{DossierId, NoticeId, PieceId};
use ccapex::partenaires::habilitation::{Lecture, Perimetre, Portee};
use jiff::Timestamp;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Sql, Stockage, sql, sql_par_moteur};
use crate::echec::Echec;
use crate::liste::perimetre;

/// Une ligne reçue, telle qu'elle s'écrit : aucune identité, elle est au coffre sous le même numéro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeEcrite {
    /// Son numéro, attribué par le compteur `notice`.
    pub id: NoticeId,
    /// La pièce d'où elle vient.
    pub piece: PieceId,
    /// Son rang dans la pièce, toutes feuilles confondues.
    pub ordre: i64,
    /// La ligne de la pièce où elle commence.
    pub ligne: i64,
    /// La feuille du classeur ; vide hors d'un classeur.
    pub feuille: String,
    /// Le profil qui l'a reçue.
    pub profil: String,
    /// L'émetteur, normalisé.
    pub emetteur: String,
    /// La nature de l'acte.
    pub nature: String,
    /// La référence que l'émetteur lui donne.
    pub reference: String,
    /// L'empreinte de son contenu canonique : la même ligne reçue deux fois a la même.
    pub empreinte: [u8; 16],
    /// L'empreinte de (émetteur, nature, référence), si elle a une référence.
    pub empreinte_reference: Option<[u8; 16]>,
    /// La sous-commission de sa commune ; vide tant qu'elle est inconnue.
    pub sous_commission: String,
    /// Ce qu'elle est devenue : les mots du contrat.
    pub statut: String,
    /// Le motif de ce statut.
    pub motif: String,
    /// Le dossier ouvert ou rejoint.
    pub dossier: Option<DossierId>,
    /// Comment elle l'a rejoint : `nouveau`, `certain`, `a_confirmer`, ou rien.
    pub rapprochement: String,
    /// Le contenu, en JSON.
    pub contenu: String,
    /// L'instant de la réception.
    pub recu_le: Timestamp,
}

/// Ce que devient une notice déjà reçue, une fois complétée ou rattachée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteDeNotice {
    /// La notice.
    pub notice: NoticeId,
    /// La sous-commission de sa commune.
    pub sous_commission: String,
    /// Son nouveau statut.
    pub statut: String,
    /// Le motif.
    pub motif: String,
    /// Son dossier.
    pub dossier: Option<DossierId>,
    /// Comment elle l'a rejoint.
    pub rapprochement: String,
}

/// Une ligne déjà reçue : elle renvoie à la première.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doublon {
    /// La pièce qui la répète.
    pub piece: PieceId,
    /// Son rang dans cette pièce.
    pub ordre: i64,
    /// La ligne de cette pièce.
    pub ligne: i64,
    /// La feuille.
    pub feuille: String,
    /// La notice répétée.
    pub notice: NoticeId,
}

/// Ce qui est devenu d'une ligne d'une pièce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resultat {
    /// Le rang de la ligne dans la pièce.
    pub ordre: i64,
    /// La ligne.
    pub ligne: i64,
    /// La feuille du classeur.
    pub feuille: String,
    /// Inscrite par cette ligne, ou déjà reçue et répétée par elle.
    pub recue: Recue,
    /// La notice inscrite ou répétée.
    pub notice: NoticeEcrite,
}

/// Une ligne reçue pour la première fois, ou répétée.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recue {
    /// Cette ligne a inscrit la notice.
    PremiereFois,
    /// Cette ligne répète une notice déjà inscrite.
    Deja,
}

impl DepuisLigne for NoticeEcrite {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: NoticeId(l.entier("id")?),
            piece: PieceId(l.entier("piece")?),
            ordre: l.entier("ordre")?,
            ligne: l.entier("ligne")?,
            feuille: l.texte("feuille")?,
            profil: l.texte("profil")?,
            emetteur: l.texte("emetteur")?,
            nature: l.texte("nature")?,
            reference: l.texte("reference")?,
            empreinte: l.empreinte("empreinte")?,
            empreinte_reference: match l.octets_ou_rien("empreinte_reference")? {
                Some(_) => Some(l.empreinte("empreinte_reference")?),
                None => None,
            },
            sous_commission: l.texte("sous_commission")?,
            statut: l.texte("statut")?,
            motif: l.texte("motif")?,
            dossier: l.entier_ou_rien("dossier")?.map(DossierId),
            rapprochement: l.texte("rapprochement")?,
            contenu: l.texte("contenu")?,
            recu_le: l.instant("recu_le")?,
        })
    }
}

impl DepuisLigne for Resultat {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            ordre: l.entier("r_ordre")?,
            ligne: l.entier("r_ligne")?,
            feuille: l.texte("r_feuille")?,
            recue: if l.oui("r_deja")? { Recue::Deja } else { Recue::PremiereFois },
            notice: NoticeEcrite::depuis(l)?,
        })
    }
}

impl NoticeEcrite {
    /// Une autre a été reçue à sa place : elle reste au registre, et ne compte plus.
    #[must_use]
    pub fn est_remplacee(&self) -> bool {
        self.motif == "corrigee"
    }
}

impl Connexion {
    /// Les notices d'un profil qui ont l'une de ces empreintes.
    pub(crate) async fn notices_par_empreinte(
        &mut self,
        profil: &str,
        empreintes: &[[u8; 16]],
    ) -> Result<BTreeMap<[u8; 16], NoticeEcrite>, Echec> {
        let sql = sql_par_moteur!("par_empreinte");
        let notices: Vec<NoticeEcrite> =
            self.lire(sql, valeurs![profil, en_hexadecimal(empreintes)?]).await?;
        Ok(notices.into_iter().map(|notice| (notice.empreinte, notice)).collect())
    }

    /// Pour chaque référence d'émetteur, la dernière notice reçue sous elle : une correction suit l'autre.
    pub(crate) async fn notices_par_reference(
        &mut self,
        profil: &str,
        empreintes: &[[u8; 16]],
    ) -> Result<BTreeMap<[u8; 16], NoticeEcrite>, Echec> {
        let sql = sql_par_moteur!("par_reference");
        let notices: Vec<NoticeEcrite> =
            self.lire(sql, valeurs![profil, en_hexadecimal(empreintes)?]).await?;
        Ok(notices
            .into_iter()
            .filter_map(|notice| notice.empreinte_reference.map(|e| (e, notice)))
            .collect())
    }
}

/// Des empreintes dans la forme que les deux moteurs savent déplier.
fn en_hexadecimal(empreintes: &[[u8; 16]]) -> Result<String, Echec> {
    Ok(serde_json::to_string(&empreintes.iter().map(hex::encode).collect::<Vec<_>>())?)
}

/// Ce qui fait attendre une notice (`n`) dans la file « à compléter » : une notice remplacée n'y est plus.
pub(crate) const ATTEND: &str = " AND n.statut = 'incomplet' AND n.motif <> 'corrigee'";

impl Stockage {
    /// Une notice, par son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] hors du périmètre, ou si elle n'existe pas.
    pub async fn notice(&self, du: &Perimetre, notice: NoticeId) -> Result<NoticeEcrite, Echec> {
        let mut requete = perimetre::des_notices(du, include_str!("colonnes.sql"));
        requete.texte(" AND n.id = ").valeur(notice.0);
        let lue: Option<NoticeEcrite> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let lue = lue.ok_or(Echec::Introuvable)?;
        releve::notice(lue.id.0, lue.dossier);
        Ok(lue)
    }

    /// Les notices d'un dossier, dans l'ordre où elles sont arrivées ; pour une étude, les siennes.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notices_du_dossier(
        &self,
        lecture: &Lecture,
        du: &Perimetre,
    ) -> Result<Vec<NoticeEcrite>, Echec> {
        match lecture.portee() {
            Portee::Entier => {
                self.base.lire(sql!("du_dossier.sql"), valeurs![lecture.dossier()]).await
            }
            Portee::SaPart => {
                let mut requete = Requete::default();
                requete.texte(include_str!("colonnes.sql")).texte(" WHERE n.profil = ");
                requete.valeur(du.profil());
                perimetre::ses_notices(du, &mut requete);
                requete.texte(" AND n.dossier = ").valeur(lecture.dossier().0);
                requete.texte(" ORDER BY n.id");
                self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
            }
        }
    }

    /// La file « à compléter » : les notices qu'on ne peut pas encore traiter, les plus anciennes d'abord.
    ///
    /// Une notice sans dossier est au secrétariat central, et à l'émetteur qui l'a envoyée.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notices_a_completer(
        &self,
        du: &Perimetre,
        apres: Option<NoticeId>,
        limite: i64,
    ) -> Result<Vec<NoticeEcrite>, Echec> {
        let mut requete = perimetre::des_notices(du, include_str!("colonnes.sql"));
        requete.texte(ATTEND).texte(" AND n.id > ").valeur(apres.map_or(0, |n| n.0));
        requete.texte(" ORDER BY n.id LIMIT ").valeur(limite);
        let lues: Vec<NoticeEcrite> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        lues.iter().for_each(|lue| releve::notice(lue.id.0, lue.dossier));
        Ok(lues)
    }

    /// Combien de notices de ce périmètre attendent d'être complétées : la longueur de
    /// [`Stockage::notices_a_completer`].
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn combien_a_completer(&self, du: &Perimetre) -> Result<i64, Echec> {
        let mut requete = perimetre::des_notices(du, "SELECT COUNT(*) AS n FROM notice n");
        requete.texte(ATTEND);
        let n = self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(n.unwrap_or_default())
    }

    /// Ce que sont devenues les lignes d'une pièce, dans l'ordre de la pièce, après ce rang.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn resultats(
        &self,
        piece: PieceId,
        apres: Option<i64>,
        limite: i64,
    ) -> Result<Vec<Resultat>, Echec> {
        let valeurs = valeurs![piece, apres.unwrap_or(-1), limite];
        let lus: Vec<Resultat> = self.base.lire(sql!("resultats.sql"), valeurs).await?;
        lus.iter().for_each(|lu| releve::notice(lu.notice.id.0, lu.notice.dossier));
        Ok(lus)
    }
}
