//! Reconnaître un ménage déjà suivi : même logement et mêmes personnes, écrits autrement.
//!
//! Certain : la notice rejoint le dossier. Douteux : un dossier neuf, et une question posée à une
//! personne, avec les raisons. Ne se rejoignent pas : les locataires successifs d'un logement, un
//! parent et son enfant à la même adresse, les homonymes d'ailleurs.

pub(crate) mod adresse;

pub mod fiche;

pub mod cles;

pub mod comparer;
