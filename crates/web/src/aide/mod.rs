//! L'aide : un guide par mission, les mots expliqués, et les termes qui y mènent depuis les pages.
//!
//! Les textes sont dans `docs/guide/`, où ils se relisent sans le programme ; le programme les emporte.

mod definitions;
mod guide;
mod markdown;
mod page;
pub mod termes;

pub use definitions::{Famille, Mot, mots};
pub use guide::{GUIDES, Guide, de, vers};
pub use page::{PageChoisir, PageGuide, PageMots};
pub(crate) use page::{choisir, definir, illustrer, montrer};
