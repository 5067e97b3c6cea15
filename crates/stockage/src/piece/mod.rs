//! Les pièces, gardées telles que reçues, chiffrées dès qu'une clé est donnée.

pub mod cles;

mod rechiffrer;

use ccapex::identifiants::{AgentId, PieceId};
use ccapex::partenaires::habilitation::{Depot, Perimetre, Vue};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::requete::Requete;
use crate::base::valeur::valeurs;
use crate::base::{Sql, Stockage, sql};
use crate::echec::Echec;
use crate::liste::perimetre;
use cles::{Cle, Place};

/// Une pièce reçue, sans ses octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Son numéro.
    pub id: PieceId,
    /// Le profil qui l'a reçue.
    pub profil: String,
    /// L'empreinte SHA-256 de ses octets, en hexadécimal.
    pub empreinte: String,
    /// Son nom de fichier.
    pub nom: String,
    /// L'émetteur, normalisé ; vide si le fichier le dit lui-même.
    pub emetteur: String,
    /// La nature demandée ; vide si elle se reconnaît aux en-têtes.
    pub nature: String,
    /// Sa taille, en octets.
    pub taille: i64,
    /// L'instant de la réception.
    pub recu_le: Timestamp,
    /// Qui l'a déposée.
    pub deposant: AgentId,
    /// Où en est son traitement.
    pub etat: EtatDePiece,
    /// Où elle a été refusée.
    pub endroit: String,
    /// Pourquoi elle a été refusée.
    pub motif: String,
    /// Ses lignes traitées.
    pub traitees: i64,
    /// Ses lignes en tout, une fois connues.
    pub total: Option<i64>,
}

noms_ecrits!(
    /// Où en est une pièce.
    EtatDePiece {
        /// Gardée, pas encore lue.
        Recu = "recu",
        /// En cours de traitement.
        EnCours = "en_cours",
        /// Toutes ses lignes sont au registre.
        Termine = "termine",
        /// Refusée en entier, et gardée.
        Refuse = "refuse",
    }
);

/// Ce qu'on dépose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceADeposer {
    /// Le nom du fichier.
    pub nom: String,
    /// L'émetteur, normalisé ; vide si le fichier le dit lui-même.
    pub emetteur: String,
    /// La nature demandée ; vide si elle se reconnaît aux en-têtes.
    pub nature: String,
    /// L'empreinte SHA-256 des octets, en hexadécimal, calculée pendant l'arrivée.
    pub empreinte: String,
    /// L'instant de la réception.
    pub recu_le: Timestamp,
    /// Ce qui s'en garde.
    pub garde: Garde,
}

/// Ce qui se garde d'une pièce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Garde {
    /// Ses octets, tels que reçus.
    Entiere,
    /// Son nom, son empreinte et son heure : le contenu est dangereux.
    SaTraceSeule,
}

/// Ce qu'un dépôt a donné.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Depose {
    /// La pièce est nouvelle.
    Nouvelle(Piece),
    /// Les mêmes octets ont déjà été reçus pour ce profil et cette nature.
    Connue(Piece),
}

/// Un mégaoctet : ce qu'un dépôt ou une lecture tient en mémoire.
const MORCEAU: usize = 1 << 20;

impl DepuisLigne for Piece {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: PieceId(l.entier("id")?),
            profil: l.texte("profil")?,
            empreinte: l.texte("empreinte")?,
            nom: l.texte("nom")?,
            emetteur: l.texte("emetteur")?,
            nature: l.texte("nature")?,
            taille: l.entier("taille")?,
            recu_le: l.instant("recu_le")?,
            deposant: AgentId(l.entier("deposant")?),
            etat: EtatDePiece::lu(&l.texte("etat")?)?,
            endroit: l.texte("endroit")?,
            motif: l.texte("motif")?,
            traitees: l.entier("traitees")?,
            total: l.entier_ou_rien("total")?,
        })
    }
}

/// Un morceau, tel qu'il est gardé.
struct Octets {
    octets: Vec<u8>,
    cle: String,
}

impl DepuisLigne for Octets {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { octets: l.octets("octets")?, cle: l.texte("cle")? })
    }
}

impl Stockage {
    /// Garde une pièce, telle que reçue. La mémoire prise ne dépend pas de sa taille.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si les octets n'ont pas l'empreinte annoncée ; [`Echec::DisquePlein`].
    pub async fn deposer(
        &self,
        depot: &Depot,
        piece: &PieceADeposer,
        mut octets: impl AsyncRead + Unpin + Send,
    ) -> Result<Depose, Echec> {
        let connue = valeurs![depot.profil(), piece.empreinte.as_str(), piece.nature.as_str()];
        let mut connexion = self.base.ecrire().await?;
        if let Some(piece) = connexion.lire_une(sql!("connue.sql"), connue).await? {
            return Ok(Depose::Connue(piece));
        }
        if self.cles.courante().is_none()
            && let Some(nom) = self.cles_manquantes().await?.first()
        {
            // Garder celle-ci en clair à côté des autres passerait inaperçu.
            return Err(cles::manque(nom));
        }
        let numeroter = sql!("../transaction/numeroter.sql");
        let id: i64 =
            connexion.lire_une(numeroter, valeurs!["piece", 1]).await?.ok_or(Echec::Introuvable)?;
        let valeurs = valeurs![
            id,
            depot.profil(),
            piece.empreinte.as_str(),
            piece.nom.as_str(),
            piece.emetteur.as_str(),
            piece.nature.as_str(),
            piece.recu_le,
            depot.agent(),
            EtatDePiece::Recu,
            self.cles.courante().map_or("", Cle::nom)
        ];
        connexion.executer(sql!("inserer.sql"), valeurs).await?;
        let (mut empreinte, mut taille) = (Sha256::new(), 0_i64);
        for rang in 0_i64.. {
            let mut morceau = Vec::with_capacity(MORCEAU);
            (&mut octets).take(MORCEAU as u64).read_to_end(&mut morceau).await?;
            if morceau.is_empty() {
                break;
            }
            empreinte.update(&morceau);
            taille += i64::try_from(morceau.len()).unwrap_or(i64::MAX);
            if piece.garde == Garde::SaTraceSeule {
                continue;
            }
            let morceau = self.cles.chiffrer(Place { piece: id, rang }, morceau)?;
            connexion.executer(sql!("morceau.sql"), valeurs![id, rang, morceau]).await?;
        }
        if hex::encode(empreinte.finalize()) != piece.empreinte {
            return Err(Echec::Refus(
                "Le fichier a changé pendant son arrivée. Rien n'a été enregistré : envoyez-le de nouveau."
                    .to_owned(),
            ));
        }
        connexion.executer(sql!("taille.sql"), valeurs![id, taille]).await?;
        let nouvelle = connexion.lire_une(sql!("une.sql"), valeurs![id]).await?;
        connexion.valider().await?;
        nouvelle.map(Depose::Nouvelle).ok_or(Echec::Introuvable)
    }

    /// Une pièce, dans un périmètre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] hors du périmètre, ou si elle n'existe pas.
    pub async fn piece(&self, du: &Perimetre, id: PieceId) -> Result<Piece, Echec> {
        let mut requete = des_pieces(du);
        requete.texte(" AND p.id = ").valeur(id.0);
        self.base
            .lire_une(Sql::Assemble(requete.sql), requete.valeurs)
            .await?
            .ok_or(Echec::Introuvable)
    }

    /// Les pièces reçues, les dernières d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn pieces_recentes(
        &self,
        du: &Perimetre,
        avant: Option<PieceId>,
        limite: i64,
    ) -> Result<Vec<Piece>, Echec> {
        let mut requete = des_pieces(du);
        if let Some(avant) = avant {
            requete.texte(" AND p.id < ").valeur(avant.0);
        }
        requete.texte(" ORDER BY p.id DESC LIMIT ").valeur(limite);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Les pièces dont le traitement a été interrompu, à reprendre au démarrage.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn pieces_inachevees(&self, depot: &Depot) -> Result<Vec<Piece>, Echec> {
        self.base.lire(sql!("inachevees.sql"), valeurs![depot.profil()]).await
    }

    /// Le morceau de ce rang (un mégaoctet), ou rien après le dernier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn morceau(&self, piece: &Piece, rang: i64) -> Result<Option<Vec<u8>>, Echec> {
        releve::piece(piece.id);
        let octets: Option<Octets> =
            self.base.lire_une(sql!("lire_morceau.sql"), valeurs![piece.id, rang]).await?;
        let place = Place { piece: piece.id.0, rang };
        octets.map(|lu| self.cles.dechiffrer(&lu.cle, place, lu.octets)).transpose()
    }

    /// Tous les octets d'une pièce.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn octets(&self, piece: &Piece) -> Result<Vec<u8>, Echec> {
        let mut octets = Vec::with_capacity(usize::try_from(piece.taille).unwrap_or_default());
        for rang in 0_i64.. {
            match self.morceau(piece, rang).await? {
                Some(morceau) => octets.extend(morceau),
                None => break,
            }
        }
        Ok(octets)
    }

    /// Dit où en est une pièce, ou pourquoi elle est refusée en entier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn changer_l_etat(
        &self,
        _depot: &Depot,
        piece: PieceId,
        etat: EtatDePiece,
        endroit: &str,
        motif: &str,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![piece, etat, endroit, motif];
        self.base.executer(sql!("etat.sql"), valeurs).await.map(drop)
    }
}

impl Stockage {
    /// Une ligne de cette pièce est d'un dossier restreint à d'autres que cette personne.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn piece_d_un_restreint(
        &self,
        du: &Perimetre,
        piece: PieceId,
    ) -> Result<bool, Echec> {
        let mut requete = Requete::default();
        requete.texte("SELECT COUNT(*) AS n FROM notice n WHERE n.piece = ").valeur(piece.0);
        requete.texte(" AND n.dossier IN (");
        perimetre::restreints_a_d_autres(du, &mut requete);
        requete.texte(")");
        let n: Option<i64> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(n.unwrap_or_default() > 0)
    }
}

/// Les pièces d'un périmètre : tout le profil pour un secrétariat, ses envois pour un émetteur.
fn des_pieces(du: &Perimetre) -> Requete {
    let mut requete = Requete::default();
    requete.texte(include_str!("colonnes.sql")).texte(" WHERE p.profil = ").valeur(du.profil());
    match du.vue() {
        Vue::Profil | Vue::SousCommission(_) => {}
        Vue::Parties => {
            match du.emetteur() {
                Some(nom) => requete.texte(" AND p.emetteur = ").valeur(nom),
                None => requete.texte(" AND 1 = 0"),
            };
        }
        Vue::Service(_) | Vue::Chiffres => {
            requete.texte(" AND 1 = 0");
        }
    }
    requete
}
