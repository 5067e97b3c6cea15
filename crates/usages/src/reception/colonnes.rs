//! Dire ce que les colonnes d'un fichier veulent dire, et le recevoir de nouveau.

use std::sync::Arc;

use ccapex::identifiants::PieceId;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Depot;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::piece::{EtatDePiece, Piece};
use tableur::champ::Champ;
use tableur::correspondance::Correspondance;
use tableur::lecture::{Cause, Options, RefusFichier, ouvrir};

use crate::echec::Echec;
use crate::maison::Maison;
use crate::reception::essayer::{LigneEssayee, essayer};
use crate::reception::registre::{octets, se_rend_a};
use crate::reception::{Fichier, Recu, gardee, recevoir};

/// Assez de lignes pour voir une erreur de colonne.
const LIGNES_ESSAYEES: usize = 5;

/// Une colonne du fichier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colonne {
    /// L'intitulé, tel que le fichier l'écrit.
    pub intitule: String,
    /// Le champ reconnu.
    pub champ: Option<Champ>,
    /// À défaut, les champs les plus ressemblants.
    pub proches: Vec<Champ>,
    /// La première valeur de la colonne ; vide si aucune n'est près du haut.
    pub exemple: String,
    /// Une personne a dit de ne pas la lire.
    pub ignoree: bool,
}

/// Au-delà, relire un fichier pour en compter les colonnes ferait attendre la page.
const RELU_JUSQU_A: i64 = 1_000_000;

/// Combien de colonnes d'un fichier reçu ne sont pas comprises ; rien quand le compte demanderait trop, ou
/// que le fichier n'est pas à cette personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn non_comprises(maison: &Maison, agent: &Agent, piece: &Piece) -> Result<usize, Echec> {
    let relisible = piece.etat == EtatDePiece::Termine
        && piece.taille <= RELU_JUSQU_A
        && !piece.nom.ends_with(".json")
        && se_rend_a(piece, agent);
    if !relisible {
        return Ok(0);
    }
    match colonnes(maison, agent, piece.id).await {
        Ok((_, colonnes)) => {
            Ok(colonnes.iter().filter(|c| c.champ.is_none() && !c.ignoree).count())
        }
        // Plus gardé, ou plus lisible : il n'y a rien à préciser.
        Err(Echec::Refus(_)) => Ok(0),
        Err(autre) => Err(autre),
    }
}

/// Les colonnes d'un fichier ; celles qu'on ne reconnaît pas d'abord.
///
/// # Erreurs
///
/// [`Echec::Refus`] quand le fichier n'a pas de colonnes à préciser.
pub async fn colonnes(
    maison: &Maison,
    agent: &Agent,
    id: PieceId,
) -> Result<(Piece, Vec<Colonne>), Echec> {
    let depot = agent.peut_deposer()?;
    let (piece, octets) = octets(maison, agent, id).await?;
    let nature = tableur::nature::Nature::de_nom(&piece.nature);
    let nom = piece.nom.clone();
    let dites = deja_dites(maison, &depot, &piece, &piece.emetteur).await?;
    let options = Options { nature, correspondance: dites.clone(), ..Options::default() };
    let ignoree =
        |texte: &str| dites.as_ref().is_some_and(|dites| dites.champ(texte) == Some(None));
    let lu = tokio::task::spawn_blocking(move || {
        let octets: Arc<[u8]> = octets.into();
        let tables = |options: &Options| {
            ouvrir(&nom, Arc::clone(&octets), options).map(|classeur| classeur.tables)
        };
        match tables(&options) {
            // Il ne manque que la nature, et la page la demande : ses colonnes, elles, se lisent.
            Err(refus) if matches!(refus.cause, Cause::NatureInconnue) => {
                let nature = tableur::nature::Nature::de_nom(Nature::Cdp.code());
                tables(&Options { nature, ..options })
            }
            lu => lu,
        }
    })
    .await
    .map_err(|_| {
        Echec::Refus("Le fichier n'a pas pu être relu. Recommencez dans un instant.".to_owned())
    })?;
    let mut colonnes = match lu {
        Ok(tables) => tables
            .into_iter()
            .flat_map(|table| table.entetes)
            .filter(|e| !e.texte.trim().is_empty())
            .map(|e| Colonne {
                ignoree: ignoree(&e.texte),
                intitule: e.texte,
                champ: e.champ,
                proches: e.proches,
                exemple: e.exemple,
            })
            .collect(),
        Err(refus) => match refus.cause {
            Cause::EntetesInconnus(inconnus) if !inconnus.is_empty() => inconnus
                .into_iter()
                .map(|e| Colonne {
                    ignoree: ignoree(&e.texte),
                    intitule: e.texte,
                    champ: None,
                    proches: e.proches,
                    exemple: e.exemple,
                })
                .collect::<Vec<_>>(),
            Cause::Vide
            | Cause::TropGros
            | Cause::FormatEtranger
            | Cause::Chiffre
            | Cause::Abime
            | Cause::GuillemetOuvert { .. }
            | Cause::EntetesInconnus(_)
            | Cause::NatureInconnue => {
                return Err(Echec::Refus(format!(
                    "Ce fichier n'a pas de colonnes à préciser. {} : {}",
                    refus.ou, refus.motif
                )));
            }
        },
    };
    colonnes.sort_by_key(|c| c.champ.is_some());
    Ok((piece, colonnes))
}

/// Ce qu'on a déjà dit des colonnes de cet émetteur vaut pour tous ses fichiers.
///
/// Un fichier déposé sans émetteur a celui que ses dernières lignes ont reçu.
async fn deja_dites(
    maison: &Maison,
    depot: &Depot,
    piece: &Piece,
    emetteur: &str,
) -> Result<Option<Correspondance>, Echec> {
    let dernieres =
        maison.stockage.resultats(piece.id, Some(piece.traitees.saturating_sub(2)), 2).await?;
    let des_lignes = dernieres.into_iter().map(|lue| lue.notice.emetteur);
    let emetteurs = std::iter::once(emetteur.to_owned()).chain(des_lignes);
    for emetteur in emetteurs.filter(|nom| !nom.is_empty()) {
        let natures = [Nature::de_code(&piece.nature), None];
        for nature in natures.into_iter().chain(Nature::TOUTES.iter().copied().map(Some)) {
            let fichier = Fichier {
                nom: piece.nom.clone(),
                octets: Arc::from([]),
                nature,
                emetteur: emetteur.clone(),
                correspondance: None,
            };
            if let Some(dites) = gardee(maison, depot, &fichier).await? {
                return Ok(Some(dites));
            }
        }
    }
    Ok(None)
}

/// Ce qu'une personne dit d'un fichier dont les colonnes n'étaient pas reconnues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    /// L'émetteur : la correspondance est gardée pour ses prochains fichiers.
    pub emetteur: String,
    /// La nature des actes, si elle n'était pas dite.
    pub nature: Option<Nature>,
    /// Chaque intitulé et le nom de son champ ; vide : la colonne n'est pas lue.
    pub colonnes: Vec<(String, String)>,
}

/// Reçoit le fichier avec ces colonnes, et les garde pour cet émetteur.
///
/// # Erreurs
///
/// Comme [`recevoir`] ; [`Echec::Refus`] pour un champ inconnu.
pub async fn recevoir_avec(
    maison: &Maison,
    agent: &Agent,
    id: PieceId,
    precision: &Precision,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Recu, Echec> {
    let depot = agent.peut_deposer()?;
    let fichier = fichier(maison, agent, id, precision).await?;
    recevoir(maison, &depot, fichier, aujourd_hui, maintenant, |_| ()).await
}

/// Lit les premières lignes du fichier avec ces colonnes, sans rien recevoir ni garder.
///
/// # Erreurs
///
/// Comme [`recevoir_avec`].
pub async fn essayer_avec(
    maison: &Maison,
    agent: &Agent,
    id: PieceId,
    precision: &Precision,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Result<Vec<LigneEssayee>, RefusFichier>, Echec> {
    let depot = agent.peut_deposer()?;
    let fichier = fichier(maison, agent, id, precision).await?;
    essayer(maison, &depot, &fichier, LIGNES_ESSAYEES, aujourd_hui, maintenant).await
}

/// Le fichier gardé, lu avec ces colonnes.
async fn fichier(
    maison: &Maison,
    agent: &Agent,
    id: PieceId,
    precision: &Precision,
) -> Result<Fichier, Echec> {
    let depot = agent.peut_deposer()?;
    let (piece, octets) = octets(maison, agent, id).await?;
    // Ce qui n'est pas redit ne se perd pas.
    let emetteur = precision.emetteur.trim();
    let dites = deja_dites(maison, &depot, &piece, emetteur).await?;
    let mut correspondance = dites.unwrap_or_default();
    for (intitule, nom) in &precision.colonnes {
        correspondance = match Champ::de_nom(nom) {
            Some(champ) => correspondance.avec(intitule, champ),
            None if nom.is_empty() => correspondance.sans(intitule),
            None => {
                return Err(Echec::Refus(format!(
                    "« {nom} » n'est pas un champ de Seuil. Choisissez-en un dans la liste, puis recommencez."
                )));
            }
        };
    }
    Ok(Fichier {
        nom: piece.nom,
        octets: Arc::from(octets),
        nature: precision.nature.or_else(|| Nature::de_code(&piece.nature)),
        emetteur: precision.emetteur.trim().to_owned(),
        correspondance: Some(correspondance),
    })
}

/// Tous les champs qu'une colonne peut désigner : nom et libellé.
pub fn champs() -> impl Iterator<Item = (&'static str, &'static str)> {
    Champ::TOUS.iter().map(|champ| (champ.nom(), champ.libelle()))
}
