//! Recevoir : d'un fichier à des dossiers datés, expliqués, confiés.

pub mod colonnes;
pub mod essayer;
pub mod partage;
pub mod registre;
pub mod resultat;

pub(crate) mod lire;
pub(crate) mod lot;
pub(crate) mod preparer;
pub(crate) mod vraisemblance;

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::identifiants::{DossierId, NoticeId, PieceId};
use ccapex::notice::Nature;
use ccapex::partenaires::habilitation::{Depot, cle_emetteur};
use ccapex::profil::Profil;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use stockage::piece::{Depose, EtatDePiece, Garde, Piece, PieceADeposer};
use tableur::correspondance::Correspondance;
use tableur::lecture::{Cause, Classeur, Options, RefusFichier, dangereux, ouvrir};
use tokio::sync::mpsc;

use crate::echec::Echec;
use crate::maison::Maison;
use crate::reception::lire::Emetteur;
use crate::reception::lot::{Cadre, ecrire};
use crate::reception::preparer::{Preparee, preparer};
use crate::reception::resultat::{FichierRefuse, Reponse};

/// Un fichier à recevoir.
#[derive(Clone, Debug)]
pub struct Fichier {
    /// Son nom.
    pub nom: String,
    /// Ses octets, tels que reçus.
    pub octets: Arc<[u8]>,
    /// La nature des notices, si elle est dite.
    pub nature: Option<Nature>,
    /// L'émetteur des lignes qui n'en nomment pas.
    pub emetteur: String,
    /// Les en-têtes associés à la main ; sinon, ceux gardés pour cet émetteur.
    pub correspondance: Option<Correspondance>,
}

/// Ce qu'un fichier est devenu.
#[derive(Clone, Debug, PartialEq)]
pub enum Recu {
    /// Toutes ses lignes sont au registre.
    Lu(Bilan),
    /// Refusé entier, et gardé.
    Refuse(FichierRefuse, RefusFichier),
}

/// Le compte d'un fichier lu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilan {
    /// La pièce.
    pub piece: Piece,
    /// Ses lignes.
    pub lignes: i64,
    /// Ce qu'il vaut mieux savoir : feuilles ignorées, en-têtes inconnus.
    pub avertissements: Vec<String>,
}

/// Par feuille et par ligne : la notice, et son dossier.
type Recues = BTreeMap<(String, u64), (NoticeId, Option<DossierId>)>;

/// Les lignes d'une transaction : peu d'abord, pour que l'avancement se voie ; beaucoup ensuite, pour
/// que chaque page d'index ne s'écrive qu'une fois par lot.
const PLUS_PETIT_LOT: usize = 250;
const PLUS_GRAND_LOT: usize = 4_000;

/// Reçoit un fichier. `suivi` reçoit les réponses, lot par lot, dans l'ordre des lignes.
///
/// Interrompue, la réception du même fichier reprend où elle en était.
///
/// # Erreurs
///
/// [`Echec`] de la base : les lots déjà écrits le restent. Un fichier illisible n'est pas une
/// erreur : c'est [`Recu::Refuse`].
pub async fn recevoir(
    maison: &Maison,
    depot: &Depot,
    fichier: Fichier,
    aujourd_hui: Date,
    maintenant: Timestamp,
    mut suivi: impl FnMut(Vec<Reponse>) + Send,
) -> Result<Recu, Echec> {
    let profil = maison.profil(depot.profil())?;
    let piece = deposer(maison, depot, &fichier, maintenant).await?;
    let d_avant = gardee(maison, depot, &fichier).await?;
    let precisee = fichier.correspondance.is_some() && fichier.correspondance != d_avant;
    let correspondance = match fichier.correspondance.clone() {
        Some(correspondance) => {
            garder(maison, depot, &fichier, &correspondance).await?;
            Some(correspondance)
        }
        None => d_avant,
    };
    let lu = match dangereux(&fichier.octets) {
        Some(quoi) => Err(refuser_le_danger(&fichier.nom, quoi)),
        None => ouvrir_classeur(&fichier, correspondance).await?,
    };
    let classeur = match lu {
        Ok(classeur) => classeur,
        Err(refus) => {
            maison
                .stockage
                .changer_l_etat(depot, piece.id, EtatDePiece::Refuse, &refus.ou, &refus.motif)
                .await?;
            let refuse = FichierRefuse::new(&fichier.nom, refus.ou.clone(), refus.motif.clone());
            return Ok(Recu::Refuse(refuse, refus));
        }
    };
    let avertissements = avertissements(&classeur);
    // Un fichier déjà reçu ne change rien, sauf si ses colonnes viennent d'être précisées : ses lignes
    // se relisent alors à la suite des premières, qui restent.
    let finie = piece.etat == EtatDePiece::Termine && !precisee;
    let premier = if piece.etat == EtatDePiece::Termine && precisee { piece.traitees } else { 0 };
    let cadre = Cadre {
        stockage: &maison.stockage,
        depot,
        profil: &profil,
        piece: piece.id,
        fichier: &fichier.nom,
        reprise: !finie && premier == 0,
        deja_traitees: (!finie).then_some(piece.traitees),
        aujourd_hui,
        maintenant,
    };
    let mut lots = lots(classeur, &fichier, depot, Arc::clone(&profil), premier);
    let mut lignes = 0;
    let deja = if premier > 0 { lignes_recues(maison, piece.id).await? } else { BTreeMap::new() };
    while let Some(mut lot) = lots.recv().await {
        for preparee in &mut lot {
            preparee.remplace = deja.get(&(preparee.feuille.clone(), preparee.ligne)).copied();
        }
        lignes = lot.last().map_or(lignes, |p| p.ordre + 1 - premier);
        suivi(ecrire(&cadre, &lot, EtatDePiece::EnCours).await?);
    }
    if !finie {
        maison.stockage.changer_l_etat(depot, piece.id, EtatDePiece::Termine, "", "").await?;
    }
    Ok(Recu::Lu(Bilan { piece, lignes, avertissements }))
}

fn refuser_le_danger(nom: &str, quoi: &str) -> RefusFichier {
    RefusFichier {
        ou: nom.to_owned(),
        motif: format!(
            "Le contenu est {quoi}, quel que soit le nom du fichier : l'ouvrir pourrait nuire, il n'est donc pas gardé. Seuls \
             son nom, son empreinte et son heure le sont. Depuis le logiciel d'origine, exportez le tableau en CSV, XLSX, \
             ODS ou JSON, sans macros, puis renvoyez-le."
        ),
        cause: Cause::FormatEtranger,
    }
}

/// Inscrit la pièce et ses octets, avant de les lire.
async fn deposer(
    maison: &Maison,
    depot: &Depot,
    fichier: &Fichier,
    maintenant: Timestamp,
) -> Result<Piece, Echec> {
    let a_deposer = PieceADeposer {
        nom: fichier.nom.clone(),
        emetteur: depot.emetteur().map_or_else(String::new, cle_emetteur),
        nature: fichier.nature.map_or_else(String::new, |n| n.code().to_owned()),
        empreinte: hex::encode(Sha256::digest(&fichier.octets)),
        recu_le: maintenant,
        garde: match dangereux(&fichier.octets) {
            Some(_) => Garde::SaTraceSeule,
            None => Garde::Entiere,
        },
    };
    Ok(match maison.stockage.deposer(depot, &a_deposer, &*fichier.octets).await? {
        Depose::Nouvelle(piece) | Depose::Connue(piece) => piece,
    })
}

fn cle_de_correspondance(depot: &Depot, fichier: &Fichier) -> String {
    cle_emetteur(depot.emetteur().unwrap_or(&fichier.emetteur))
}

async fn gardee(
    maison: &Maison,
    depot: &Depot,
    fichier: &Fichier,
) -> Result<Option<Correspondance>, Echec> {
    let cle = cle_de_correspondance(depot, fichier);
    let nature = fichier.nature.map_or("", Nature::code);
    let contenu = maison.stockage.correspondance(depot, &cle, nature).await?;
    Ok(contenu.and_then(|gardee| serde_json::from_str(&gardee.contenu).ok()))
}

async fn garder(
    maison: &Maison,
    depot: &Depot,
    fichier: &Fichier,
    correspondance: &Correspondance,
) -> Result<(), Echec> {
    let gardee = stockage::correspondance::Correspondance {
        emetteur: cle_de_correspondance(depot, fichier),
        nature: fichier.nature.map_or_else(String::new, |n| n.code().to_owned()),
        contenu: serde_json::to_string(correspondance).unwrap_or_default(),
    };
    Ok(maison.stockage.garder_correspondance(depot, &gardee).await?)
}

async fn ouvrir_classeur(
    fichier: &Fichier,
    correspondance: Option<Correspondance>,
) -> Result<Result<Classeur, RefusFichier>, Echec> {
    let (nom, octets) = (fichier.nom.clone(), Arc::clone(&fichier.octets));
    let nature = fichier.nature.and_then(|n| tableur::nature::Nature::de_nom(n.code()));
    let options = Options { nature, correspondance, ..Options::default() };
    tokio::task::spawn_blocking(move || ouvrir(&nom, octets, &options)).await.map_err(|_| {
        Echec::Refus(
            "La lecture du fichier s'est interrompue. Il est gardé : recommencez sa réception."
                .to_owned(),
        )
    })
}

fn avertissements(classeur: &Classeur) -> Vec<String> {
    let inconnus =
        classeur.tables.iter().flat_map(|table| {
            table.entetes.iter().filter(|e| e.champ.is_none() && !e.texte.trim().is_empty()).map(
                |e| format!("La colonne « {} » n'est pas reconnue : elle n'est pas lue.", e.texte),
            )
        });
    classeur
        .avertissements
        .iter()
        .cloned()
        .chain(classeur.ignorees.iter().map(ToString::to_string))
        .chain(inconnus)
        .collect()
}

/// Ce que chaque ligne d'une pièce avait donné, la dernière fois qu'elle a été lue.
async fn lignes_recues(maison: &Maison, piece: PieceId) -> Result<Recues, Echec> {
    let resultats = maison.stockage.resultats(piece, None, i64::from(i32::MAX)).await?;
    Ok(resultats
        .into_iter()
        .map(|lu| {
            let ligne = u64::try_from(lu.ligne).unwrap_or_default();
            ((lu.feuille, ligne), (lu.notice.id, lu.notice.dossier))
        })
        .collect())
}

/// Lit et prépare, sur un autre fil, pendant que le lot précédent s'écrit.
fn lots(
    classeur: Classeur,
    fichier: &Fichier,
    depot: &Depot,
    profil: Arc<Profil>,
    premier: i64,
) -> mpsc::Receiver<Vec<Preparee>> {
    let (envoi, reception) = mpsc::channel(2);
    let (emetteur, impose) = match depot.emetteur() {
        Some(nom) => (nom.to_owned(), true),
        None => (fichier.emetteur.clone(), false),
    };
    tokio::task::spawn_blocking(move || {
        let emetteur =
            if impose { Emetteur::Impose(&emetteur) } else { Emetteur::DitParLaLigne(&emetteur) };
        let mut lignes = classeur.lignes();
        let mut premier = premier;
        loop {
            let taille = usize::try_from(premier).unwrap_or(PLUS_GRAND_LOT);
            let lot: Vec<_> =
                lignes.by_ref().take(taille.clamp(PLUS_PETIT_LOT, PLUS_GRAND_LOT)).collect();
            if lot.is_empty() {
                return;
            }
            let suivant = premier + i64::try_from(lot.len()).unwrap_or_default();
            // L'écriture a échoué : plus personne n'attend la suite.
            if envoi.blocking_send(preparer(&lot, premier, &emetteur, &profil)).is_err() {
                return;
            }
            premier = suivant;
        }
    });
    reception
}

/// Reprend les réceptions interrompues d'un profil. Rend le nombre de pièces finies.
///
/// # Erreurs
///
/// [`Echec`] de la base : la reprise suivante recommencera.
pub async fn reprendre(
    maison: &Maison,
    depot: &Depot,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<usize, Echec> {
    let inachevees = maison.stockage.pieces_inachevees(depot).await?;
    for piece in &inachevees {
        let fichier = Fichier {
            nom: piece.nom.clone(),
            octets: maison.stockage.octets(piece).await?.into(),
            nature: Nature::de_code(&piece.nature),
            emetteur: piece.emetteur.clone(),
            correspondance: None,
        };
        recevoir(maison, depot, fichier, aujourd_hui, maintenant, |_| {}).await?;
    }
    Ok(inachevees.len())
}
