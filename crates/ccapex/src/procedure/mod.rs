//! Où en est un dossier, et ce qui vient ensuite.

pub mod etape;
pub mod etapes;
pub mod lettres;
pub mod situation;
pub mod stade;
