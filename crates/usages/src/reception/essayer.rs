//! Essayer un fichier : ses premières lignes, comme elles seraient reçues. Rien ne s'écrit.

use ccapex::identifiants::PieceId;
use ccapex::notice::Notice;
use ccapex::partenaires::habilitation::Depot;
use jiff::Timestamp;
use jiff::civil::Date;
use tableur::lecture::RefusFichier;

use super::lire::Emetteur;
use super::lot::Cadre;
use super::lot::essayer::essayer as essayer_le_lot;
use super::preparer::preparer;
use super::resultat::Reponse;
use super::{Fichier, ouvrir_classeur};
use crate::echec::Echec;
use crate::maison::Maison;

/// Une ligne, et ce que la réception en répondrait.
#[derive(Clone, Debug)]
pub struct LigneEssayee {
    /// Ce que la ligne dit, une fois lue.
    pub notice: Notice,
    /// Le nom de la commune reconnue ; rien si aucune ne l'est.
    pub commune: Option<&'static str>,
    /// La réponse.
    pub reponse: Reponse,
}

/// Lit les premières lignes d'un fichier et dit ce qu'elles deviendraient, sans rien écrire.
///
/// # Erreurs
///
/// [`Echec`] de la base. Un fichier illisible n'est pas une erreur : c'est le refus rendu.
pub async fn essayer(
    maison: &Maison,
    depot: &Depot,
    fichier: &Fichier,
    lignes: usize,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Result<Vec<LigneEssayee>, RefusFichier>, Echec> {
    let profil = maison.profil(depot.profil())?;
    let classeur = match ouvrir_classeur(fichier, fichier.correspondance.clone()).await? {
        Ok(classeur) => classeur,
        Err(refus) => return Ok(Err(refus)),
    };
    let premieres: Vec<_> = classeur.lignes().take(lignes).collect();
    let emetteur = match depot.emetteur() {
        Some(nom) => Emetteur::Impose(nom),
        None => Emetteur::DitParLaLigne(&fichier.emetteur),
    };
    let preparees = preparer(&premieres, 0, &emetteur, &profil);
    let cadre = Cadre {
        stockage: &maison.stockage,
        depot,
        profil: &profil,
        piece: PieceId(0),
        fichier: &fichier.nom,
        reprise: false,
        deja_traitees: None,
        aujourd_hui,
        maintenant,
    };
    let essais = essayer_le_lot(&cadre, &preparees).await?;
    let lues = preparees.into_iter().zip(essais);
    Ok(Ok(lues
        .map(|(preparee, essai)| LigneEssayee {
            commune: preparee
                .notice
                .contenu
                .commune
                .as_deref()
                .and_then(territoire::commune)
                .map(|commune| commune.nom),
            notice: preparee.notice,
            reponse: essai.reponse,
        })
        .collect()))
}
