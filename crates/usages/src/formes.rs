//! Les formes que les pages partagent avec la base et le tableur, pour n'avoir à connaître ni l'une
//! ni l'autre : filtres, comptes, lignes de listes, formats d'export.

pub use stockage::abonnement::Abonnement;
pub use stockage::agenda::{Fenetre, Rendezvous};
pub use stockage::cle_api::{CleApi, PorteeDeCle};
pub use stockage::compteurs::Nombres;
pub use stockage::courrier::filtre::Filtre as FiltreDeCourriers;
pub use stockage::courrier::{Canal, EtatDeCourrier, VueCourrier};
pub use stockage::demande::{Demande, Voie};
pub use stockage::depart::{DEMANDE, Depart, EtatDeDepart};
pub use stockage::dossier::VueDossier;
pub use stockage::facteur::Appareil;
pub use stockage::geste::{Geste, GesteInscrit};
pub use stockage::liste::ordre::{Curseur, Sens, Tri};
pub use stockage::liste::{Compte, Etendue, File, Filtre};
pub use stockage::piece::{EtatDePiece, Piece};
pub use stockage::question::EtatDeQuestion;
pub use stockage::recherche::Trouve;
pub use stockage::session::{Etape, Moyen};
pub use stockage::suppleance::MotifDeSuppleance;
pub use stockage::vue_de_liste::VueDeListe;
pub use tableur::champ::{Champ, Genre as GenreDeChamp};
pub use tableur::ecriture::{Cellule, Format};
pub use tableur::lecture::RefusFichier;
